"""用户体验, 办理成熟度, 渠道完备度 and 事项覆盖度 in figures: from breakdowns of guides and claims to shares and
stacks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from catalogue.breakdowns.guides import TIMES
from catalogue.datasets.guides import ITEMS
from models.chart_data import Share, Stack
from models.lamps import Scorecard
from services.areas.breakdowns import Frames

DEPTHS = ("全程网办", "网上预审", "网上申报", "信息发布", "未填")
ANSWERS = ("是", "否", "未填")
CLAIMS = ("已认领", "无需认领", "未认领")
VISITS = ("0 次", "1 次", "2 次", "3 次以上", "未填")
CASE_TYPES = ("即办件", "承诺件", "未填")
LICENCE = "行政许可"


@dataclass(frozen=True, slots=True)
class TimeCut:
    """How far one unit cuts its times: the figure of 1.3.1, and promised of statutory working days, which a long item
    moves more.
    """

    cut: Share
    days: Share


@dataclass(frozen=True, slots=True)
class BlankElement:
    """How often a unit leaves a compulsory column blank, of its items."""

    element: str
    unit: str
    blank: int
    items: int


def time_cut_by_unit(frames: Frames) -> list[TimeCut]:
    """Return the cut of each unit's items that have both times; the least cut first."""
    times = frames["item_times"].groupby("unit")[["cut", "timed", "promised", "statutory"]].sum()
    time_cuts = [
        TimeCut(Share(str(unit), cut, timed), Share(str(unit), promised, statutory))
        for unit, cut, timed, promised, statutory in times.itertuples()
        if timed
    ]
    return sorted(time_cuts, key=lambda unit_cut: (unit_cut.cut.value or 0, unit_cut.cut.label))


def time_bands(frames: Frames) -> list[Share]:
    """Return items by how far their promised time is cut, of all items."""
    return counted(frames["item_times"], "band", (*TIMES[1:], TIMES[0]))


def visits(frames: Frames) -> list[Share]:
    """Return items by the number of visits, of all items."""
    return counted(_worded(frames["item_visits"], "visits", _visits), "visits", VISITS)


def visits_by_unit(frames: Frames) -> list[Stack]:
    """Return items by the number of visits, the lowest share without a visit first."""
    return _lowest_first(stacked(_worded(frames["item_visits"], "visits", _visits), "visits", VISITS), without_a_visit)


def without_a_visit(row: Stack) -> Share:
    """Return the share of the items that say how many visits they take, as 1.3.2 counts: what is not filled is neither
    nought nor one.
    """
    return row.first(among=len(VISITS) - 1)


def case_types_by_unit(frames: Frames) -> list[Stack]:
    """Return 即办件 and 承诺件 of each unit, the lowest share of 即办件 first."""
    rows = stacked(_worded(frames["item_types"], "case_type", _filled), "case_type", CASE_TYPES)
    return _lowest_first(rows)


def depth_by_unit(frames: Frames, licences: bool = False) -> list[Stack]:
    """Return items, or licences alone, by depth of online handling; the lowest share of the whole process first."""
    return _lowest_first(stacked(_by_depth(frames, licences), "online_depth", DEPTHS))


def depth(frames: Frames, licences: bool) -> list[Share]:
    """Return items by depth, of licences alone or of all."""
    return counted(_by_depth(frames, licences), "online_depth", DEPTHS)


def _by_depth(frames: Frames, licences: bool) -> pd.DataFrame:
    items = frames["online_depth"]
    return _worded(items[items["item_type"] == LICENCE] if licences else items, "online_depth", _filled)


def pushed_by_month(frames: Frames) -> list[Share]:
    """Return cases pushed ÷ cases handled, month by month; None where nobody filled it."""
    months = frames["case_months"].groupby("month")[["pushed_cases", "cases"]].sum(min_count=1)
    return [Share(str(month), _number(pushed), _number(cases)) for month, pushed, cases in months.itertuples()]


def pushed_by_unit(frames: Frames) -> list[Share]:
    """Return the cases pushed and handled of each unit; the units that pushed least first."""
    rows = frames["case_months"].groupby("unit")[["pushed_cases", "cases"]].sum(min_count=1)
    shares = [Share(str(unit), _number(pushed), _number(cases)) for unit, pushed, cases in rows.itertuples()]
    return sorted(shares, key=lambda share: (share.value if share.value is not None else -1, share.label))


def special_by_reason(frames: Frames) -> list[Share]:
    """Return special items by the reason written, those without one last and named so."""
    special = _worded(frames["special_items"], "reason", lambda reason: _filled(reason).replace("未填", "未写原因"))
    rows = special.groupby("reason")["number"].sum().sort_values(ascending=False)
    shares = [Share(str(reason), int(number), int(rows.sum())) for reason, number in rows.items()]
    return sorted(shares, key=lambda share: share.label == "未写原因")


