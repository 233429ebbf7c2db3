"""A dataset that a plan declares goes the way of the shipped ones: template, messy workbooks, reporting, figures,
lamps, cases, proof, search; with no line of code for it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from catalogue.cases import CASE_KINDS
from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS
from catalogue.spot_checks import KINDS
from data_access.database import reading, writing
from data_access.spot_checks import add_entries
from models.definitions import plain_code
from models.lamps import Lamp
from models.people import Role
from models.spot_checks import Result, SpotCheckAct, SpotCheckFindingAct, SpotCheckResultRow
from models.units import UnitChangeKind
from rules.as_of import parse_instant
from services.access.chosen_plan import asking_of
from services.access.refusal import RefusedRequest
from services.areas import spread
from services.areas.spread import dataset_spread
from services.board.district import district_as_of
from services.board.history import courses
from services.board.scorecard import assess
from services.cases.caseload import caseload, caseloads
from services.cases.one_case import case_history
from services.figures.district_state import district_state
from services.figures.refold import refold
from services.guides.one_item import item_records
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.templates import named_template, template
from services.milestones.assignment import assignment_history
from services.milestones.progress import ProgressEntry, fields_added, report_progress
from services.notices.deadline_calendar import deadline_calendar
from services.notices.reminders import reminders_as_of
from services.plan.in_force import put_in_force
from services.plan.preview import PlanPreview, preview_plan
from services.plan.workbook import plan_workbook
from services.proof.explain import explain_indicator
from services.proof.prove import prove, prove_indicator
from services.proof.rows_shown import rows_shown
from services.rectifications.acts import Opening, open_rectification
from services.rectifications.ledger import rectifications_as_of
from services.reporting.reports import reports_owed
from services.search.search import search
from services.spot_checks.checks_as_of import spot_check_in
from services.spot_checks.drawing import DrawRequest, draw
from services.spot_checks.marks import marks_as_of
from services.spot_checks.measures import kinds_of, measures_of
from services.units.changes import UnitChangeForm, enter_unit_change
from tests.pages.visiting import open_page, text_of
from tests.services.conftest import Report, send
from tests.services.conftest import workbook as rows_of_dataset
from tests.services.plan.test_declared import as_text, board, lamp
from tests.services.plan.test_preview import workbook

Rows = Sequence[Mapping[str, Any]]

UNIT, OTHER = "区人社局", "区住建局"
DAY = date(2024, 2, 20)
LEDGER = "证照归集台账"
SHEETS: dict[str, Rows] = {
    "方案": [{"方案编号": "2024-YS", "方案名称": "2024年营商环境方案", "年度": 2024}],
    "领域": [{"领域": "证照归集", "次序": 1}],
    "任务": [
        {
            "任务编号": "1.1",
            "领域": "证照归集",
            "任务名称": "应归尽归",
            "责任单位": f"{UNIT}、{OTHER}",
            "完成时限": "10月底前",
            "年度": 2024,
        }
    ],
    "举措": [
        {
            "举措编号": "1.1.1",
            "任务编号": "1.1",
            "举措名称": "按期归集",
            "评价方式": "指标",
            "指标编码": "collected、collect_days",
            "目标值": "60%、≤3天",
        }
    ],
    "数据": [
        {
            "数据": LEDGER,
            "频次": "每月",
            "责任单位列": "归集单位",
            "时间列": "申请时间",
            "是否台账": "是",
            "领域": "证照归集",
        }
    ],
    "字段": [
        {"数据": LEDGER, "字段": "归集编号", "类型": "编码", "必填": "必填", "关键": "是"},
        {"数据": LEDGER, "字段": "归集单位", "类型": "单位", "必填": "必填", "别名": "承办单位"},
        {"数据": LEDGER, "字段": "申请时间", "类型": "日期", "必填": "必填"},
        {"数据": LEDGER, "字段": "归集时间", "类型": "日期", "必填": "可空", "别名": "办结日、完成日"},
        {"数据": LEDGER, "字段": "证照类别", "类型": "选项", "必填": "应填", "选项": "许可证=许可/许可类、执照"},
        {"数据": LEDGER, "字段": "工本费", "类型": "小数", "必填": "可空", "最大": 1000},
        {"数据": LEDGER, "字段": "申请人", "类型": "文本", "必填": "可空", "个人信息": "姓名"},
        {"数据": "月度办件统计", "字段": "容缺件数", "类型": "整数", "必填": "可空"},
    ],
    "指标": [
        {
            "指标": "归集率",
            "编码": "collected",
            "分子": f"行数({LEDGER}: 归集时间 已填)",
            "分母": f"行数({LEDGER})",
            "单位": "占比",
        },
        {
            "指标": "平均用时",
            "编码": "collect_days",
            "分子": "平均(天数(申请时间, 归集时间))",
            "单位": "天",
            "方向": "越低越好",
        },
        {"指标": "容缺件数", "编码": "lenient", "分子": "合计(容缺件数)", "单位": "个数"},
    ],
    "时限": [
        {
            "时限": "许可归集",
            "数据": LEDGER,
            "起": "申请时间",
            "止": "归集时间",
            "期限": "3个工作日",
            "条件": "证照类别=许可",
        }
    ],
}
ROWS = [
    {
        "归集编号": "G1",
        "归集单位": UNIT,
        "申请时间": "2024-01-02",
        "归集时间": "2024-01-04",
        "证照类别": "许可证",
        "申请人": "张三丰",
    },
    {"归集编号": "G2", "归集单位": UNIT, "申请时间": "2024-01-03", "归集时间": "2024-01-10", "证照类别": "许可证"},
    {"归集编号": "G3", "归集单位": UNIT, "申请时间": "2024-01-08", "证照类别": "执照"},
    {"归集编号": "G4", "归集单位": UNIT, "申请时间": "2024-01-09", "证照类别": "许可证"},
]


def imported(since: str = "2024-01-01", reason: str = "", **changed: Rows) -> PlanPreview:
    content = workbook(SHEETS | changed)
    preview = preview_plan(content, "方案.xlsx")
    assert preview.errors == ()
    put_in_force(preview, content, "方案.xlsx", reason, in_force=parse_instant(since))
    return preview


def code() -> str:
    return next(code for code, dataset in DATASETS.items() if dataset.title == LEDGER)


def messy(rows: Rows, left_out: str = "") -> bytes:
    """A ledger as a clerk keeps it: a title, headings of its own, columns in another order, one of them left out."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([f"{UNIT}2024年1月{LEDGER}"])
    labels = ["序号", "承办单位", "归集编号", "证照类别", "申请时间", "完成日", "申请人"]
    labels = [label for label in labels if label != left_out]
    names = {"承办单位": "归集单位", "完成日": "归集时间"}
    sheet.append(labels)
    for number, row in enumerate(rows, 1):
        sheet.append([number, *(row.get(names.get(label, label)) for label in labels[1:])])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def ledger(report: Report) -> Report:
    """A plan with a ledger of its own; one of its two units reported January."""
    imported()
    rows = [dict(row, 证照类别={"许可证": "许可"}.get(str(row["证照类别"]), row["证照类别"])) for row in ROWS]
    sent = send(messy(rows), "台账.xlsx", Request(None, None, False, None), at=parse_instant("2024-02-02"))
    assert (sent.records, sent.report.dataset, sent.report.unit, sent.report.month) == (4, code(), UNIT, "2024-01")
    return report


