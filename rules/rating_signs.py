"""Signs that ratings were made to look good: from reviews of one unit to for each sign the reviews that show it.

A sign is a reason to look, no proof: lamps never count it. Ratings that the system gave by default show none of these.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from rules.conditions import Condition

BURST_RATINGS, BURST_MINUTES = 10, 10
SAME_PERSON, SAME_COMMENT, COMMENT_LENGTH = 5, 5, 12
SAME_COMMENT_SHARE = 0.2
LATE_DAYS = 15

DEFAULT = "系统默认"
READS = ("rated_at", "closed_at", "comment", "applicant", "phone")
"""The fields at which the signs look, beside month and channel."""


def bursts(reviews: pd.DataFrame) -> pd.Series:
    """Return which ratings are among at least BURST_RATINGS within BURST_MINUTES. A rating that gives a day alone
    (00:00) shows nothing.
    """
    return _aligned(_bursts(_by_people(reviews)), reviews)


def _bursts(rated: pd.DataFrame) -> pd.Series:
    moments = rated["rated_at"].dropna().sort_values()
    moments = moments[moments != moments.dt.normalize()]
    window = pd.Timedelta(minutes=BURST_MINUTES)
    first = moments.searchsorted(moments - window)
    last = np.arange(len(moments))
    is_burst = last - first + 1 >= BURST_RATINGS
    marked = np.zeros(len(moments) + 1, dtype="int64")
    np.add.at(marked, first[is_burst], 1)
    np.add.at(marked, last[is_burst] + 1, -1)
    return pd.Series(marked[:-1].cumsum() > 0, index=moments.index)


def same_person(reviews: pd.DataFrame) -> pd.Series:
    """Return which ratings are under one telephone number (else one name) that has SAME_PERSON of a month or more."""
    return _aligned(_same_person(_by_people(reviews)), reviews)


def _same_person(rated: pd.DataFrame) -> pd.Series:
    return _repeated(rated, rated["phone"].fillna(rated["applicant"]), SAME_PERSON)


def same_comment(reviews: pd.DataFrame) -> pd.Series:
    """Return which ratings have a comment, of COMMENT_LENGTH characters or more, word for word that of SAME_COMMENT of
    a month or more, and of no less than SAME_COMMENT_SHARE of them: praise in common words repeats by itself.
    """
    return _aligned(_same_comment(_by_people(reviews)), reviews)


def _same_comment(rated: pd.DataFrame) -> pd.Series:
    words = rated["comment"].where(rated["comment"].str.len() >= COMMENT_LENGTH)
    of_month = rated.groupby("month")["month"].transform("size")
    return _repeated(rated, words, (of_month * SAME_COMMENT_SHARE).clip(lower=SAME_COMMENT))


def long_after(reviews: pd.DataFrame) -> pd.Series:
    """Return ratings given more than LATE_DAYS days after the case was closed."""
    return _aligned(_long_after(_by_people(reviews)), reviews)


def _long_after(rated: pd.DataFrame) -> pd.Series:
    return rated["rated_at"] - rated["closed_at"] > pd.Timedelta(days=LATE_DAYS)


SIGNS: Mapping[str, Condition] = {
    "bursts": bursts,
    "same_person": same_person,
    "same_comment": same_comment,
    "long_after": long_after,
}


def numbers_showing(reviews: pd.DataFrame) -> dict[str, int]:
    """Return for each sign how many ratings of one unit show it."""
    rated = _by_people(reviews)
    return {sign: int(signs(rated).sum()) for sign, signs in _SHOWN.items()}


def ratings_each_day(reviews: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Return (day, ratings by people themselves, those within a burst) of each day on which one unit was rated."""
    rated = _by_people(reviews)
    moments = rated["rated_at"].dropna()
    in_burst = _bursts(rated).reindex(moments.index, fill_value=False)
    days, places = np.unique(moments.to_numpy("datetime64[D]"), return_inverse=True)
    numbers, marked = np.bincount(places), np.bincount(places, in_burst)
    return [(str(day), int(number), int(mark)) for day, number, mark in zip(days, numbers, marked, strict=True)]


def showing_any(rated: pd.DataFrame) -> pd.Series:
    """Return which ratings show one of the signs, of many units' that people gave themselves; each unit's (`unit_id`)
    are compared with one another alone.

    All units at once: their months are told apart, and for the bursts their days are moved so far that none meet.
    """
    unit, month = (pd.factorize(rated[name])[0] for name in ("unit_id", "month"))
    days = (rated["rated_at"].max() - rated["rated_at"].min()).days + 2 if rated["rated_at"].notna().any() else 0
    apart = rated[[*READS]].assign(
        month=unit * (month.max(initial=0) + 1) + month,
        rated_at=rated["rated_at"] + pd.Series(pd.to_timedelta(unit * days, unit="D"), rated.index),
    )
    signs = [_same_person(apart), _same_comment(apart), _long_after(rated), _bursts(apart).reindex(apart.index)]
    return _aligned(pd.concat(signs, axis=1).any(axis=1), rated)


_SHOWN: Mapping[str, Condition] = {
    "bursts": _bursts,
    "same_person": _same_person,
    "same_comment": _same_comment,
    "long_after": _long_after,
}
"""As SIGNS, of ratings by people alone."""

TITLES = {
    "bursts": "短时集中",
    "same_person": "同一人反复评价",
    "same_comment": "评价雷同",
    "long_after": f"办结 {LATE_DAYS} 天后评价",
}

MEANINGS = {
    "bursts": f"{BURST_MINUTES} 分钟内 {BURST_RATINGS} 次以上",
    "same_person": f"同一电话或姓名一月内 {SAME_PERSON} 次以上",
    "same_comment": f"{COMMENT_LENGTH} 字以上的同样内容一月内 {SAME_COMMENT} 次以上，且占当月的 {SAME_COMMENT_SHARE:.0%} 以上",  # noqa: E501
    "long_after": f"办结 {LATE_DAYS} 天以后才评价",
}


def _by_people(reviews: pd.DataFrame) -> pd.DataFrame:
    is_person = reviews["channel"] != DEFAULT
    return reviews if is_person.all() else reviews[is_person]


def _repeated(rated: pd.DataFrame, words: pd.Series, often: int | pd.Series) -> pd.Series:
    """Rows whose word stands so often in their month; looked at are only words that stand so often at all."""
    numbers, _ = pd.factorize(words)
    often_enough = np.bincount(numbers[numbers >= 0])[numbers] >= often if (numbers >= 0).any() else numbers > 0
    chosen = np.flatnonzero((numbers >= 0) & often_enough)
    months, _ = pd.factorize(rated["month"].iloc[chosen])
    _, places, sizes = np.unique(
        months + (months.max(initial=0) + 1) * numbers[chosen], return_inverse=True, return_counts=True
    )
    shown = np.zeros(len(rated), dtype=bool)
    shown[chosen] = sizes[places] >= (often if isinstance(often, int) else often.to_numpy()[chosen])
    return pd.Series(shown, rated.index)


def _aligned(marks: pd.Series, reviews: pd.DataFrame) -> pd.Series:
    return marks.reindex(reviews.index, fill_value=False).fillna(False).astype(bool)
