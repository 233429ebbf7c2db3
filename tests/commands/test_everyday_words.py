"""More workbooks of the kinds that clerks make: everyday words are read or suggested, repetition marks say what stands
above, what could be two things comes back with a sentence at its cell.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.commands.files import Answer, write

HELP = ["受理编号", "受理日期", "责任单位", "服务对象", "对象类别", "帮办事项", "服务方式", "帮办员"]


@pytest.fixture
def checked(run: Run, planned_database: str, tmp_path: Path) -> Any:
    """The rows as a workbook, checked for 青石镇 as a clerk would hand it in."""

    def call(rows: list[list[Any]], *more: str) -> Answer:
        path = write(tmp_path / "报表.xlsx", rows)
        return run("check", path, "--json", "--records", *(more or ("--unit", "青石镇")))

    return call


def wrong(answer: Answer) -> list[tuple[str, str]]:
    return [(e["cell"] or e["field"], e["code"]) for e in answer.json["errors"] if e["severity"] == "error"]


def test_marks_of_repetition_say_what_stands_above(checked: Any) -> None:
    first = ["B1", "8月1日", "青石镇", "张某", "老年人", "津贴", "上门帮办", "王某"]
    answer = checked(
        [["青石镇2023年8月帮代办台账"], HELP, first, ["B2", "8月2日", "〃", "李某", "同上", "〃", "同上", "〃"]]
    )
    assert answer.json["accepted"] and wrong(answer) == []
    assert [answer.values(label)[1] for label in HELP[2:]] == [
        *("青石镇", "李某", "老年人", "津贴", "上门帮办", "王某"),
    ]


def test_a_row_of_nothing_but_the_units_name_and_none_is_a_zero_report(checked: Any) -> None:
    answer = checked([["青石镇2023年8月帮代办台账"], HELP, ["无", "无", "青石镇", "无", "无", "无", "无", "无"]])
    assert answer.json["accepted"] and answer.problems("code") == ["zero-report"]


def test_headings_of_one_meaning_are_the_same_in_every_dataset(checked: Any) -> None:
    answer = checked(
        [
            ["青石镇2023年8月帮代办台账"],
            ["受理编号", "受理时间", *HELP[2:], "电话", "办结时间", "满意度"],
            [
                "B1",
                "8.1 9:10",
                "青石镇",
                "张某",
                "孤寡老人",
                "津贴",
                "送证上门",
                "王某",
                "13900000000",
                "8.3",
                "很满意",
            ],
        ]
    )
    assert answer.json["accepted"] and answer.json["sheets"][0]["unmapped"] == []
    assert (answer.values("受理日期"), answer.values("实际办结日期")) == (["2023-08-01"], ["2023-08-03"])
    assert (answer.values("对象类别"), answer.values("服务方式"), answer.values("评价")) == (
        ["老年人"],
        ["上门帮办"],
        ["非常满意"],
    )


def test_a_due_day_may_be_written_as_until_and_a_day_of_completion_may_not(checked: Any) -> None:
    headings = ["差评编号", "责任单位", "事项", "差评时间", "是否实名", "是否回访", "整改时限", "整改完成日期"]
    rows = [
        ["CP1", "青石镇", "社保", "8.1", "实名", "已电话回访", "8月10日前", "8.9"],
        ["CP2", "青石镇", "社保", "8.2", "匿名", "未回访", "8月底前", "8月10日前"],
    ]
    answer = checked([["青石镇2023年8月差评整改台账"], headings, *rows])
    assert answer.values("整改时限") == ["2023-08-10", "2023-08-31"]
    assert answer.values("是否回访") == [True, False] and answer.values("是否实名") == [True, False]
    assert wrong(answer) == [("H4", "not-a-date")]


def test_a_list_as_it_now_stands_is_of_the_plans_year(checked: Any) -> None:
    headings = ["问题编号", "责任单位", "评估维度", "问题描述", "发现日期", "整改时限", "整改完成日期"]
    rows = [["W1", "青石镇", "指南精准度", "地址不准", "6.20", "8月31日前", "8.10"]]
    answer = checked([["第三方评估问题清单"], headings, *rows], "--district")
    assert wrong(answer) == []
    assert [answer.values(label)[0] for label in headings[4:]] == ["2023-06-20", "2023-08-31", "2023-08-10"]


def test_a_stage_may_be_numbered_and_a_project_be_without_missing_papers(checked: Any) -> None:
    headings = ["项目代码", "审批事项", "项目名称", "项目类型", "审批阶段", "责任单位", "受理日期", "承诺办结时限"]
    more = ["是否容缺受理", "需要测绘", "结果是否上传"]
    rows = [
        [
            "P1",
            "施工许可",
            "厂房",
            "政府投资项目",
            "第三阶段（施工许可）",
            "区住建局",
            "8.1",
            "5日",
            "不容缺",
            "不需要",
            "已上传",
        ],
        ["P2", "规划许可", "学校", "社会投资", "工程规划许可", "区住建局", "8/2", "7天", "容缺", "需要", "未上传"],
    ]
    answer = checked([["区住建局2023年8月工程审批台账"], [*headings, *more], *rows], "--unit", "区住建局")
    assert [answer.values(label) for label in more] == [[False, True], [False, True], [True, False]]
    assert answer.values("审批阶段") == ["施工许可", None] and answer.values("受理时间") == ["2023-08-01", "2023-08-02"]
    assert wrong(answer) == [("D4", "not-a-choice"), ("E4", "not-a-choice")]


def test_visits_are_counted_in_words_too(checked: Any) -> None:
    headings = ["实施编码", "事项名称", "责任单位", "办件类型", "跑动次数"]
    rows = [["A1", "救助", "青石镇", "即办件", "最多跑一次"], ["A2", "津贴", "青石镇", "承诺件", "零次"]]
    answer = checked([headings, *rows], "--unit", "青石镇", "--dataset", "guides")
    assert answer.values("到办事现场次数") == [1, 0]


@pytest.mark.parametrize(
    ("headings", "title", "suggested"),
    [
        (
            ["办件流水号", "办理事项名称", "责任单位", "评价途径", "评价星级", "评价时间"],
            "青石镇2023年8月好差评明细",
            {"办件编号", "事项名称", "评价渠道", "满意度"},
        ),
        (
            ["受理编号", "受理时间", "办事群众", "群众类型", "办理事项", "服务形式", "代办员"],
            "青石镇2023年8月帮代办台账",
            {"服务对象", "对象类别", "帮办事项", "服务方式", "帮办员"},
        ),
        (["日期", "话务总量（个）", "人工接通量（个）"], "热线话务日报2023年8月", {"呼入量", "接通量"}),
        (["事项编码", "承办部门", "受理量", "办结量"], "青石镇2023年8月办件统计", {"办件量"}),
        (["任务编号", "完成情况", "完成比例", "工作进展情况"], "青石镇2023年8月任务进展", {"进展状态", "进展情况"}),
    ],
)
def test_everyday_headings_are_suggested_once_for_the_column(
    headings: list[str], title: str, suggested: set[str], checked: Any
) -> None:
    answer = checked([[title], headings, ["1"] * len(headings)])
    fields = {e["field"] for e in answer.json["errors"] if e["code"] == "missing-column" and "与之相近" in e["message"]}
    assert fields == suggested
