"""Lists kept as they now stand: claimed catalogue items and the problems a third-party assessment found."""

from catalogue.datasets.words import choices, unit_field
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
                Field("item_name", "事项名称", required=True),
                unit_field(),
                Field("claim", "认领状态", Kind.CHOICE, required=True, choices=choices("已认领", "无需认领", "未认领")),
                Field("reason", "原因"),
            ),
        ),
    ),
    ("coverage",),
    position=100,
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
                    choices=choices("成效度", "成熟度", "完备度", "覆盖度", "精准度"),
                ),
                Field("problem", "问题描述", required=True, personal=PersonalData.FREE_TEXT),
                Field("found_on", "发现日期", Kind.DATE, required=True),
                Field("due_on", "整改时限", Kind.DATE, required=True),
                Field("rectified_on", "整改完成日期", Kind.DATE),
                Field("note", "整改说明", personal=PersonalData.FREE_TEXT),
            ),
        ),
    ),
    ("hotline",),
    position=110,
    reporter=Reporter.BUREAU,
    unit_adds=("rectified_on", "note"),
)
