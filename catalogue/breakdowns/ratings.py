"""好差评: ratings by month, channel and level; signs of inflated figures; items never rated; monthly case figures."""

import pandas as pd

from models.breakdowns import Breakdown, Rows
from models.definitions import Frames
from rules.breakdowns import PLACE, breakdown, plain
from rules.indicators import reported
from rules.item_codes import item_identity
from rules.rating_signs import DEFAULT, numbers_showing, ratings_each_day
from rules.tallies import total

MOST_UNRATED = 200
MONTHLY_NUMBERS = (
    "cases",
    "online_cases",
    "pushed_cases",
    "linked_cases",
    "closed_cases",
    "rated_cases",
    "default_rated_cases",
    "licence_calls",
)


def signs_shown(frames: Frames) -> Rows:
    return [[sign, number] for sign, number in numbers_showing(reported(frames, "reviews")).items()]


def rated_each_day(frames: Frames) -> Rows:
    return [list(row) for row in ratings_each_day(reported(frames, "reviews"))]


def never_rated(frames: Frames) -> Rows:
    """Return the items with cases and no rating of a person's own, each with the place of its latest row.

    Of very many those with the most cases; the rest is one row without a code, so that the number of items stays true.
    """
    reviews, handled = reported(frames, "reviews"), reported(frames, "monthly_cases")
    rated = set(item_identity(reviews[reviews["channel"] != DEFAULT]).dropna())
    cases = handled["cases"].astype("float64").groupby(handled["item_code"]).sum()
    silent = pd.Series(cases[(cases >= 1) & ~cases.index.isin(rated)]).sort_values(ascending=False, kind="stable")
    if silent.empty:
        return []
    latest = (
        handled.sort_values("month", kind="stable").drop_duplicates("item_code", keep="last").set_index("item_code")
    )
    listed = silent.iloc[:MOST_UNRATED]
    places = [plain(latest.loc[listed.index, key]) for key in PLACE]
    rows: Rows = [
        [str(code), *place, number, 1]
        for code, number, *place in zip(listed.index, plain(listed), *places, strict=True)
    ]
    left = silent.iloc[MOST_UNRATED:]
    rest: Rows = [[None, None, None, None, float(left.sum()), len(left)]] if len(left) else []
    return rows + rest


KEPT = (
    breakdown("ratings", "reviews", {"month": "month", "channel": "channel", "satisfaction": "satisfaction"}),
    Breakdown("rating_signs", ("reviews",), ("sign",), ("number",), signs_shown),
    Breakdown("rating_days", ("reviews",), ("day",), ("number", "in_burst"), rated_each_day),
    Breakdown(
        "items_never_rated", ("reviews", "monthly_cases"), ("item_code", *PLACE), ("cases", "items"), never_rated
    ),
    breakdown("case_months", "monthly_cases", {"month": "month"}, {name: total(name) for name in MONTHLY_NUMBERS}),
)
