"""好差评 in figures: from breakdowns and lamps to levels and channels by month, stages of bad ratings, unrated items,
signs of inflation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from models.cases import Caseload
from models.chart_data import Share, Stack
from models.lamps import IndicatorResult, Lamp, Scorecard
from rules.rating_signs import DEFAULT, SIGNS
from services.areas.breakdowns import Frames

LEVELS = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")
BAD = frozenset(LEVELS[3:])
BAD_STAGES = ("待回访", "回访逾期", "待整改", "整改逾期")
CHANNELS = ("电脑端", "移动端", "二维码", "大厅平板", "其他终端", "短信")
TINY = 10
"""Fewer ratings, items or cases than this tell nothing, however good."""


@dataclass(frozen=True, slots=True)
class UnitSigns:
    """What asks for a look at one unit's ratings: numbers of ratings for each of SIGNS, and figures that do not fit
    together.
    """

    unit: str
    own: int  # ratings by people themselves
    shown: Mapping[str, int]
    rated_items: Share | None  # more rated items than items with cases
    rated_cases: Share | None  # more rated cases than closed ones
    stated: Share | None  # 参与评价量 as stated, against the cases that the reviews hold
    perfect: Share | None  # all satisfied, of very few
    all_items: Share | None  # every item with cases rated, of very few
    all_cases: Share | None  # every closed case rated, of very few

    @property
    def number(self) -> int:
        """How many signs there are."""
        return self.grave + sum(sign is not None for sign in (self.perfect, self.all_items, self.all_cases))

    @property
    def grave(self) -> int:
        """Those that more than small numbers speak for."""
        return sum(1 for count in self.shown.values() if count) + sum(
            sign is not None for sign in (self.rated_items, self.rated_cases, self.stated)
        )


def levels_by_month(frames: Frames) -> list[Stack]:
    """Return ratings by people themselves, a row a month of report, aligned with LEVELS."""
    own = _own(frames["ratings"])
    return _stacks(own, "month", "satisfaction", LEVELS)


def channels_by_month(frames: Frames) -> tuple[list[str], list[Stack]]:
    """Return the months, and a row a channel aligned with them: people's own by size, what the system gave last."""
    ratings = frames["ratings"]
    months = sorted(ratings["month"].unique())
    rows = _stacks(ratings, "channel", "month", months)
    own = sorted((row for row in rows if row.label != DEFAULT), key=lambda row: -row.total)
    return months, [*own, *(row for row in rows if row.label == DEFAULT)]


def bad_by_stage(callbacks: Caseload, rectifications: Caseload) -> list[Stack]:
    """Open bad ratings of each unit, aligned with BAD_STAGES; what is overdue is not in the stage before it."""
    units = sorted({*callbacks.counts, *rectifications.counts})
    rows = [Stack(unit, (*_open(callbacks.of(unit)), *_open(rectifications.of(unit)))) for unit in units]
    return sorted((row for row in rows if row.total), key=lambda row: (-_late(row), -row.total))


def never_rated(frames: Frames, card: Scorecard) -> list[Share]:
    """Return items with cases and without a rating ÷ items with cases, of each unit; the largest share first, an
    unknown one last.
    """
    silent = frames["items_never_rated"].groupby("unit")["items"].sum()
    handled = {unit: result.denominator for unit, result in card.results_of("item_rating_coverage").items()}
    shares = [Share(str(unit), int(number), handled.get(str(unit))) for unit, number in silent.items()]
    return sorted(
        shares, key=lambda share: (-(share.value if share.value is not None else -1), -(share.part or 0), share.label)
    )


def signs_by_unit(frames: Frames, card: Scorecard) -> list[UnitSigns]:
    """Return units with any sign, those with the most kinds first; what rests on small numbers alone comes last."""
    own = _own(frames["ratings"])
    totals = own.groupby("unit")["number"].sum()
    good = own[~own["satisfaction"].isin(BAD)].groupby("unit")["number"].sum()
    stated = frames["case_months"].groupby("unit")["rated_cases"].sum(min_count=1)
    items, cases = card.results_of("item_rating_coverage"), card.results_of("active_rating_rate")
    marks = _shown(frames["rating_signs"])
    units = [
        UnitSigns(
            unit,
            int(totals.get(unit, 0)),
            marks.get(unit, {}),
            _above(items.get(unit)),
            _above(cases.get(unit)),
            _misstated(stated.get(unit), cases.get(unit)),
            _perfect(unit, totals, good),
            _whole_of_few(items.get(unit)),
            _whole_of_few(cases.get(unit)),
        )
        for unit in sorted({*marks, *items})
    ]
    return sorted(
        (signs for signs in units if signs.number),
        key=lambda signs: (-signs.grave, -signs.number, -sum(signs.shown.values()), signs.unit),
    )


def _own(ratings: pd.DataFrame) -> pd.DataFrame:
    return ratings[ratings["channel"] != DEFAULT]


def _stacks(frame: pd.DataFrame, label: str, category: str, categories: tuple[str, ...] | list[str]) -> list[Stack]:
    counts = frame.groupby([label, category])["number"].sum().to_dict()
    return [
        Stack(name, tuple(int(counts.get((name, category), 0)) for category in categories))
        for name in sorted(frame[label].unique())
    ]


def _open(counts: Mapping[Lamp, int]) -> tuple[int, int]:
    """Not yet overdue, overdue."""
    waiting = sum(counts.get(lamp, 0) for lamp in (Lamp.ON_TRACK, Lamp.DUE_SOON, Lamp.DOUBT))
    return waiting, counts.get(Lamp.OVERDUE, 0)


def _late(row: Stack) -> float:
    return (row.parts[1] or 0) + (row.parts[3] or 0)


def _shown(signs: pd.DataFrame) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for unit, sign, number in zip(signs["unit"], signs["sign"], signs["number"], strict=True):
        counts.setdefault(unit, dict.fromkeys(SIGNS, 0))[sign] = int(number)
    return counts


def _above(result: IndicatorResult | None) -> Share | None:
    """A share above the whole, which cannot be."""
    if (
        result is None
        or result.numerator is None
        or result.denominator is None
        or result.numerator <= result.denominator
    ):
        return None
    return Share(result.code, result.numerator, result.denominator)


def _whole_of_few(result: IndicatorResult | None) -> Share | None:
    """100 % of a denominator that tells nothing."""
    if result is None or not result.denominator or result.denominator >= TINY or result.numerator != result.denominator:
        return None
    return Share(result.code, result.numerator, result.denominator)


def _misstated(stated: float | None, cases: IndicatorResult | None) -> Share | None:
    """Stated and found in the reviews, where they differ."""
    if stated is None or pd.isna(stated) or cases is None or cases.numerator is None or stated == cases.numerator:
        return None
    return Share("rated_cases", float(stated), cases.numerator)


def _perfect(unit: str, totals: pd.Series, good: pd.Series) -> Share | None:
    number = int(totals.get(unit, 0))
    return Share("satisfied", number, number) if 0 < number < TINY and good.get(unit, 0) == number else None
