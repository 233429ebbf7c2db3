"""A unit stands on one page of the pack: tables alone, and of the figures those that say something."""

from datetime import date

import pytest

from models.lamps import IndicatorResult, Lamp
from models.official_document import DocumentTable
from rules.notices.document import Office
from rules.notices.pack_document import LEAST_FIGURES, LINES, FigureLine, PackedUnit, pack_document

DAY, SINCE = date(2023, 8, 20), date(2023, 7, 22)


def figure(number: int, share: float, before: float | None = None) -> FigureLine:
    def result(value: float) -> IndicatorResult:
        return IndicatorResult(f"i{number}", value * 10, 10, value, 0.8, value >= 0.8)

    return FigureLine(f"指标{number}", result(share), None if before is None else result(before), is_share=True)


def tables(figures: list[FigureLine], questions: list[str]) -> dict[str, DocumentTable]:
    unit = PackedUnit("区人社局", (), {Lamp.OVERDUE: 2}, {Lamp.OVERDUE: 1}, figures, (), (), questions)
    [page] = pack_document([unit], DAY, SINCE, Office("区政务服务管理局", "区政务服务管理局")).annexes
    assert all(isinstance(block, DocumentTable) for block in page.blocks) and not page.wide
    return {block.columns[0].title: block for block in page.blocks if isinstance(block, DocumentTable)}


def test_it_stands_in_the_order_of_the_meeting() -> None:
    assert list(tables([figure(1, 0.5)], ["为什么？"])) == [
        "上次会议交办",
        "红绿灯",
        "指标",
        "未办结的整改和通知",
        "抽查不符",
        "序号",
    ]


def test_figures_that_meet_their_target_and_did_not_fall_are_counted_and_the_others_listed() -> None:
    shown = tables([figure(1, 0.5), figure(2, 0.9, 0.9), figure(3, 0.9, 1.0)], [])["指标"].rows
    assert [row[0] for row in shown] == ["指标1", "指标3", "其余 1 项达标且没有变差"]


def test_what_is_to_stay_low_is_listed_when_it_rose_and_days_are_no_per_cent() -> None:
    def days(number: str, now: float, before: float) -> FigureLine:
        results = [IndicatorResult(number, value * 2, 2, value, 5, True, at_most=True) for value in (now, before)]
        return FigureLine(number, *results, is_share=False)

    shown = tables([days("快了", 2, 3), days("慢了", 3.5, 3)], [])["指标"].rows
    assert shown == (("慢了", "≤5", "3.50（7/2）", "3（6/2）"), ("其余 1 项达标且没有变差", "", "", ""))


@pytest.mark.parametrize("questions", [0, 5, 9])
def test_figures_beyond_the_page_are_told_as_a_number(questions: int) -> None:
    drawn = tables([figure(number, 0.1) for number in range(40)], ["原因是什么？"] * questions)
    *listed, (others, *_) = drawn["指标"].rows
    assert others == f"另有 {40 - len(listed)} 项见看板"
    assert sum(len(table.rows) + 1 for table in drawn.values()) <= LINES


def test_some_figures_stand_however_much_is_asked() -> None:
    drawn = tables([figure(number, 0.1) for number in range(40)], ["问" * 200] * 20)
    assert len(drawn["指标"].rows) == LEAST_FIGURES + 1


def test_a_unit_without_figures_has_a_line_that_says_so() -> None:
    assert tables([], [])["指标"].rows == (("没有按指标评价的举措", "", "", ""),)
