"""Plan workbooks as a bureau clerk gets them wrong: every mistake at its cell, in Chinese, with the nearest right word
or what may stand there; what only follows from another mistake is not told; nothing is stored.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.services.plan.test_preview import PLAN, workbook

Cells = Mapping[tuple[str, int], Mapping[str, Any]]

WRONG_WORDS: Cells = {
    ("方案", 2): {"年度": "二〇二四年度", "起": "年初"},
    ("领域", 3): {"次序": "第二"},
    ("任务", 2): {"领域": "获得电利", "责任单位": "部门、区人社句"},
    ("举措", 2): {"评价方式": "考核"},
    ("数据", 2): {"是否台账": "要", "责任单位列": "供电公司", "时间列": "类别"},
    ("字段", 5): {"类型": "时间"},
    ("指标", 2): {"分子": "行数(类别=低亚)"},
    ("时限", 2): {"起": "受理时间", "期限": "五个工做日"},
    ("并列", 2): {"举措": "2.1.2", "指标": "power_on_tme"},
}
TOLD_OF_WORDS = {
    ("方案", "C2"): "请只填数字",
    ("方案", "E2"): "2023-07-30",
    ("领域", "B3"): "请只填数字",
    ("任务", "B2"): "“获得电力”",
    ("任务", "E2"): "是否为 区人社局",
    ("举措", "D2"): "节点、指标",
    ("数据", "C2"): "“供电单位”",
    ("数据", "D2"): "不是日期",
    ("数据", "E2"): "“是”或“否”",
    ("字段", "D5"): "日期时间",
    ("指标", "C2"): "低压、高压",
    ("时限", "C2"): "“申请时间”",
    ("时限", "E2"): "“5个工作日”",
    ("并列", "A2"): "“2.1.1”",
    ("并列", "B2"): "“power_on_time”",
}
TWICE: Cells = {
    ("方案", 3): {"方案编号": "2025", "方案名称": "又一个", "年度": 2025},
    ("领域", 4): {"领域": "获得电力"},
    ("任务", 4): {"任务编号": "1.1", "领域": "获得电力", "任务名称": "又", "责任单位": "区人社局", "年度": 2024},
    ("举措", 4): {"举措编号": "1.1.1", "任务编号": "1.1", "举措名称": "又", "评价方式": "节点"},
    ("数据", 3): {"数据": "办电台账", "频次": "每月"},
    ("字段", 9): {"数据": "办电台账", "字段": "类别", "类型": "文本", "必填": "可空"},
    ("指标", 4): {"指标": "办电按期率", "分子": "行数(办电台账)"},
    ("时限", 3): {"时限": "办电", "数据": "办电台账", "起": "申请时间", "止": "送电时间", "期限": "承诺日期"},
    ("并列", 3): {"举措": "2.1.1", "指标": "重办率"},
}
TOLD_TWICE = {
    ("方案", "A3"): "只能有一行",
    **dict.fromkeys((("领域", "A4"), ("任务", "A4"), ("举措", "A4")), "与第 2 行重复"),
    **dict.fromkeys((("数据", "A3"), ("指标", "A4"), ("时限", "A3"), ("并列", "A3")), "与第 2 行重复"),
    ("字段", "C9"): "已有字段“类别”",
}
BLANKS: Cells = {
    ("方案", 2): {"方案名称": None, "年度": None},
    ("领域", 2): {"领域": None},
    ("任务", 2): {"任务编号": None, "任务名称": None},
    ("举措", 2): {"任务编号": None},
    ("数据", 2): {"频次": None},
    ("字段", 3): {"字段": None},
    ("指标", 2): {"分子": None},
    ("时限", 2): {"数据": None, "止": None},
    ("并列", 2): {"举措": None},
}
TOLD_BLANK = dict.fromkeys(
    [
        *(
            ("方案", "B2"),
            ("方案", "C2"),
            ("领域", "A2"),
            ("任务", "A2"),
            ("任务", "C2"),
            ("举措", "B2"),
            ("数据", "B2"),
        ),
        *(("字段", "C3"), ("指标", "C2"), ("时限", "B2"), ("时限", "D2"), ("并列", "A2")),
    ],
    "不能为空，请填写",
)
WRONG_KINDS: Cells = {
    ("方案", 2): {"方案编号": "2024 年版（试行）", "起": "2024-13-01", "止": "2020-01-01"},
    ("领域", 2): {"次序": "甲"},
    ("举措", 2): {"目标值": "尽量高、≤5天"},
    ("数据", 2): {"责任单位列": "工单号", "领域": "获得电离"},
    ("字段", 6): {"最小": "零"},
    ("字段", 7): {"选项": None},
    ("字段", 8): {"类型": "整数", "字段": "工单编号"},
    ("指标", 2): {"分子": "行数(送电时间>5)", "分母": "合计(工单号)"},
    ("指标", 3): {"分子": "平均值(天数(申请时间, 送电时间))"},
    ("时限", 2): {"止": "工单号", "条件": None},
    ("并列", 2): {"指标": "power_on_tme"},
}
TOLD_OF_KINDS = {
    ("方案", "A2"): "字母、数字和“-”",
    ("方案", "E2"): "不是有效日期",
    ("方案", "F2"): "早于",
    ("领域", "B2"): "请只填数字",
    ("举措", "F2"): "“尽量高”不能识别",
    ("数据", "C2"): "类型不是单位",
    ("数据", "F2"): "“获得电力”",
    ("字段", "I6"): "请清空",
    ("字段", "H7"): "要写明选项",
    ("字段", "D8"): "类型不能更改",
    ("指标", "C2"): "要与日期",
    ("指标", "D2"): "第 4 个字",
    ("指标", "C3"): "是否为“平均”",
    ("时限", "D2"): "不是日期",
    ("并列", "B2"): "“power_on_time”",
}
SIGNS: Cells = {
    ("数据", 2): {"领域": "获得电力,政务诚信，其它"},
    ("领域", 3): {"领域": "政务诚信 "},
    ("任务", 3): {"领域": "政务诚信　"},
    ("字段", 2): {"必填": "必须"},
    ("字段", 7): {"选项": "低压 高压"},
    ("指标", 2): {"分子": "行数(承诺日期 已填 并且 按期(送电时间，承诺日期)", "分母": "行数 办电台账"},
    ("时限", 2): {"期限": "五个工作日", "条件": "工单号==＝1"},
    ("举措", 3): {"任务编号": "2。1"},
    ("并列", 2): {"指标": "重办律"},
}
TOLD_OF_SIGNS = {
    ("数据", "F2"): "没有领域“其它”",
    ("字段", "H7"): "多个选项请用顿号分隔",
    ("指标", "C2"): "此处应为右括号",
    ("指标", "D2"): "第 1 个字",
    ("举措", "B3"): "“2.1”",
    ("并列", "B2"): "“重办率”",
}


def with_mistakes(cells: Cells) -> bytes:
    """The plan with cells of rows (as numbered in the sheet) written otherwise."""
    sheets = {name: [dict(row) for row in rows] for name, rows in PLAN.items()}
    sheets["领域"] = [{"领域": "获得电力", "次序": 1}, {"领域": "政务诚信", "次序": 2}]
    sheets["任务"] = [task | {"责任单位": "区人社局"} for task in sheets["任务"]]
    for (sheet, row), written in cells.items():
        rows = sheets[sheet]
        rows += [{}] * (row - 1 - len(rows))
        rows[row - 2] = rows[row - 2] | written
    return workbook(sheets)


@pytest.mark.parametrize(
    ("cells", "words_by_cell"),
    [
        (WRONG_WORDS, TOLD_OF_WORDS),
        (TWICE, TOLD_TWICE),
        (BLANKS, TOLD_BLANK),
        (WRONG_KINDS, TOLD_OF_KINDS),
        (SIGNS, TOLD_OF_SIGNS),
    ],
    ids=["wrong words", "twice", "blanks", "wrong kinds", "signs"],
)
def test_every_mistake_in_every_sheet_is_told_once_at_its_cell_and_nothing_is_stored(
    run: Run, tmp_path: Path, cells: Cells, words_by_cell: Mapping[tuple[str, str], str]
) -> None:
    file = tmp_path / "方案.xlsx"
    file.write_bytes(with_mistakes(cells))
    before = run("plan", "list", "--json").json
    answer = run("plan", "import", file, "--reason", "新方案", "--json")
    errors = {(error["sheet"], error["cell"]): error["message"] for error in answer.json["errors"]}
    assert (answer.status, set(errors)) == (2, set(words_by_cell))
    assert [place for place, words in words_by_cell.items() if words not in errors[place]] == []
    assert run("plan", "list", "--json").json == before
