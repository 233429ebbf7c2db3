"""What a bulletin says (supervision.md 4.3): nothing that its figures do not."""

import re
from dataclasses import replace

from models.bulletins import Checked, Figures
from models.lamps import Lamp
from models.official_document import DocumentTable, Heading, OfficialDocument, Paragraph, Picture
from rules.bulletins.figures import bulletin_figures
from rules.bulletins.particulars import Particulars, document_number
from rules.bulletins.text import document_of
from rules.bulletins.unit_lines import lines_about, units_named
from rules.bulletins.words import months_in_words, number_in_words, share_in_words
from rules.lamp import result
from tests.rules.bulletins.conftest import BEFORE, CALENDAR, NOW, A, board, row

NO_SNAPSHOTS = {"owed": 0, "received": 0, "missing": 0}
EMPTY = "没有可判定的指标 没有逾期的举措 没有缺报和迟报 没有完成的抽查 没有逾期的整改事项 没有须限期办理的事项"


def section(document: OfficialDocument, title: str) -> str:
    """The paragraphs from a heading to the next of the first level."""
    texts, inside = [], False
    for block in document.body:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.text == title
        elif inside and isinstance(block, Paragraph | Heading):
            texts.append(block.text)
    return "\n".join(texts)


def test_the_title_names_year_and_day_and_the_sections_stand_in_their_order(
    figures: Figures, particulars: Particulars
) -> None:
    document = document_of(figures, particulars)
    assert "".join(document.title) == "关于2023年政务服务能力提升工作进展情况的通报（截至2023年9月13日）"
    assert [block.text for block in document.body if isinstance(block, Heading) and block.level == 1] == [
        "一、总体情况",
        "二、指标达标情况",
        "三、存在问题",
        "四、单位排名",
        "五、下步要求",
    ]
    assert [annex.title for annex in document.annexes] == [
        "任务完成情况",
        "逾期和缺报清单",
        "抽查结果和问题清单",
        "整改台账",
    ]


def test_the_overview_holds_the_day_and_the_three_numbers_in_their_fixed_words(
    figures: Figures, particulars: Particulars
) -> None:
    overview = section(document_of(figures, particulars), "一、总体情况")
    for words in ("截至2023年9月13日", "已完成2项", "逾期1项", "缺报0项", "另有1项不适用"):
        assert words in overview
    assert "与2023年8月15日相比，已完成增加1项，逾期持平" in overview
    assert [re.search(rf"{word}(\d+)项", overview)[1] for word in ("已完成", "逾期", "缺报")] == ["2", "1", "0"]  # type: ignore[index]


def test_each_unit_is_named_with_its_figures_and_praise_stands_too(figures: Figures, particulars: Particulars) -> None:
    document = document_of(figures, particulars)
    problems = section(document, "三、存在问题")
    assert "区人社局1项（45）" in problems
    assert "区商务局3份（未报送任何数据）" in problems and "区住建局1份" in problems
    ranking = section(document, "四、单位排名")
    assert "位列第一的是区住建局，完成率100%" in ranking
    assert "减少逾期最多的是区人社局，减少1项" in ranking


def test_a_section_without_content_says_so_in_one_line(figures: Figures, particulars: Particulars) -> None:
    nothing = figures | {
        "overdue": [],
        "missing": [],
        "indicators": [],
        "ranking": [],
        "reports": figures["reports"]
        | {"missing": 0, "late": 0, "snapshots": {"owed": 0, "received": 0, "missing": 0}},
    }
    document = document_of(nothing, particulars)
    text = "".join(section(document, title) for title in ("二、指标达标情况", "三、存在问题", "五、下步要求"))
    assert [line for line in EMPTY.split() if line not in text] == []


def test_what_is_required_names_unit_matter_and_by_when(figures: Figures, particulars: Particulars) -> None:
    tables = [block for block in document_of(figures, particulars).body if isinstance(block, DocumentTable)]
    assert tables[-1].rows == (
        ("区住建局", "补报缺报数据1份", "10个工作日"),
        ("区人社局", "完成逾期举措1.3.2", "10个工作日"),
        ("区商务局", "补报缺报数据3份", "10个工作日"),
    )


