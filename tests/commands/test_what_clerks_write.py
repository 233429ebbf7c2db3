"""Workbooks as a unit's clerk makes them (tests/spreadsheet_files/clerks/), in the sample district: what a person
understands is understood, what could be two things is asked.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.commands.files import Answer

FILES = Path(__file__).resolve().parents[1] / "spreadsheet_files" / "clerks"


@pytest.fixture
def of_the_clerk(run: Run, planned_database: str) -> Any:
    """The workbook of that number, checked for 青石镇 and August."""

    def call(number: str, *more: str) -> Answer:
        (path,) = FILES.glob(f"{number} *")
        return run("check", path, "--json", "--records", "--unit", "青石镇", "--month", "2023-08", *more)

    return call


def wrong(answer: Answer) -> list[tuple[str, str]]:
    return [(e["cell"] or e["field"], e["code"]) for e in answer.json["errors"] if e["severity"] == "error"]


def test_a_monthly_table_of_items_is_no_guide_whatever_its_code_and_unit_are_called(of_the_clerk: Any) -> None:
    answer = of_the_clerk("03")
    assert (answer.json["dataset"], answer.json["accepted"]) == ("monthly_cases", True)
    assert answer.values("办件量") == [20, 21, 22, 23, 24, 25]
    chosen = of_the_clerk("03", "--dataset", "guides")
    assert not chosen.json["accepted"] and (None, "wrong-dataset") in wrong(chosen)


def test_a_row_that_says_there_was_none_is_a_zero_report(of_the_clerk: Any) -> None:
    answer = of_the_clerk("05")
    assert answer.json["accepted"] and answer.problems("code") == ["zero-report"]
    assert answer.json["sheets"][0]["dropped_rows"][0] == {"row": 4, "why": "note"}


def test_a_ledger_of_bad_reviews_with_its_everyday_answers_and_days(of_the_clerk: Any) -> None:
    answer = of_the_clerk("06")
    assert answer.values("是否属实") == [True, False, True]
    assert answer.values("整改完成时间") == ["2023-08-08", None, None]
    assert answer.values("差评时间")[2] == "2023-08-15T00:00:00"
    assert [cell for cell in wrong(answer) if cell[1] != "missing-column"] == [("K5", "not-a-date")]


def test_a_ledger_of_help_in_everyday_words(of_the_clerk: Any) -> None:
    answer = of_the_clerk("08")
    assert answer.json["accepted"] and wrong(answer) == []
    assert answer.values("受理日期") == ["2023-08-01", "2023-08-03", "2023-08-07", "2023-08-11", "2023-08-15"]
    assert answer.values("承诺办结日期")[1] == "2023-08-10"
    assert answer.values("对象类别") == ["老年人", "企业", "残疾人", "老年人", "重点项目"]
    assert answer.values("服务方式") == ["上门帮办", "全程代办", "上门帮办", "预约帮办", "全程代办"]


def test_days_as_they_are_written_in_a_month_s_ledger(of_the_clerk: Any) -> None:
    answer = of_the_clerk("14")
    assert wrong(answer) == [
        ("B6", "ambiguous-date"),
        ("I6", "not-a-date"),
        ("B9", "not-a-date"),
        ("I9", "not-a-date"),
    ]
    assert answer.values("受理日期")[:2] == ["2023-08-01", "2023-08-01"]
    assert answer.values("实际办结日期") == [
        *("2023-08-05", "2023-08-06", "2023-08-04", None, "2023-08-03", "2023-08-04"),
        *(None, "2023-08-04"),
    ]
    cells = [e["cell"] for e in answer.json["errors"] if (e["code"], e["severity"]) == ("ambiguous-date", "warning")]
    assert cells == ["B3", "B4"]  # 8.1 kept as a number: 8.10 looks the same


def test_a_plain_yes_is_the_choice_that_it_means(of_the_clerk: Any) -> None:
    answer = of_the_clerk("16")
    assert answer.values("认领状态") == ["已认领", "已认领", "已认领", "已认领", "无需认领", "未认领"]
    assert wrong(answer) == [("B3", "damaged-code"), ("B4", "damaged-code")]


def test_the_board_s_own_names_of_areas_are_dimensions(of_the_clerk: Any) -> None:
    answer = of_the_clerk("18")
    assert answer.json["accepted"] and answer.values("评估维度") == ["精准度", "成熟度"]


def test_progress_with_titles_behind_numbers_and_a_share_that_could_be_two(of_the_clerk: Any) -> None:
    answer = of_the_clerk("21")
    assert answer.values("举措编号") == ["1.2.2", "2.4.1", "7.1.2", "7.1.3", "7.2.1", "7.2.2"]
    assert answer.values("进展状态") == ["已完成", "已完成", "推进中", None, "已完成", "已完成"]
    assert answer.values("完成比例") == [100, None, 80, None, 100, 100]
    assert wrong(answer) == [("G5", "ambiguous-number"), ("F7", "not-a-choice"), ("G7", "not-a-whole-number")]


def test_tickets_with_everyday_answers(of_the_clerk: Any) -> None:
    answer = of_the_clerk("24")
    assert answer.json["accepted"]
    assert (answer.values("是否解决"), answer.values("是否满意")) == ([True, True, False], ["满意", "满意", None])
    assert answer.values("签收时间")[1] == "2023-08-03T16:10:00"


def test_an_item_is_offered_in_the_whole_city_or_province(of_the_clerk: Any) -> None:
    assert set(of_the_clerk("26").values("通办范围")) == {"全市"}


SUGGESTED = {
    "01": ("reviews", {"办件编号", "事项名称", "评价渠道", "满意度"}),
    "07": ("help_cases", {"受理日期", "服务对象", "对象类别", "帮办事项", "服务方式", "帮办员"}),
    "17": ("assessment_problems", {"评估维度", "发现日期"}),
    "20": ("progress", {"举措编号", "进展状态"}),
    "23": ("hotline_tickets", {"工单编号", "受理时间", "工单类型"}),
}


@pytest.mark.parametrize("number", SUGGESTED)
def test_own_headings_under_a_title_that_names_the_report_are_suggested(number: str, of_the_clerk: Any) -> None:
    answer, (dataset, labels) = of_the_clerk(number), SUGGESTED[number]
    assert answer.json["dataset"] == dataset and not answer.json["accepted"]
    near = {e["field"] for e in answer.json["errors"] if e["code"] == "missing-column" and "与之相近" in e["message"]}
    assert labels <= near
    assert "责任单位" not in answer.json["sheets"][0]["missing"]  # a unit's own workbook need not name it