@pytest.mark.long
def test_its_template_has_headings_notes_and_choices_by_code_and_by_title(ledger: Report) -> None:
    assert template(code()) and template(LEDGER)
    name, content = named_template(LEDGER, UNIT, "2024-01")
    sheet = load_workbook(BytesIO(content))[LEDGER]
    assert name == f"{UNIT}2024年1月{LEDGER}.xlsx"
    assert [cell.value for cell in sheet[2]][:4] == ["归集编号", "归集单位", "申请时间", "归集时间"]
    assert any("许可证,执照" in str(rule.formula1) for rule in sheet.data_validations.dataValidation)


@pytest.mark.long
def test_every_wrong_cell_is_told_and_nothing_is_stored(ledger: Report) -> None:
    wrong = [
        dict(ROWS[0], 归集编号=None, 证照类别="许可证书本"),
        dict(ROWS[1], 申请时间="去年"),
        dict(ROWS[2], 归集编号="G9"),
        dict(ROWS[3], 归集编号="G9"),
    ]
    report = check(messy(wrong), "台账.xlsx", Request(code(), UNIT, False, "2024-01")).report
    errors = {(problem.cell, problem.code) for problem in report.problems if problem.severity == "error"}
    assert {("C3", "missing-value"), ("D3", "not-a-choice"), ("E4", "not-a-date"), ("C6", "duplicate-key")} <= errors


@pytest.mark.long
def test_figures_lamps_and_what_is_missing_follow(ledger: Report) -> None:
    share, days = lamp("1.1.1").indicators
    assert (share.numerator, share.denominator, share.met) == (2, 4, False)
    assert (days.value, days.target, days.met) == (4.5, 3, False)
    lamps = {lamp.unit: lamp.lamp for lamp in board().lamps}
    assert lamps == {UNIT: Lamp.ON_TRACK, OTHER: Lamp.NOT_REPORTED}
    with asking_of("2024-YS"):
        owed = {(line.unit, line.month): line.status.value for line in reports_owed(DAY, dataset=code())}
    assert owed == {(UNIT, "2024-01"): "按时", (OTHER, "2024-01"): "缺报"}
    assert not refold().changed


