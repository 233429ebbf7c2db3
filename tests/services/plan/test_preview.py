"""A plan workbook tried: everything it declares is read, every mistake stands at its cell, and nothing is stored."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from catalogue.datasets.plan_workbook import PLAN_WORKBOOK
from catalogue.indicators import INDICATORS, UNJUDGED, lead_indicators
from catalogue.indicators.expressions import EXPRESSED
from data_access.database import reading
from data_access.plan_store import imported_words, plans_on_board
from services.access.refusal import RefusedRequest
from services.plan.preview import PlanPreview, preview_plan
from services.plan.workbook import plan_workbook

Rows = Sequence[Mapping[str, Any]]

TASKS = [
    {"任务编号": "1.1", "领域": "获得电力", "任务名称": "压减办电时间", "责任单位": "区发改局", "完成时限": "6月底前"},
    {"任务编号": "2.1", "领域": "政务诚信", "任务名称": "兑现承诺", "责任单位": "区财政局", "完成时限": "全年"},
]
MEASURES = [
    {
        "举措编号": "1.1.1",
        "任务编号": "1.1",
        "举措名称": "低压办电按期",
        "评价方式": "指标",
        "指标编码": "办电按期率、平均用时",
        "目标值": "95、≤5天",
    },
    {"举措编号": "2.1.1", "任务编号": "2.1", "举措名称": "公布清单", "评价方式": "节点"},
]
PLAN: dict[str, Rows] = {
    "方案": [{"方案编号": "2024-YS", "方案名称": "2024年营商环境方案", "年度": 2024}],
    "任务": [{"年度": 2024, **task} for task in TASKS],
    "举措": MEASURES,
    "数据": [
        {
            "数据": "办电台账",
            "频次": "每月",
            "责任单位列": "供电单位",
            "时间列": "申请时间",
            "是否台账": "是",
            "领域": "获得电力",
        }
    ],
    "字段": [
        {"数据": "办电台账", "字段": "工单号", "类型": "编码", "必填": "必填", "关键": "是"},
        {"数据": "办电台账", "字段": "供电单位", "类型": "单位", "必填": "必填"},
        {"数据": "办电台账", "字段": "申请时间", "类型": "日期时间", "必填": "必填"},
        {"数据": "办电台账", "字段": "送电时间", "类型": "日期时间", "必填": "可空"},
        {"数据": "办电台账", "字段": "承诺日期", "类型": "日期", "必填": "应填"},
        {"数据": "办电台账", "字段": "类别", "类型": "选项", "必填": "必填", "选项": "低压=0.4千伏/220伏、高压"},
        {"数据": "12345工单台账", "字段": "来电区域", "类型": "文本", "必填": "可空"},
    ],
    "指标": [
        {
            "指标": "办电按期率",
            "编码": "power_on_time",
            "分子": "行数(类别=220伏 且 按期(送电时间, 承诺日期))",
            "分母": "行数(办电台账: 类别=低压)",
            "期限字段": "承诺日期",
            "单位": "占比",
        },
        {"指标": "平均用时", "分子": "平均(办电台账: 天数(申请时间, 送电时间))", "单位": "天", "方向": "越低越好"},
    ],
    "时限": [
        {
            "时限": "办电",
            "数据": "办电台账",
            "起": "申请时间",
            "止": "送电时间",
            "期限": "5个工作日",
            "条件": "类别=低压",
        }
    ],
    "并列": [{"举措": "2.1.1", "指标": "重办率"}],
}


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for part in PLAN_WORKBOOK.parts:
        if part.code in sheets:
            sheet = book.create_sheet(part.code)
            sheet.append([field.label for field in part.fields])
            for row in sheets[part.code]:
                assert set(row) <= {field.label for field in part.fields}
                sheet.append([row.get(field.label) for field in part.fields])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def previewed(**changed: Rows) -> PlanPreview:
    return preview_plan(workbook(PLAN | changed), "方案.xlsx")


def with_row(part: str, number: int, **cells: Any) -> dict[str, Rows]:
    """The plan with some cells of a row written otherwise."""
    rows = [dict(row) for row in PLAN[part]]
    rows[number] |= cells
    return {part: rows}


def test_a_whole_plan_is_read_with_its_datasets_and_indicators(planned_database: str) -> None:
    preview = previewed()
    assert preview.errors == ()
    declared = preview.declarations
    assert (declared.facts.code, declared.facts.year) == ("2024-YS", 2024)
    assert (f"{declared.facts.begins}", f"{declared.facts.ends}") == ("2024-01-01", "2025-03-31")
    assert declared.areas == ("获得电力", "政务诚信")
    assert {kind: list(names) for kind, names in preview.added.items()} == {
        "areas": ["获得电力", "政务诚信"],
        "tasks": ["1.1", "2.1"],
        "measures": ["1.1.1", "2.1.1"],
        "datasets": ["办电台账"],
        "indicators": ["power_on_time", "indicator_2"],
    }
    assert {code: [field.label for field in fields] for code, fields in declared.new_fields.items()} == {
        "hotline_tickets": ["来电区域"]
    }
    assert preview.in_words["power_on_time"].startswith("办电台账中类别为“低压”、且送电时间不晚于承诺日期的条数 ÷ ")
    assert declared.limits[0].days == (5, True)
    assert declared.beside == (("2.1.1", "ticket_redo_rate"),)
    said = " ".join(preview.doubts)
    assert "任务 2.1 期限存疑" in said and "“95”没有写百分号" in said
    assert [(line.what, line.before, line.after) for line in preview.changed] == [
        ("数据 12345工单台账 字段 来电区域", "", "新增"),
        ("时限 办电", "", "新增"),
    ]
    assert preview.ended == ()


@pytest.mark.parametrize("name", ["样表", "示例", "模板", "示例1", "例"])
def test_what_is_declared_may_be_called_by_a_word_that_marks_examples_elsewhere(
    planned_database: str, name: str
) -> None:
    fields = [
        *PLAN["字段"],
        {"数据": "办电台账", "字段": name, "类型": "文本", "必填": "可空", "别名": "样例", "默认": "模板"},
        {"数据": name, "字段": "单位", "类型": "单位", "必填": "必填", "关键": "是"},
    ]
    preview = previewed(字段=fields, 数据=[*PLAN["数据"], {"数据": name, "频次": "快照", "责任单位列": "单位"}])
    assert preview.errors == ()
    assert preview.added["datasets"] == ("办电台账", name)
    declared = {
        dataset.title: [field.label for field in dataset.main.fields] for dataset in preview.declarations.datasets
    }
    assert declared["办电台账"][-1] == name
    assert declared[name] == ["单位"]


@pytest.mark.parametrize("mark", ["例：", "【示例】", "（样表）"])
def test_an_example_row_of_a_declaration_is_left_out_where_it_says_so_with_a_mark(
    planned_database: str, mark: str
) -> None:
    example = {"数据": f"{mark}某某台账", "频次": "每月", "责任单位列": "单位"}
    assert previewed(数据=[example, *PLAN["数据"]]).added["datasets"] == ("办电台账",)


def test_an_example_row_of_a_declaration_is_left_out_where_the_word_stands_before_it(planned_database: str) -> None:
    book = load_workbook(BytesIO(workbook(PLAN)))
    sheet = book["数据"]
    sheet.insert_cols(1)
    sheet.insert_rows(2)
    for place, text in enumerate(["示例", "某某台账", "每月"], start=1):
        sheet.cell(2, place, text)
    out = BytesIO()
    book.save(out)
    preview = preview_plan(out.getvalue(), "方案.xlsx")
    assert (preview.errors, preview.added["datasets"]) == ((), ("办电台账",))


MISTAKES = [
    (
        with_row("指标", 0, 分子="行数(类别=低压 且 按期(送电时刻, 承诺日期))"),
        "指标",
        "C2",
        "unknown-field",
        "“送电时间”",
    ),
    (with_row("指标", 0, 分母="行数(办点台账: 类别=低压)"), "指标", "D2", "unknown-dataset", "“办电台账”"),
    (with_row("指标", 0, 分子="行计(类别=低压)"), "指标", "C2", "unknown-function", "“行数”"),
    (with_row("指标", 0, 分子="行数(类别=低压"), "指标", "C2", "syntax-error", "第 9 个字"),
    (with_row("指标", 0, 期限字段="类别"), "指标", "E2", "type-mismatch", "不是日期"),
    (with_row("指标", 1, 编码="power_on_time"), "指标", "B3", "duplicate-key", "办电按期率"),
    (with_row("指标", 0, 编码="call_answer_rate"), "指标", "B2", "conflicts-with-shipped", "另取编码"),
    (with_row("字段", 6, 字段="工单编号", 类型="整数"), "字段", "D8", "conflicts-with-shipped", "类型不能更改"),
    (with_row("字段", 6, 关键="是"), "字段", "F8", "conflicts-with-shipped", "关键字段不能增加"),
    (with_row("字段", 6, 数据="12345工单台帐"), "字段", "A8", "unknown-dataset", "“12345工单台账”"),
    (with_row("字段", 5, 选项=None), "字段", "H7", "missing-value", "选项"),
    (with_row("字段", 0, 关键="否"), "数据", "A2", "missing-value", "没有关键字段"),
    (with_row("数据", 0, 责任单位列="供电所"), "数据", "C2", "unknown-field", "“供电单位”"),
    (with_row("数据", 0, 领域="获得用电"), "数据", "F2", "not-a-choice", "“获得电力”"),
    (with_row("时限", 0, 条件="类别=中压"), "时限", "F2", "type-mismatch", "第 4 个字"),
    (with_row("并列", 0, 指标="重办"), "并列", "B2", "unknown-field", "“重办率”"),
    (with_row("举措", 0, 目标值="95、尽快"), "举措", "F2", "type-mismatch", "“尽快”"),
    (with_row("举措", 1, 任务编号="2.2"), "举措", "B3", "unknown-parent", "“2.1”"),
    (with_row("任务", 0, 责任单位="部门、区发政局"), "任务", "E2", "unknown-unit", "是否为 区发改局"),
    (with_row("方案", 0, 止="2023-01-01"), "方案", "F2", "out-of-range", "早于"),
]


@pytest.mark.parametrize(("changed", "sheet", "cell", "code", "says"), MISTAKES)
def test_a_mistake_is_told_at_its_cell_with_the_nearest_right_word(
    planned_database: str, changed: dict[str, Rows], sheet: str, cell: str, code: str, says: str
) -> None:
    errors = previewed(**changed).errors
    assert (sheet, cell, code) in [(error.sheet, error.cell, error.code) for error in errors], errors
    assert says in next(error.message for error in errors if (error.sheet, error.cell) == (sheet, cell))


@pytest.mark.parametrize("words", ["各承办单位", "区直各部门", "镇街、区发改局"])
def test_words_for_groups_of_units_are_understood(planned_database: str, words: str) -> None:
    preview = previewed(**with_row("任务", 0, 责任单位=words))
    assert preview.errors == ()
    assert not any("责任单位存疑" in doubt for doubt in preview.doubts)


def test_trying_a_plan_stores_nothing_and_the_plan_as_exported_changes_nothing(planned_database: str) -> None:
    with reading() as session:
        before = imported_words(session, plans_on_board(session)[0])
    again = preview_plan(plan_workbook(), "导出.xlsx")
    assert (again.errors, again.changed, again.ended) == ((), (), ())
    assert not any(again.added.values())
    with reading() as session:
        assert imported_words(session, plans_on_board(session)[0]) == before


def test_a_later_deadline_and_a_missing_measure_are_told_as_differences(planned_database: str) -> None:
    again = preview_plan(
        workbook(
            PLAN
            | {
                "方案": [{"方案编号": "2023", "方案名称": "甲", "年度": 2023}],
                "任务": [{"年度": 2023, **task} for task in TASKS],
            }
        ),
        "方案.xlsx",
    )
    changed = {change.what: (change.before, change.after) for change in again.changed}
    assert changed["任务 1.1 完成时限"] == ("10月底前", "6月底前")
    assert changed["任务 1.1 领域"] == ("好差评", "获得电力")
    assert "任务 3.1" in again.ended and "举措 1.1.2" in again.ended


def test_the_plan_of_2023_with_its_indicators_written_down_is_the_plan_on_the_board(planned_database: str) -> None:
    rows = [
        {
            "指标": (INDICATORS | UNJUDGED)[code].title,
            "编码": code,
            "分子": written.numerator,
            "分母": written.denominator,
            "期限字段": written.due,
            "全区": "是" if code in lead_indicators() else None,
        }
        for code, written in EXPRESSED.items()
    ]
    book = load_workbook(BytesIO(plan_workbook()))
    sheet = book.create_sheet("指标")
    headings = [field.label for field in PLAN_WORKBOOK.part("指标").fields]
    sheet.append(headings)
    for row in rows:
        sheet.append([row.get(heading) for heading in headings])
    out = BytesIO()
    book.save(out)
    preview = preview_plan(out.getvalue(), "2023.xlsx")
    assert (preview.errors, preview.changed, preview.ended) == ((), (), ())
    assert not any(preview.added.values())
    assert set(preview.in_words) == set(EXPRESSED)


def test_a_workbook_without_tasks_says_which_sheets_are_missing(planned_database: str) -> None:
    errors = preview_plan(workbook({"领域": [{"领域": "甲"}]}), "别的.xlsx").errors
    assert {error.code for error in errors} == {"missing-sheet"}


def test_another_workbook_is_refused(planned_database: str) -> None:
    book = Workbook()
    book.active.append(["姓名", "电话"])
    out = BytesIO()
    book.save(out)
    with pytest.raises(RefusedRequest, match="表头"):
        preview_plan(out.getvalue(), "别的.xlsx")


@pytest.mark.parametrize(
    ("changed", "places"),
    [
        (with_row("指标", 0, 编码="办电 率", 分子="行数(类别=低压 且 按期(送电时刻, 承诺日期))"), ["指标B2", "指标C2"]),
        (
            with_row("指标", 1, 编码="power_on_time", 分子="平均(办电台账: 天数(申请时刻, 送电时间))"),
            ["指标B3", "指标C3"],
        ),
        (with_row("指标", 0, 指标=None, 分母="行数(办电台账: 类型=低压)"), ["指标A2", "指标D2"]),
        (with_row("字段", 5, 字段=None, 选项=None), ["字段C7", "字段H7"]),
        (with_row("字段", 4, 数据="办电台帐", 最小="很小", 类型="整数"), ["字段A6", "字段I6"]),
        ({"并列": [{"举措": "9.9.9", "指标": "重办律"}]}, ["并列A2", "并列B2"]),
    ],
)
def test_a_mistake_in_a_name_hides_no_other_mistake(
    planned_database: str, changed: dict[str, Rows], places: list[str]
) -> None:
    assert set(places) <= {f"{error.sheet}{error.cell}" for error in previewed(**changed).errors}


def test_a_broken_name_hides_no_mistake_about_a_longer_one(planned_database: str) -> None:
    """The field 量 has no type yet; 办结数量 is nothing that anybody declares."""
    fields = [*PLAN["字段"], {"数据": "办电台账", "字段": "量", "必填": "可空"}]
    wrong = [
        {**PLAN["指标"][1], "分子": "行数(办电台账: 办结数量 已填)"},
        {**PLAN["指标"][0], "分子": "行数(办电台账: 量>3)"},
    ]
    places = {f"{error.sheet}{error.cell}" for error in previewed(字段=fields, 指标=wrong).errors}
    assert "指标C2" in places and "指标C3" not in places
