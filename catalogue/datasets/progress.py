"""任务进展: how far each unit is with each measure, month by month."""

from collections.abc import Mapping

from catalogue.datasets.words import PERSONS_PHONE, PLAIN_YES, choices, unit_field
from models.definitions import Dataset, Field, Frequency, Kind, Part, PersonalData

PROGRESS = Dataset(
    "progress",
    "任务进展",
    Frequency.MONTHLY,
    (
        Part(
            "progress",
            (
                Field(
                    "measure",
                    "举措编号",
                    Kind.CODE,
                    required=True,
                    key=True,
                    aliases=("任务编号",),
                    near=("举措", "任务", "序号及举措", "举措序号"),
                    names_measure=True,
                    note="方案中的举措编号，如 1.2.2。",
                ),
                unit_field(key=True),
                Field(
                    "state",
                    "进展状态",
                    Kind.CHOICE,
                    required=True,
                    near=("是否完成", "完成情况", "进度", "状态"),
                    choices=choices(
                        "未启动",
                        "推进中",
                        "已完成",
                        未启动=("未开始", "未开展", "尚未启动", "尚未开展", "未推进", "没有启动", "待启动"),
                        推进中=(
                            *(
                                "进行中",
                                "正在推进",
                                "正在进行",
                                "推进",
                                "办理中",
                                "实施中",
                                "正在实施",
                                "正在办理",
                                "持续推进",
                            ),
                            *("开展中", "正在开展", "部分完成", "基本完成", "落实中", "正在落实", "有序推进"),
                        ),
                        已完成=("完成", "全部完成", "已经完成", "已办结", "办结", "已全部完成", "已落实", *PLAIN_YES),
                    ),
                ),
                Field("percent", "完成比例", Kind.INT, maximum=100, near=("完成率", "完成进度", "完成百分比", "进度")),
                Field("completed_on", "完成日期", Kind.DATE, near=("完成时间",)),
                Field(
                    "account",
                    "进展情况",
                    required=True,
                    personal=PersonalData.FREE_TEXT,
                    near=("推进情况", "工作进展", "工作进展情况", "工作情况", "目前进展", "落实情况"),
                ),
                Field(
                    "difficulty",
                    "存在问题",
                    personal=PersonalData.FREE_TEXT,
                    near=("存在的困难和问题", "困难和问题", "存在的问题"),
                ),
                Field(
                    "next_step",
                    "下一步措施",
                    personal=PersonalData.FREE_TEXT,
                    near=("下一步打算", "下一步计划", "下步打算", "下一步工作", "下一步工作打算"),
                ),
                Field("leader", "责任领导", personal=PersonalData.NAME, near=("牵头领导", "分管领导", "负责领导")),
                Field("person", "责任人", personal=PersonalData.NAME, near=("具体责任人", "联系人", "经办人")),
                Field("phone", "联系电话", aliases=PERSONS_PHONE, personal=PersonalData.PHONE),
            ),
            parent="plan",
        ),
    ),
    ("experience", "maturity", "completeness", "help_on_behalf", "engineering_approvals"),
    position=120,
    names=("任务进展", "任务推进", "推进情况", "任务完成情况"),
)


def plan_field(titles: Mapping[str, str]) -> Field:
    """Return the column that says which plan a measure is of, where a board has several. `titles`: code → title."""
    named = list(titles.values())
    return Field(
        "plan",
        "方案",
        Kind.CHOICE,
        aliases=("方案编号", "方案名称"),
        near=("所属方案", "考核方案"),
        choices={code: (title,) if named.count(title) == 1 else () for code, title in titles.items()},
        names_plan=True,
        note="几个方案同时督查时，填举措所属方案的编号或名称；空白的，按月份所在年度的方案。",
    )
