"""Bars and their numbers: never a bar without its figures, never nought for what is missing."""

from datetime import date
from typing import ClassVar

import pytest
from markupsafe import Markup

from components.areas.call_chart import calls_by_day
from components.elements.bars import share_bar
from components.elements.breakdown_tables import (
    FIRST_SHOWN,
    Breakdown,
    ShareOf,
    ShareWords,
    amounts,
    records,
    shares,
    stacks,
)
from components.elements.context import PageContext
from components.elements.rendering import Parts
from models.chart_data import Placed, Share, Stack
from services.areas.hotline import CallDay
from tests.conftest import BUREAU


class Here(PageContext):
    """A page without a register."""

    unit_kinds: ClassVar[dict[str, str]] = {}  # type: ignore[misc]


HERE = Here("maturity", date(2023, 8, 22), BUREAU, {})


def html(parts: Parts) -> str:
    """What stands between the filters."""
    return "".join(part for part in parts.parts if isinstance(part, Markup))


@pytest.fixture(autouse=True)
def _no_files_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a visit there is nobody to offer 导出本表 to."""
    monkeypatch.setattr("components.elements.table.screen.offered_address", lambda *_: "/made/1")


def about(label: str = "责任单位") -> Breakdown:
    return Breakdown("units", "各责任单位", label, HERE)


def test_a_share_shows_numerator_denominator_and_percentage():
    drawn = html(shares([Share("甲局", 1, 4)], about(), ShareWords("零跑动／事项")))
    assert '25.0% <span class="of">1／4</span>' in drawn


def test_a_blank_denominator_is_no_share_and_draws_no_bar():
    drawn = html(shares([Share("甲局", 0, 0)], about(), ShareWords("零跑动／事项")))
    assert "0／0" in drawn and "0.0%" not in drawn and "<i " not in drawn


def test_what_was_not_reported_is_not_nought():
    assert "未报" in html(stacks([Stack("6月", (None, 2))], about("月份"), ("供水", "供电")))
    assert "未报" in html(amounts([Share("6月", None, None)], about("月份"), "次数"))


def test_a_bar_never_runs_over_and_marks_its_target():
    assert "width:100.0%" in share_bar(1.7)
    assert 'left:95.0%" title="目标 95%"' in share_bar(0.5, 0.95)


def test_a_stack_names_each_piece_and_can_give_the_first_ones_share():
    drawn = html(stacks([Stack("甲局", (1, 3))], about(), ("是", "否"), ShareOf("进驻比例")))
    assert 'title="是 1"' in drawn and "25.0%" in drawn and "进驻比例" in drawn


def test_a_share_of_less_than_the_total_says_of_how_much():
    drawn = html(
        stacks(
            [Stack("甲局", (2, 2, 5))],
            about(),
            ("0 次", "1 次", "未填"),
            ShareOf("零跑动占比", share=lambda row: row.first(among=2)),
        )
    )
    assert '50.0% <span class="of">2／4</span>' in drawn and "22.2%" not in drawn


def test_a_heading_says_what_is_asked_for_where_a_target_is_in_force():
    rows, categories = [Stack("甲局", (1, 3))], ("是", "否")
    assert "目标 ≥ 40%" in html(stacks(rows, about(), categories, ShareOf("即办件占比", 0.4)))
    assert "目标" not in html(stacks(rows, about(), categories, ShareOf("即办件占比")))


def test_long_lists_turn_pages_and_say_how_many_rows_there_are():
    rows = [Share(f"单位{number}", 1, 2) for number in range(FIRST_SHOWN + 3)]
    drawn = html(shares(rows, about(), ShareWords("甲／乙")))
    assert f"共 {FIRST_SHOWN + 3} 项" in drawn and drawn.count('class="beyond"') == 3
    assert "beyond" not in html(shares(rows[:FIRST_SHOWN], about(), ShareWords("甲／乙")))


def test_a_record_leads_to_its_submission_and_names_its_cell():
    record = Placed("甲局", "A", "事项", "", 3, "表.xlsx", "事项", "A2")
    drawn = html(records([record] * (FIRST_SHOWN + 5), "items", "清单", ("编码", "说明"), HERE))
    assert f"共 {FIRST_SHOWN + 5} 项" in drawn and "/submission?number=3" in drawn and "事项 A2" in drawn


def test_values_of_workbooks_are_escaped():
    drawn = html(shares([Share("<script>", 1, 2)], about(), ShareWords("甲／乙")))
    assert "&lt;script&gt;" in drawn and "<script>" not in drawn


def test_the_chart_of_calls_has_every_day_with_its_figures_and_leaves_a_day_without_a_report_open():
    days = [
        CallDay(date(2023, 7, 1), 10, 10, 1),
        CallDay(date(2023, 7, 2), 10, 9, 1),
        CallDay(date(2023, 7, 4), 10, 10, 1),
    ]
    chart = calls_by_day(days, 0.95).to_dict()
    rows = next(iter(chart["datasets"].values()))
    assert [(row["day"][:10], row["value"], row["numerator"], row["denominator"]) for row in rows] == [
        ("2023-07-01", 1.0, 10, 10),
        ("2023-07-02", 0.9, 9, 10),
        ("2023-07-03", None, None, None),
        ("2023-07-04", 1.0, 10, 10),
    ]
    assert {row["target"] for row in rows} == {0.95}