@pytest.mark.long
def test_a_case_in_a_later_ledger_replaces_the_earlier_one(ledger: Report) -> None:
    ledger(code(), UNIT, "2024-02", [ROWS[3] | {"归集时间": "2024-02-01"}], "2024-03-02")
    share = lamp("1.1.1", date(2024, 3, 4)).indicators[0]
    assert (share.numerator, share.denominator) == (3, 4)


@pytest.mark.long
def test_a_column_that_should_be_filled_may_be_left_out_with_a_warning(ledger: Report) -> None:
    content = messy(ROWS, left_out="证照类别")
    checked = check(content, "台账.xlsx", Request(code(), UNIT, False, "2024-01"))
    warnings = [(problem.code, problem.field, problem.severity) for problem in checked.report.problems]
    assert warnings == [("missing-column", "证照类别", "warning")]


@pytest.mark.parametrize(
    ("name", "kind"), [("收件日", "日期"), ("备注", "文本"), ("联系电话", "文本"), ("合计", "整数"), ("总数", "整数")]
)
def test_the_last_field_of_a_dataset_is_one_whatever_it_is_called_and_of_whatever_type(
    planned_database: str, name: str, kind: str
) -> None:
    """No signature, date or total below the list of fields."""
    last = {"数据": LEDGER, "字段": name, "类型": kind, "必填": "可空"}
    content = workbook(SHEETS | {"字段": [*SHEETS["字段"][:5], last]})
    declared = preview_plan(content, "方案.xlsx").declarations.datasets[0]
    assert [field.label for field in declared.main.fields][-1] == name


FIELDS = [
    {"数据": LEDGER, "字段": "归集编号", "类型": "编码", "必填": "必填", "关键": "是"},
    {"数据": LEDGER, "字段": "次数", "类型": "整数", "必填": "可空", "关键": "是", "最小": 1, "默认": 1},
    {"数据": LEDGER, "字段": "归集单位", "类型": "单位", "必填": "必填", "别名": "承办单位"},
    {"数据": LEDGER, "字段": "申请时间", "类型": "日期", "必填": "必填"},
    {"数据": LEDGER, "字段": "归集时间", "类型": "日期", "必填": "可空"},
    {
        "数据": LEDGER,
        "字段": "证照类别",
        "类型": "选项",
        "必填": "应填",
        "选项": "许可证=许可/许可类、执照",
        "默认": "许可",
    },
    {"数据": LEDGER, "字段": "工本费", "类型": "小数", "必填": "可空", "最小": 0.5, "最大": 99.5},
    {"数据": LEDGER, "字段": "备注", "类型": "文本", "必填": "可空", "长度": 5},
    *SHEETS["字段"][-1:],
]


def test_a_blank_is_what_the_plan_says_and_bounds_and_lengths_hold_as_written(report: Report) -> None:
    imported(字段=FIELDS)
    rows = [
        {"归集编号": "G1", "归集单位": UNIT, "申请时间": "2024-01-02", "工本费": 0.5, "备注": "五个字以内"},
        {"归集编号": "G1", "归集单位": UNIT, "申请时间": "2024-01-02", "次数": 2, "工本费": 99.4, "证照类别": "执照"},
        {"归集编号": "G2", "归集单位": UNIT, "申请时间": "2024-01-02", "工本费": 0.4, "备注": "一共六个字了"},
        {"归集编号": "G3", "归集单位": UNIT, "申请时间": "2024-01-02", "工本费": 99.6},
    ]
    checked = check(rows_of_dataset(code(), rows), "台账.xlsx", Request(code(), UNIT, False, "2024-01")).report
    records = checked.frames[code()].iloc[:2]
    labels = {field.label: field.name for field in DATASETS[code()].main.fields}
    assert records[labels["次数"]].tolist() == [1, 2]
    assert records[labels["证照类别"]].tolist() == ["许可证", "执照"]
    wrong = {(problem.row, problem.code) for problem in checked.problems if problem.severity == "error"}
    assert wrong == {(4, "out-of-range"), (4, "too-long"), (5, "out-of-range")}
    assert any("应在 0.5 到 99.5 之间" in problem.message for problem in checked.problems)


def test_a_quarterly_report_is_that_of_the_quarters_last_month_and_speaks_of_all_three(report: Report) -> None:
    imported(数据=[SHEETS["数据"][0] | {"频次": "每季"}])
    content = rows_of_dataset(code(), [ROWS[0] | {"证照类别": "许可证"}])
    within = check(content, "台账.xlsx", Request(code(), UNIT, False, "2024-03")).report.problems
    assert not within
    january = check(content, "台账.xlsx", Request(code(), UNIT, False, "2024-01")).report.problems
    assert [(problem.code, problem.severity) for problem in january] == [("other-month", "error")]
    assert january[0].message == f"“{LEDGER}”每季报送一次，2024-01 不是季末月份，请选 2024-03。"


