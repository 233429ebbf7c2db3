"""任务进展: how far each unit is with each measure, month by month."""

from catalogue.datasets.words import choices, unit_field
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
                    note="方案中的举措编号，如 1.2.2。",
                ),
                unit_field(key=True),
                Field("state", "进展状态", Kind.CHOICE, required=True, choices=choices("未启动", "推进中", "已完成")),
                Field("percent", "完成比例", Kind.INT, maximum=100),
                Field("completed_on", "完成日期", Kind.DATE),
                Field("account", "进展情况", required=True, personal=PersonalData.FREE_TEXT),
                Field("difficulty", "存在问题", personal=PersonalData.FREE_TEXT),
                Field("next_step", "下一步措施", personal=PersonalData.FREE_TEXT),
                Field("leader", "责任领导", personal=PersonalData.NAME),
                Field("person", "责任人", personal=PersonalData.NAME),
                Field("phone", "联系电话", personal=PersonalData.PHONE),
            ),
            parent="plan",
        ),
    ),
    ("experience", "maturity", "completeness", "help_on_behalf", "engineering_approvals"),
    position=120,
)