def reach_by_unit(frames: Frames) -> list[Stack]:
    """Return items handled across regions, aligned with 跨省, 省内, 全市."""
    return sorted(
        stacked(frames["cross_region"], "reach", ("跨省", "省内", "全市")), key=lambda row: (-row.total, row.label)
    )


def answers_by_unit(
    frames: Frames, code: str, question: str, share: Callable[[Stack], Share] = Stack.first
) -> list[Stack]:
    """Return items by 是, 否 and not filled; the fewest 是 first, or the lowest of another share."""
    return _lowest_first(stacked(_worded(frames[code], question, _filled), question, ANSWERS), share)


def publication_of(card: Scorecard) -> Callable[[Stack], Share]:
    """Return how a unit's guide publication rate is had: it counts the codes claimed and not the items reported, and
    no other figure may bear its name.
    """
    results = card.results_of("guide_publication_rate")
    return lambda row: (
        Share(row.label, results[row.label].numerator, results[row.label].denominator)
        if row.label in results
        else Share(row.label, None, None)
    )


def claimed(row: Stack) -> Share:
    """Return the share claimed or need not be, of all, as 4.1.2 counts."""
    return Share(row.label, (row.parts[0] or 0) + (row.parts[1] or 0), row.total)


def not_moved_in(frames: Frames) -> list[str]:
    """Return units that reported items of which not one is in the hall."""
    return sorted(
        row.label for row in answers_by_unit(frames, "hall_and_source", "in_hall") if row.total and not row.parts[0]
    )


def with_items(frames: Frames) -> list[str]:
    """Return units that reported items."""
    return sorted(frames["hall_and_source"]["unit"].unique())


def claims_by_unit(frames: Frames) -> list[Stack]:
    """Return catalogue items claimed, need not claim, unclaimed; the most unclaimed first."""
    return sorted(stacked(frames["claims"], "claim", CLAIMS), key=lambda row: (-(row.parts[2] or 0), row.label))


def elements_blank(frames: Frames) -> list[Share]:
    """Return how often each compulsory column is blank, of all items; the worst first."""
    labels = _element_labels()
    rows = frames["blank_elements"].groupby("element", sort=False)[["blank", "items"]].sum()
    shares = [Share(labels[str(element)], int(blank), int(items)) for element, blank, items in rows.itertuples()]
    return sorted(shares, key=lambda share: -(share.part or 0))


def blank_elements_by_unit(frames: Frames) -> list[BlankElement]:
    """Return what each unit leaves blank, the most first."""
    labels = _element_labels()
    rows = frames["blank_elements"].groupby(["element", "unit"], sort=False)[["blank", "items"]].sum()
    elements = (
        BlankElement(labels[str(element)], str(unit), int(blank), int(items))
        for (element, unit), blank, items in rows.itertuples()
        if blank
    )
    return sorted(elements, key=lambda row: (-row.blank, row.element, row.unit))


def _element_labels() -> dict[str, str]:
    return {field.name: field.label for field in ITEMS.fields}


def counted(frame: pd.DataFrame, key: str, words: Sequence[str]) -> list[Share]:
    """Return how many of each word, of all; in the order of the words."""
    numbers = frame.groupby(key)["number"].sum().to_dict()
    whole = sum(numbers.values())
    return [Share(word, int(numbers.get(word, 0)), int(whole)) for word in words] if whole else []


def stacked(frame: pd.DataFrame, key: str, words: Sequence[str]) -> list[Stack]:
    """Return the stacks, a row a unit, aligned with the words."""
    numbers = frame.groupby(["unit", key])["number"].sum().to_dict()
    return [
        Stack(str(unit), tuple(int(numbers.get((unit, word), 0)) for word in words))
        for unit in sorted(frame["unit"].unique())
    ]


def _lowest_first(rows: list[Stack], share: Callable[[Stack], Share] = Stack.first) -> list[Stack]:
    """By the first category's share; without one last."""
    values = {row.label: share(row).value for row in rows}
    return sorted(rows, key=lambda row: (values[row.label] is None, values[row.label] or 0, row.label))


def _worded(frame: pd.DataFrame, key: str, words: Callable[[pd.Series], pd.Series]) -> pd.DataFrame:
    return frame.assign(**{key: words(frame[key])})


def _filled(values: pd.Series) -> pd.Series:
    return values.astype(object).where(values.notna(), "未填")


def _visits(values: pd.Series) -> pd.Series:
    return values.map(lambda number: VISITS[4] if pd.isna(number) else VISITS[min(int(number), 3)]).astype(object)


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