@pytest.mark.long
def test_a_quarterly_report_is_reminded_of_and_stands_in_the_calendar_four_times_a_year(district: None) -> None:
    imported(数据=[SHEETS["数据"][0] | {"频次": "每季"}])
    day = date(2024, 7, 20)
    [reminder] = reminders_as_of(day, UNIT)
    late = [step.matter.code for step in reminder.steps if code() in step.matter.code]
    assert late == [f"report:{code()}:2024-03", f"report:{code()}:2024-06"]
    with asking_of("2024-YS"):
        events = deadline_calendar(day, UNIT).events
    quarterly = [event.code for event in events if f"{LEDGER}：" in event.description]
    assert quarterly == ["2024-03", "2024-06", "2024-09", "2024-12"]


@pytest.mark.long
def test_a_merged_units_mean_and_different_values_are_those_of_all_its_rows_as_the_proof_has_them(
    report: Report,
) -> None:
    """Days 2, 7 and 4, 4, 4: (2 + 7 + 12) ÷ 5 = 4.2, not 4.5 + 4; both units issue 许可证: one kind, not two."""
    indicators = [
        *SHEETS["指标"],
        {"指标": "证照种数", "编码": "kinds", "分子": f"去重({LEDGER}: 证照类别)", "单位": "个数"},
    ]
    measures = [{**SHEETS["举措"][0], "指标编码": "collect_days、kinds", "目标值": "≤3天、1"}]
    imported(指标=indicators, 举措=measures)
    permits = [dict(row, 证照类别="许可证") for row in ROWS]
    report(code(), UNIT, "2024-01", permits, "2024-02-02")
    later = {"归集单位": OTHER, "申请时间": "2024-01-02", "归集时间": "2024-01-06", "证照类别": "许可证"}
    report(code(), OTHER, "2024-01", [{"归集编号": f"K{number}", **later} for number in range(3)], "2024-02-02")
    merge = UnitChangeForm(UnitChangeKind.MERGE, (OTHER,), (UNIT,), date(2024, 2, 10), "机构改革", "", "")
    enter_unit_change(merge, at=parse_instant("2024-02-09"))
    with asking_of("2024-YS"):
        judged = {plain_code(result.code): result.value for result in lamp("1.1.1").indicators}
        proved = {proof.indicator.plain_code: proof.result.value for proof in prove("1.1.1", UNIT, DAY).indicators}
    assert judged == proved == {"collect_days": 4.2, "kinds": 1}


@pytest.mark.long
def test_of_the_district_what_two_units_report_alike_counts_once(report: Report) -> None:
    """区人社局 has 许可证 and 执照, the other 许可证 alone: two kinds, not three."""
    indicators = [
        *SHEETS["指标"],
        {"指标": "证照种数", "编码": "kinds", "分子": f"去重({LEDGER}: 证照类别)", "单位": "个数"},
    ]
    imported(指标=indicators, 举措=[{**SHEETS["举措"][0], "指标编码": "kinds", "目标值": "2"}])
    report(code(), UNIT, "2024-01", ROWS, "2024-02-02")
    report(code(), OTHER, "2024-01", [{**ROWS[0], "归集单位": OTHER}], "2024-02-02")
    with asking_of("2024-YS"):
        key = next(key for key in INDICATORS if plain_code(key) == "kinds")
        units = {row.unit: row.indicators[0].value for row in assess(DAY).select(measure="1.1.1")}
        district = courses([(key, "1.1.1")], DAY)[key, "1.1.1"][-1]
        proof = prove_indicator(key, None, DAY)
    assert (units[UNIT], units[OTHER]) == (2, 1)
    assert (district.numerator, district.denominator) == (2, None)
    assert proof.indicator.result.value == 2


@pytest.mark.long
def test_every_row_is_proved_with_its_cell_and_people_are_masked(ledger: Report) -> None:
    with asking_of("2024-YS"):
        explanation = explain_indicator("collected", UNIT, DAY)
        part = prove("1.1.1", UNIT, DAY).indicators[0].parts[0]
    assert [(row.cell, row.numerator) for row in explanation.counted] == [("C3", 1), ("C4", 1), ("C5", 0), ("C6", 0)]
    shown = rows_shown(part, None, 0, 10).rows
    assert shown["归集编号"].tolist() == ["G1", "G2", "G3", "G4"] and shown["申请人"][0] == "张**"


@pytest.mark.long
def test_a_time_limit_makes_cases_with_lamps_of_their_own(ledger: Report) -> None:
    load = next(load for load in caseloads(DAY) if load.kind.title == "许可归集")
    assert load.counts == {UNIT: {Lamp.DONE: 1, Lamp.DONE_LATE: 1, Lamp.OVERDUE: 1}}
    assert [(case.code, case.due) for case in load.open] == [("G4", date(2024, 1, 12))]
    assert "3个工作日内" in load.kind.what
    assert [kind.title for kind, _ in case_history(code(), "G4", DAY).lamps] == ["许可归集"]


