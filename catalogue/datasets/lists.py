"""Lists kept as they now stand: claimed catalogue items and the problems a third-party assessment found."""

from catalogue.datasets.words import ITEM_NAMES, PLAIN_NO, PLAIN_YES, RECTIFIED, besides, choices, unit_field
from models.definitions import Dataset, Field, Frequency, Kind, Part, PersonalData, Reporter

CATALOGUE_CLAIMS = Dataset(
    "catalogue_claims",
    "事项认领情况",
    Frequency.SNAPSHOT,
    (
        Part(
            "catalogue_claims",
            (
                Field("basic_code", "基本编码", Kind.CODE, required=True, key=True, length=12),
                Field("item_name", "事项名称", required=True, aliases=ITEM_NAMES),
                unit_field(),
                Field(
                    "claim",
                    "认领状态",
                    Kind.CHOICE,
                    required=True,
                    near=("是否认领", "是否已认领", "认领与否", "认领情况", "认领"),
                    choices=choices(
                        "已认领",
                        "无需认领",
                        "未认领",
                        已认领=("认领", "已经认领", "已领取", "认领完成", *PLAIN_YES),
                        无需认领=("不需认领", "不需要认领", "无须认领", "不涉及", "不用认领"),
                        未认领=("待认领", "还未认领", "没有认领", "尚未认领", "没认领", "不认领", "未领取", *PLAIN_NO),
                    ),
                ),
                Field("reason", "原因", near=("未认领原因", "无需认领原因", "备注")),
            ),
        ),
    ),
    ("coverage",),
    position=100,
    names=("事项认领", "认领情况"),
)

ASSESSMENT_PROBLEMS = Dataset(
    "assessment_problems",
    "第三方评估问题清单",
    Frequency.SNAPSHOT,
    (
        Part(
            "assessment_problems",
            (
                Field("problem_code", "问题编号", Kind.CODE, required=True, key=True),
                unit_field(),
                Field(
                    "dimension",
                    "评估维度",
                    Kind.CHOICE,
                    required=True,
                    near=("评估指标", "指标", "评估领域", "维度"),
                    choices=choices(
                        "成效度",
                        "成熟度",
                        "完备度",
                        "覆盖度",
                        "精准度",
                        成效度=(
                            *("在线服务成效度", "政务服务成效度", "服务成效度", "好差评", "用户体验", "用户体验度"),
                            *("12345热线", "12345", "帮办代办", "帮代办", "工程审批"),
                        ),
                        成熟度=("办理成熟度", "在线办理成熟度", "政务服务成熟度"),
                        完备度=("渠道完备度", "服务方式完备度", "政务服务完备度"),
                        覆盖度=("事项覆盖度", "服务事项覆盖度", "政务服务事项覆盖度"),
                        精准度=("指南精准度", "办事指南精准度", "办事指南准确度", "准确度", "指南准确度"),
                    ),
                ),
                Field("problem", "问题描述", required=True, personal=PersonalData.FREE_TEXT),
                Field(
                    "found_on",
                    "发现日期",
                    Kind.DATE,
                    required=True,
                    near=("反馈时间", "反馈日期", "发现时间", "评估日期"),
                ),
                Field("due_on", "整改时限", Kind.DATE, required=True, aliases=("整改期限",), near=("完成时限",)),
                Field(
                    "rectified_on",
                    "整改完成日期",
                    Kind.DATE,
                    aliases=besides("整改完成日期", RECTIFIED),
                    near=("完成时间", "完成日期"),
                ),
                Field("note", "整改说明", personal=PersonalData.FREE_TEXT, near=("整改进展", "整改情况", "整改措施")),
            ),
        ),
    ),
    ("hotline",),
    position=110,
    reporter=Reporter.BUREAU,
    unit_adds=("rectified_on", "note"),
    names=("第三方评估",),
)