def test_an_objection_that_is_not_settled_and_a_correction_are_printed(
    figures: Figures, particulars: Particulars
) -> None:
    printed = replace(particulars, objections=("区人社局",), corrects="区政服督〔2023〕2号")
    body = "\n".join(block.text for block in document_of(figures, printed).body if isinstance(block, Paragraph))
    assert "区人社局：对所列情况，该单位另有意见。" in body
    assert "本通报更正区政服督〔2023〕2号" in body


def test_a_unit_sees_the_lines_about_itself_and_no_others(figures: Figures, particulars: Particulars) -> None:
    assert lines_about(figures, particulars, "区人社局") == [
        "举措1.3.2　减少跑动：时限2023年7月30日，逾期45个工作日",
        "排名第2：已完成1项，应计2项，逾期1项",
    ]
    assert lines_about(figures, particulars, "区商务局") == [
        "缺报办事指南：一次性报送",
        "缺报好差评评价明细：2023年7月、8月",
        "未报送任何数据，不计完成率",
    ]
    assert set(units_named(figures, particulars)) == {"区人社局", "区住建局", "区商务局"}


def test_rectifications_and_spot_checks_are_told_with_their_figures(particulars: Particulars) -> None:
    checked = Checked(
        {"counts": {"overdue": 1, "done": 2}, "opened": 3, "closed": 2, "overdue": ["2023-1"]},
        [
            {
                "number": "2023-1",
                "kind": "guides",
                "method": "simple",
                "population": 29,
                "sample": 8,
                "checked": 8,
                "pass": 6,
                "fail": 2,
                "unable": 0,
                "rate": 0.75,
                "low": 0.4,
                "high": 0.9,
                "attempt": 1,
                "self_report": {"claimed": 8, "borne_out": 6, "false": 2, "understated": 0, "false_rate": 0.25},
            }
        ],
    )
    document = document_of(bulletin_figures(NOW, BEFORE, checked, CALENDAR), particulars)
    problems = section(document, "三、存在问题")
    assert "推断总体相符率75%（40%至90%）；自报完成的8个中不实2个" in problems
    assert "整改事项逾期1件：整改2023-1号" in problems
    assert "2÷8" in [block for block in document.annexes[2].blocks if isinstance(block, DocumentTable)][0].rows[0]


LATE = [{"unit": "区人社局", "dataset": "reviews", "months": ["2023-08"]}]
FAILED = [
    {
        "check": "2023-1",
        "unit": "区住建局",
        "key": "3701",
        "content": "施工许可",
        "questions": ["流程图与流程表一致"],
        "confirmed": True,
        "rectification": "2023-2",
    }
]
LEDGER = [
    {
        "number": "2023-1",
        "unit": "区人社局",
        "issue": "电话无人接听",
        "source": "举措 1.3.2",
        "opened_on": "2023-08-21",
        "due": "2023-09-01",
        "answered_on": None,
        "closed_on": None,
        "state": "open",
        "lamp": "overdue",
        "days": -8,
    }
]
CHECK = {
    "number": "2023-1", "kind": "guides", "method": "simple", "population": 29, "sample": 8, "checked": 8, "pass": 7,
    "fail": 1, "unable": 0, "rate": 0.875, "low": 0.6, "high": 0.9, "attempt": 1,
}  # fmt: skip
LISTED = Checked({"counts": {"overdue": 1}, "opened": 1, "closed": 0, "overdue": ["2023-1"]}, [CHECK])