@pytest.mark.long
def test_a_time_limit_written_otherwise_holds_from_that_day_on_and_earlier_days_stay(ledger: Report) -> None:
    def limit_on(day: date) -> tuple[str, dict[str, date | None]]:
        load = next(load for load in caseloads(day) if load.kind.title == "许可归集")
        return load.kind.what, {case.code: case.due for case in load.open}

    def all_told() -> list[object]:
        return [(load.kind.what, load.counts, load.open) for load in caseloads(DAY)]

    before = all_told()
    assert limit_on(DAY)[1] == {"G4": date(2024, 1, 12)}
    limit = dict(SHEETS["时限"][0], 期限="20个工作日", 条件="证照类别=执照")
    preview = imported("2024-03-01", "方案修订", 时限=[limit])
    assert [(line.what, line.before, line.after) for line in preview.changed] == [
        ("时限 许可归集 期限", "3个工作日", "20个工作日"),
        ("时限 许可归集 条件", "证照类别=许可", "证照类别=执照"),
    ]
    assert all_told() == before
    words, due = limit_on(date(2024, 3, 5))
    assert "20个工作日内" in words and set(due) == {"G3"} and due["G3"] > date(2024, 2, 1)
    kind = next(kind for kind in CASE_KINDS.values() if kind.title == "许可归集")
    assert "3个工作日内" in caseload(kind.code, DAY).kind.what
    assert [kind.fixed_days for kind, _ in case_history(code(), "G4", DAY).lamps] == [3]
    assert not case_history(code(), "G4", date(2024, 3, 5)).lamps


@pytest.mark.long
def test_a_time_limit_that_ended_and_came_again_was_not_there_between(ledger: Report) -> None:
    imported("2024-03-01", "不再督办", 时限=[])
    imported("2024-04-01", "恢复督办")
    there = [
        any(load.kind.title == "许可归集" for load in caseloads(day))
        for day in (DAY, date(2024, 3, 5), date(2024, 4, 5))
    ]
    assert there == [True, False, True]


@pytest.mark.long
def test_a_time_limit_holds_for_rows_whose_value_another_dataset_of_the_same_unit_has(report: Report) -> None:
    among = {"时限": "已办的", "数据": LEDGER, "起": "申请时间", "止": "归集时间", "期限": "3个工作日"}
    limits = [
        among | {"条件": "归集编号 在 月度办件统计.实施编码 且 证照类别=许可"},
        among | {"时限": "未办的", "条件": "非 归集编号 在 月度办件统计.实施编码"},
    ]
    imported(时限=limits)
    report(code(), None, "2024-01", [*ROWS, ROWS[0] | {"归集编号": "G5", "归集单位": OTHER}], "2024-02-02")

    def numbers() -> dict[str, int]:
        return {
            load.kind.title: sum(sum(lamps.values()) for lamps in load.counts.values())
            for load in caseloads(DAY)
            if load.kind.title in ("已办的", "未办的")
        }

    assert numbers() == {"已办的": 0, "未办的": 5}
    items = {"办件量": 10, "办结量": 8, "推送量": 1, "关联事项办件量": 2}
    mine = [items | {"实施编码": number, "责任单位": UNIT} for number in ("G2", "G3", "G5")]
    report("monthly_cases", None, "2024-01", [*mine, items | {"实施编码": "G1", "责任单位": OTHER}], "2024-02-03")
    assert numbers() == {"已办的": 1, "未办的": 3}  # G5 and G1 stand with the other unit
    load = next(load for load in caseloads(DAY) if load.kind.title == "已办的")
    assert load.counts == {UNIT: {Lamp.DONE_LATE: 1}} and caseloads(DAY, OTHER)


@pytest.mark.long
def test_a_case_is_found_by_its_number(ledger: Report) -> None:
    (place,) = search("G3", DAY).cases
    assert (place.dataset, place.unit, place.row) == (code(), UNIT, 5)


@pytest.mark.long
def test_a_field_added_to_a_shipped_dataset_is_reported_and_counted(ledger: Report) -> None:
    cases = {
        "实施编码": "A1",
        "责任单位": UNIT,
        "办件量": 10,
        "办结量": 8,
        "推送量": 1,
        "关联事项办件量": 2,
        "容缺件数": 7,
    }
    ledger("monthly_cases", UNIT, "2024-01", [cases], "2024-02-03")
    with asking_of("2024-YS"):
        assert explain_indicator("lenient", UNIT, DAY).proof.result.numerator == 7


MATERIAL = {"数据": "办事指南", "工作表": "材料", "字段": "电子样张", "类型": "选项", "必填": "应填", "选项": "有、无"}
LENIENT = SHEETS["字段"][-1]


