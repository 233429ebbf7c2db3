"""Signs of inflated ratings: what shows them, what does not, and that default ratings never do."""

import numpy as np
import pandas as pd
import pytest

from rules.rating_signs import (
    BURST_RATINGS,
    LATE_DAYS,
    SAME_COMMENT,
    SAME_PERSON,
    SIGNS,
    bursts,
    long_after,
    ratings_each_day,
    same_comment,
    same_person,
    showing_any,
)

LONG = "工作人员耐心细致一次性告知全部材料"


def ratings(times, **columns):
    number = len(times)
    given = {
        "month": "2023-06",
        "channel": "移动端",
        "phone": [f"139{n:08d}" for n in range(number)],
        "applicant": None,
        "comment": None,
        "closed_at": pd.NaT,
    } | columns
    return pd.DataFrame({"rated_at": pd.to_datetime(times), **given}).astype({"closed_at": "datetime64[ns]"})


def each_minute(number, start="2023-06-05 16:00:30", step=1):
    return list(pd.date_range(start, periods=number, freq=f"{step}min"))


def test_ten_ratings_within_ten_minutes_are_a_burst_and_nine_are_not():
    assert bursts(ratings(each_minute(BURST_RATINGS))).all()
    assert not bursts(ratings(each_minute(BURST_RATINGS - 1))).any()


def test_a_rating_an_hour_before_a_burst_is_no_part_of_it():
    shown = bursts(ratings(["2023-06-05 14:00:30", *each_minute(BURST_RATINGS)]))
    assert shown.tolist() == [False] + [True] * BURST_RATINGS


def test_ratings_of_which_only_the_day_is_known_are_no_burst():
    assert not bursts(ratings(["2023-06-05"] * 50)).any()


def test_each_day_tells_its_ratings_and_those_within_a_burst_and_none_that_the_system_gave():
    by_people = ratings([*each_minute(BURST_RATINGS), "2023-06-05 09:00:01", "2023-06-07", None])
    by_default = ratings(each_minute(BURST_RATINGS, "2023-06-09 10:00:30"), channel="系统默认")
    rated = pd.concat([by_people, by_default], ignore_index=True)
    assert ratings_each_day(rated) == [("2023-06-05", BURST_RATINGS + 1, BURST_RATINGS), ("2023-06-07", 1, 0)]
    assert ratings_each_day(rated.iloc[:0]) == []


def test_the_order_of_the_rows_does_not_matter():
    rated = ratings([*each_minute(BURST_RATINGS), "2023-06-09 09:00:01"])
    mixed = rated.sample(frac=1, random_state=3)
    assert bursts(mixed).sort_index().tolist() == bursts(rated).tolist()


def test_one_telephone_number_under_five_ratings_of_a_month_is_a_sign_and_over_two_months_is_not():
    times = each_minute(SAME_PERSON, step=6000)
    assert same_person(ratings(times, phone="13900000000")).all()
    count_by = ["2023-06"] * (SAME_PERSON - 1) + ["2023-07"]
    assert not same_person(ratings(times, phone="13900000000", month=count_by)).any()


def test_a_name_stands_in_where_there_is_no_telephone_number_and_nothing_where_there_is_neither():
    times = each_minute(SAME_PERSON, step=6000)
    assert same_person(ratings(times, phone=None, applicant="某甲")).all()
    assert not same_person(ratings(times, phone=None, applicant=None)).any()


def test_the_same_long_comment_is_a_sign_where_it_stands_under_a_fifth_of_the_months_ratings():
    assert same_comment(ratings(each_minute(SAME_COMMENT, step=600), comment=LONG)).all()
    rare = [LONG] * SAME_COMMENT + [None] * (SAME_COMMENT * 5)
    assert not same_comment(ratings(each_minute(len(rare), step=600), comment=rare)).any()


def test_short_praise_repeats_by_itself():
    assert not same_comment(ratings(each_minute(20, step=600), comment="很好")).any()


@pytest.mark.parametrize(("days", "late"), [(LATE_DAYS, False), (LATE_DAYS + 1, True)])
def test_a_rating_is_late_from_the_day_after_the_limit(days, late):
    closed = pd.Timestamp("2023-06-01 09:00")
    assert long_after(ratings([closed + pd.Timedelta(days=days)], closed_at=closed)).tolist() == [late]


def test_a_rating_of_an_unknown_closing_day_is_not_late():
    assert not long_after(ratings(["2023-06-30"])).any()


def test_what_the_system_gave_by_default_shows_no_sign():
    rated = ratings(each_minute(30), channel="系统默认", phone="1", comment=LONG, closed_at=pd.Timestamp("2023-01-01"))
    assert not any(sign(rated).any() for sign in SIGNS.values())


def test_no_ratings_show_no_sign():
    assert not any(sign(ratings([])).any() for sign in SIGNS.values())


def test_among_many_units_each_shows_what_it_shows_alone():
    """Units and months are told apart at once; so many ratings by chance that every sign shows, and not everywhere."""
    dice = np.random.default_rng(7)
    number = 4_000
    minutes = 1440 * dice.integers(0, 40, number) + dice.integers(0, 90, number)
    reviews = ratings(
        pd.Timestamp("2023-05-20 08:00") + pd.to_timedelta(minutes, unit="min"),
        month=dice.choice(["2023-05", "2023-06"], number),
        phone=[None if n < 4 else f"139{n:08d}" for n in (dice.pareto(0.5, number) * 20).astype("int64")],
        applicant=[None if n < 4 else f"甲{n}" for n in dice.integers(0, 30, number)],
        comment=[None if n > 9 else LONG + "好" * n for n in dice.geometric(0.2, number)],
        closed_at=pd.Timestamp("2023-06-01") + pd.to_timedelta(dice.integers(0, 40, number), unit="D"),
    )
    reviews.loc[dice.integers(0, number, 300), "rated_at"] = pd.NaT
    reviews["unit_id"] = dice.choice(5, number, p=[0.05, 0.1, 0.15, 0.2, 0.5])
    alone = pd.Series(False, index=reviews.index)
    shown = dict.fromkeys(SIGNS, 0)
    for _, own in reviews.groupby("unit_id"):
        for sign, shows in SIGNS.items():
            alone |= shows(own).reindex(alone.index, fill_value=False)
            shown[sign] += int(shows(own).sum())
    assert all(0 < times < number for times in shown.values())
    assert not alone.all()
    assert showing_any(reviews).tolist() == alone.tolist()
    mixed = reviews.sample(frac=1, random_state=1)
    assert showing_any(mixed).sort_index().tolist() == alone.tolist()