def test_units_of_late_reports_failed_checks_and_overdue_rectifications_are_named_listed_and_shown_to_them(
    particulars: Particulars,
) -> None:
    listed = replace(particulars, late=LATE, failed=FAILED, ledger=LEDGER)
    figures = bulletin_figures(NOW, BEFORE, LISTED, CALENDAR)
    document = document_of(figures, listed)
    problems = section(document, "三、存在问题")
    assert "迟报的单位：区人社局1份。" in problems
    assert "不符的单位：区住建局1个。" in problems
    assert "整改事项逾期1件：区人社局1件（整改2023-1号）" in problems
    rows = [
        row
        for annex in document.annexes
        for block in annex.blocks
        if isinstance(block, DocumentTable)
        for row in block.rows
    ]
    assert ("好差评评价明细", "2023年8月", "1", "区人社局") in rows
    assert ("2023-1", "区住建局", "3701", "施工许可", "流程图与流程表一致", "已认定", "2023-2") in rows
    assert ("2023-1", "区人社局", "电话无人接听", "举措 1.3.2", "2023-08-21", "2023-09-01", "—", "—", "逾期") in rows
    required = [block for block in document.body if isinstance(block, DocumentTable)][-1].rows
    assert ("区人社局", "完成逾期举措1.3.2；完成逾期整改1件（见附件4）", "10个工作日") in required
    assert {"迟报好差评评价明细：2023年8月", "整改2023-1号逾期8个工作日：时限2023年9月1日，电话无人接听"} <= set(
        lines_about(figures, listed, "区人社局")
    )
    assert "抽查2023-1号不符：3701　施工许可（流程图与流程表一致），已认定" in lines_about(figures, listed, "区住建局")
    assert "区交通局" in units_named(figures, replace(listed, ledger=[LEDGER[0] | {"unit": "区交通局"}]))


def test_units_are_not_named_of_a_check_that_they_have_not_been_told_of(particulars: Particulars) -> None:
    document = document_of(bulletin_figures(NOW, BEFORE, LISTED, CALENDAR), replace(particulars, untold=["2023-1"]))
    assert "不符1个，推断总体相符率87.5%（60%至90%）。该次抽查尚未告知各责任单位，不列单位。" in section(
        document, "三、存在问题"
    )
    assert document.annexes[2].blocks[-1] == Paragraph("抽查2023-1号尚未告知各责任单位，问题不在此列出。")


def test_what_is_to_stay_low_tells_its_bound_and_by_how_much_it_is_beyond(particulars: Particulars) -> None:
    def row_of(numerator: float, *, at_most: bool, increases: bool = False) -> tuple[str, ...]:
        figure = result("zero_visit_share", numerator, 40, 0.05, increases, at_most)
        lamp = Lamp.DONE if figure.met else Lamp.OVERDUE
        figures = bulletin_figures(board(A, [row("1.3.2", "区人社局", lamp, figure)]), None, Checked(), CALENDAR)
        codes = {
            "at_most": ["zero_visit_share"] if at_most else [],
            "increases": ["zero_visit_share"] if increases else [],
        }
        document = document_of(figures, replace(particulars, **codes))
        return next(block for block in document.body if isinstance(block, DocumentTable)).rows[0][3:6]

    assert row_of(4, at_most=True) == ("10%", "≤5%", "超5.0点")
    assert row_of(2, at_most=True) == ("5%", "≤5%", "达标")
    assert row_of(2, at_most=True, increases=True) == ("5%", "低于5%", "未低于")
    assert row_of(1, at_most=False) == ("2.5%", "5%", "差2.5点")
    assert row_of(2, at_most=False, increases=True) == ("5%", "高于5%", "未高于")


def test_charts_are_asked_for_by_name(figures: Figures, particulars: Particulars) -> None:
    body = document_of(figures, particulars).body
    assert [block.name for block in body if isinstance(block, Picture)] == [
        "图1 红绿灯分布.png",
        "图2 指标达标情况.png",
    ]


def test_numbers_carry_marks_from_ten_thousand_on_and_what_misses_its_target_never_reads_as_the_target() -> None:
    assert [number_in_words(number) for number in (9999, 10000, 2.5)] == ["9999", "10,000", "2.50"]
    assert share_in_words(0.9996, met=False) == "99.9%"
    assert share_in_words(0.9996, met=True) == "100%"
    assert share_in_words(0.0502, met=False, at_most=True) == "5.1%"
    assert months_in_words(["2023-07", "2023-08", "2024-01"]) == "2023年7月、8月、2024年1月"


def test_the_document_number_is_made_by_its_setting() -> None:
    assert document_number("区政服督〔{year}〕{n}号", 2023, 3) == "区政服督〔2023〕3号"