@pytest.mark.long
def test_a_field_may_be_added_to_any_sheet_of_a_shipped_dataset_and_is_asked_for_reported_and_counted_there(
    report: Report,
) -> None:
    counts = {"指标": "样张数", "编码": "samples", "分子": "行数(办事指南·材料: 电子样张=有)", "单位": "个数"}
    imported(字段=[*SHEETS["字段"], MATERIAL], 指标=[*SHEETS["指标"], counts])
    book = load_workbook(BytesIO(template("guides")))
    heads = {name: [cell.value for cell in book[name][1]] for name in ("事项", "材料", "流程")}
    assert [name for name, labels in heads.items() if "电子样张" in labels] == ["材料"]
    item = {"实施编码": "A1", "事项名称": "社保登记", "责任单位": UNIT}
    materials = [
        {"实施编码": "A1", "材料名称": name, "电子样张": word} for name, word in (("申请表", "有"), ("照片", "无"))
    ]
    report("guides", UNIT, None, {"事项": [item], "材料": materials, "流程": []}, "2024-01-20")
    with asking_of("2024-YS"):
        explanation = explain_indicator("samples", UNIT, DAY)
    assert explanation.proof.result.numerator == 1
    (part,) = explanation.proof.parts
    assert rows_shown(part, None, 0, 10).rows["电子样张"].tolist() == ["有", "无"]


@pytest.mark.long
def test_what_a_guide_says_in_added_fields_stands_with_its_item_and_people_are_masked(report: Report) -> None:
    contact = {"数据": "办事指南", "字段": "代办员", "类型": "文本", "必填": "可空", "个人信息": "姓名"}
    item = {"实施编码": "A1", "事项名称": "社保登记", "责任单位": UNIT}
    report("guides", UNIT, None, {"事项": [item], "材料": [], "流程": []}, "2024-01-10")
    assert item_records("A1", DAY).added is None
    imported(字段=[*SHEETS["字段"], MATERIAL, contact])
    materials = [{"实施编码": "A1", "材料名称": "申请表", "电子样张": "有"}, {"实施编码": "A1", "材料名称": "照片"}]
    sheets = {"事项": [item | {"代办员": "张三丰"}], "材料": materials, "流程": []}
    report("guides", UNIT, None, sheets, "2024-01-20")
    assert [(row.sheet, row.subject, row.label, row.value) for row in item_records("A1", DAY).added or ()] == [
        ("事项", "", "代办员", "张**"),
        ("材料", "申请表", "电子样张", "有"),
        ("材料", "照片", "电子样张", None),
    ]
    shown = text_of(open_page("item", as_of=f"{DAY}", item="A1"))
    assert "方案增加的字段" in shown and "张**" in shown and "未填" in shown


@pytest.mark.long
def test_fields_of_several_plans_on_a_shipped_dataset_stand_side_by_side_whatever_their_order(report: Report) -> None:
    further = {"数据": "月度办件统计", "字段": "延期件数", "类型": "整数", "必填": "可空"}
    imported()
    imported("2024-01-10", "增加字段", 字段=[*SHEETS["字段"][:-1], further, LENIENT])
    names = {field.label: field.name for field in DATASETS["monthly_cases"].main.fields}
    assert (names["容缺件数"], names["延期件数"]) == ("added_1", "added_2")
    imported("2024-01-12", "不再需要", 字段=[*SHEETS["字段"][:-1], further], 指标=SHEETS["指标"][:-1])
    assert {field.label: field.name for field in DATASETS["monthly_cases"].main.fields} == names
    board_of = {"方案编号": "2024-B", "方案名称": "另一方案", "年度": 2024}
    other = dict(further, 字段="超期件数", 必填="应填")
    used = {"指标": "延期和超期", "编码": "late", "分子": "合计(延期件数) + 合计(超期件数)", "单位": "个数"}
    imported("2024-01-14", 方案=[board_of], 字段=[*SHEETS["字段"][:-1], other], 指标=[*SHEETS["指标"][:-1], used])
    after = {field.label: field for field in DATASETS["monthly_cases"].main.fields}
    assert after["超期件数"].name == "added_3" and after["超期件数"].demanded


