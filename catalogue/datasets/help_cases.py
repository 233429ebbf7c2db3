"""帮代办: the ledger of cases handled on behalf of citizens and companies."""

from catalogue.datasets.words import SATISFACTION, choices, unit_field
from models.definitions import Dataset, Field, Frequency, Kind, Part, PersonalData

HELP_CASES = Dataset(
    "help_cases",
    "帮代办台账",
    Frequency.MONTHLY,
    (
        Part(
            "help_cases",
            (
                Field("help_code", "受理编号", Kind.CODE, required=True, key=True, aliases=("编号",)),
                Field("received_on", "受理日期", Kind.DATE, required=True),
                unit_field("所属单位"),
                Field("client", "服务对象", required=True, personal=PersonalData.NAME),
                Field(
                    "client_kind",
                    "对象类别",
                    Kind.CHOICE,
                    required=True,
                    choices=choices("重点项目", "企业", "老年人", "残疾人", "其他群众"),
                ),
                Field("matter", "帮办事项", required=True, personal=PersonalData.FREE_TEXT),
                Field(
                    "way",
                    "服务方式",
                    Kind.CHOICE,
                    required=True,
                    choices=choices("全程代办", "上门帮办", "延时帮办", "预约帮办", "大厅帮办"),
                ),
                Field("helper", "帮办员", required=True, personal=PersonalData.NAME),
                Field("phone", "联系电话", personal=PersonalData.PHONE),
                Field("project", "项目名称"),
                Field("due_on", "承诺办结日期", Kind.DATE),
                Field("closed_on", "实际办结日期", Kind.DATE),
                Field("difficulty", "存在问题", personal=PersonalData.FREE_TEXT),
                Field("satisfaction", "评价", Kind.CHOICE, choices=SATISFACTION),
            ),
        ),
    ),
    ("help_on_behalf",),
    position=70,
    time_field="received_on",
    is_case=True,
    subject=("client", "matter"),
)