@pytest.mark.long
def test_a_column_added_to_progress_is_in_its_template_and_kept_by_what_is_reported_on_screen(report: Report) -> None:
    tasks = [SHEETS["任务"][0]]
    measures = [{"举措编号": f"1.1.{n}", "任务编号": "1.1", "举措名称": f"节点{n}", "评价方式": "节点"} for n in (1, 2)]
    amount = {"数据": "任务进展", "字段": "投资额", "类型": "小数", "必填": "可空"}
    imported(任务=tasks, 举措=measures, 字段=[*SHEETS["字段"], amount])
    heads = [
        cell.value for cell in load_workbook(BytesIO(named_template("progress", UNIT, "2024-05")[1])).worksheets[0][2]
    ]
    assert "投资额" in heads
    row = {"举措编号": "1.1.1", "进展状态": "推进中", "进展情况": "已开工", "投资额": 3.5}
    report("progress", UNIT, "2024-01", [row], "2024-02-04")
    entry = ProgressEntry("1.1.2", "推进中", "已招标", added={fields_added()[0].name: "7"})
    report_progress(UNIT, "2024-01", entry, at=parse_instant("2024-02-05"))
    events = [[event.words for event in assignment_history(f"1.1.{n}", UNIT, DAY).events] for n in (1, 2)]
    assert events[0][0] == "2024-01 进展：推进中。已开工（投资额：3.5）" and "（投资额：7.0）" in events[1][0]
    assert report_progress(UNIT, "2024-01", ProgressEntry("1.1.1", "推进中", "封顶"), at=parse_instant("2024-02-06"))
    assert "封顶（投资额：3.5）" in assignment_history("1.1.1", UNIT, DAY).events[0].words


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ({"工作表": "材枓"}, "工作表", "没有工作表“材枓”，是否为“材料”？"),
        ({"数据": "月度办件统计", "工作表": "附表"}, "工作表", "本数据只有一张表"),
        ({"字段": "材料名称", "类型": "整数", "选项": None}, "类型", "自带字段“材料名称”，类型不能更改"),
        ({"关键": "是"}, "关键", "关键字段不能增加"),
    ],
)
def test_a_field_that_cannot_be_added_is_told_at_its_cell(
    district: None, row: dict[str, Any], field: str, words: str
) -> None:
    preview = preview_plan(workbook(SHEETS | {"字段": [*SHEETS["字段"], MATERIAL | row]}), "方案.xlsx")
    [error] = [error for error in preview.errors if error.sheet == "字段"]
    assert (error.field, error.row) == (field, len(SHEETS["字段"]) + 2) and words in error.message


@pytest.mark.long
def test_a_ledger_of_the_whole_district_is_given_to_each_unit(ledger: Report) -> None:
    rows = [dict(row, 归集编号=f"H{number}", 归集单位=(UNIT, OTHER)[number % 2]) for number, row in enumerate(ROWS)]
    ledger(code(), None, "2024-01", rows, "2024-02-05")
    shares = {lamp.unit: lamp.indicators[0].denominator for lamp in board().lamps}
    assert shares == {UNIT: 2, OTHER: 2}


@pytest.mark.long
def test_a_dataset_declared_again_gains_columns_and_loses_none(ledger: Report) -> None:
    before = as_text(date(2024, 2, 14), "2024-YS")
    fields = [row for row in SHEETS["字段"] if row["字段"] not in ("工本费", "申请人")]
    fields.append({"数据": LEDGER, "字段": "归集方式", "类型": "选项", "必填": "可空", "选项": "线上、线下"})
    preview = imported("2024-02-15", "增加归集方式", 字段=fields)
    assert [change.what for change in preview.changed] == [f"数据 {LEDGER} 字段 归集方式"]
    ledger(code(), UNIT, "2024-02", [ROWS[0] | {"归集编号": "K1", "归集方式": "线上", "工本费": 2.5}], "2024-03-02")
    assert as_text(date(2024, 2, 14), "2024-YS") == before
    assert [field.label for field in DATASETS[code()].main.fields][-3:] == ["归集方式", "工本费", "申请人"]
    content = workbook(SHEETS | {"字段": [dict(SHEETS["字段"][0], 类型="整数"), *SHEETS["字段"][1:]]})
    (error,) = preview_plan(content, "方案.xlsx").errors
    assert (error.sheet, error.cell, error.code) == ("字段", "D2", "type-mismatch")


@pytest.mark.long
def test_another_plan_takes_the_dataset_of_the_board_and_changes_nothing_of_the_first(ledger: Report) -> None:
    before = as_text(DAY, "2024-YS")
    facts = [{"方案编号": "2024-SZ", "方案名称": "2024年数字政府方案", "年度": 2024}]
    imported("2024-02-10", 方案=facts)
    assert [dataset.title for dataset in DATASETS.values() if dataset.is_declared] == [LEDGER]
    assert as_text(DAY, "2024-YS") == before
    assert board(DAY, "2024-SZ").lamps[0].indicators[0].denominator == 4


@pytest.mark.long
def test_the_plan_written_out_again_changes_nothing(ledger: Report) -> None:
    content = plan_workbook("2024-YS")
    sheets = load_workbook(BytesIO(content)).sheetnames
    assert sheets == ["方案", "任务", "举措", "领域", "数据", "字段", "指标", "时限"]
    preview = preview_plan(content, "方案.xlsx")
    assert (preview.errors, preview.changed, preview.ended) == ((), (), ())
    assert not any(preview.added.values())


@pytest.mark.long
def test_a_unit_sees_and_reports_its_own_rows_alone(ledger: Report, become: Any) -> None:
    become(Role.UNIT, OTHER)
    with pytest.raises(RefusedRequest, match="截至该日受理的"):
        case_history(code(), "G4", DAY)
    assert search("G3", DAY).cases == ()


@pytest.mark.long
def test_its_rows_can_be_drawn_for_a_spot_check_with_questions_typed_in(ledger: Report, become: Any) -> None:
    become(Role.INSPECTOR)
    request = DrawRequest(LEDGER, as_of=DAY, size=2, seed="1", questions=("证照已入库", "类别相符"))
    check = draw(request, at=parse_instant("2024-02-21")).check
    assert (check.kind.title, len(check.elements)) == (f"数据抽查：{LEDGER}", 2)
    with reading() as session:
        state = district_state(session, parse_instant("2024-02-22"))
        stored = spot_check_in(session, check.number, state, parse_instant("2024-02-22"))
    assert [question.text for question in stored.elements[0].questions] == ["证照已入库", "类别相符"]
    assert "申请时间：2024-01-" in stored.elements[0].content and "张三丰" not in stored.elements[0].content
    with pytest.raises(RefusedRequest, match="核查内容是固定的"):
        draw(DrawRequest("phones", as_of=DAY, questions=("有人接听",)), at=parse_instant("2024-02-21"))


@pytest.mark.long
def test_a_finding_marks_the_measures_of_its_own_plan_that_count_what_was_drawn(ledger: Report, become: Any) -> None:
    become(Role.INSPECTOR)
    drawn_at, at = parse_instant("2024-02-21"), parse_instant("2024-02-22")
    number = draw(DrawRequest(LEDGER, as_of=DAY, size=1, seed="1"), at=drawn_at).check.number
    with writing() as session:
        state = district_state(session, at)
        stored = spot_check_in(session, number, state, at)
        [element] = stored.elements
        plan = {"plan": stored.plan, "at": at, "by": "李四"}
        failed = {"checker": "张三", "checked_at": at, "answers": {"q1": False}, "result": Result.FAIL.value}
        add_entries(session, [SpotCheckResultRow(element_id=element.id, **failed, **plan)])
        add_entries(session, [SpotCheckAct(spot_check_id=stored.id, act="release", detail={}, **plan)])
        add_entries(session, [SpotCheckFindingAct(element_id=element.id, act="confirm", **plan)])
    day = date(2024, 2, 25)
    [mark] = marks_as_of(day)
    assert (mark.measure, mark.unit, mark.failed, mark.number) == ("1.1.1", UNIT, 1, number)
    with asking_of("2023"):
        assert marks_as_of(day) == ()
        shipped = district_as_of(day).plan
        opening = Opening(UNIT, "不符", "改正", f"spot-check:{number}:{element.key}", measure="1.1.1")
        open_rectification(opening, at=parse_instant("2024-02-24"))
    [item] = rectifications_as_of(day).rectifications
    assert (item.measure, item.area) == ("1.1.1", "证照归集")
    own = district_as_of(day).plan
    assert kinds_of(own) == ("rectifications", "list", f"data_{code()}")
    assert "phones" in kinds_of(shipped) and f"data_{code()}" not in kinds_of(shipped)
    assert [measures_of(kind, shipped) for kind in KINDS.shipped.values() if kind.measure] == [
        (kind.measure,) for kind in KINDS.shipped.values() if kind.measure
    ]


@pytest.mark.long
def test_what_an_area_page_draws_of_a_declared_dataset_is_kept_and_equals_its_rows_counted_one_by_one(
    ledger: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    fees = {"G1": 12.5, "G2": 1234.5, "G3": None, "H1": 0, "H2": 999}
    rows = [
        *(row | {"归集单位": UNIT, "工本费": fees.get(str(row["归集编号"]))} for row in ROWS),
        *(ROWS[0] | {"归集编号": number, "归集单位": OTHER, "工本费": fees[number]} for number in ("H1", "H2")),
    ]
    rows[1]["工本费"] = 777
    ledger(code(), None, "2024-01", rows, "2024-02-05")
    ledger(code(), OTHER, "2024-02", [ROWS[2] | {"归集编号": "H3", "归集单位": OTHER}], "2024-03-02")
    days = (date(2024, 2, 4), DAY, date(2024, 3, 5))
    kept_spreads = [dataset_spread(code(), day, unit) for day in days for unit in (None, UNIT, OTHER)]
    months = [share.part for share in kept_spreads[-3].months]
    assert (kept_spreads[-3].rows, months) == (7, [7])  # of the day that the row names
    choice, number = kept_spreads[3].choices[0], kept_spreads[3].numbers[0]
    assert (choice.words, choice.months[0].parts) == (("许可证", "执照"), (5.0, 1.0))
    assert (number.middle, sum(share.part for share in number.classes)) == (394.75, 6)
    monkeypatch.setattr(spread, "_kept", lambda *_: None)
    assert [dataset_spread(code(), day, unit) for day in days for unit in (None, UNIT, OTHER)] == kept_spreads
