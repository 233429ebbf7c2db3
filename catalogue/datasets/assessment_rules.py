"""考核规则: how the bureau takes points off units. Neither owed by units nor submitted."""

from models.definitions import Dataset, Field, Frequency, Part

POINTS = "填数，最多两位小数；不扣的留空。"

ASSESSMENT_RULES = Dataset(
    "assessment_rules",
    "考核规则",
    Frequency.SNAPSHOT,
    (
        Part(
            "assessment_rules",
            (
                Field(
                    "name", "规则名称", required=True, key=True, aliases=("考核项目",), note="各条规则的名称不得相同。"
                ),
                Field(
                    "subject",
                    "考核对象",
                    required=True,
                    note="从下拉选项中选择：全部，或某一领域、任务、举措、指标、数据、案件。",
                ),
                Field(
                    "full",
                    "满分",
                    required=True,
                    aliases=("分值",),
                    note="单位没有承担考核对象的，这一条不计入其满分。",
                ),
                Field("overdue", "每项逾期举措扣分", note=POINTS),
                Field("case", "每件逾期案件扣分", aliases=("每件逾期扣分",), note=POINTS),
                Field(
                    "shortfall",
                    "每低一个百分点扣分",
                    aliases=("每单位扣分",),
                    note=f"期限已过仍低于目标的，每低一个百分点（计数的每少一个）扣几分。{POINTS}",
                ),
                Field("missing", "每缺报一次扣分", note=POINTS),
                Field("floor", "最低分", note="扣到这个分数为止；空白为 0。"),
                Field("note", "依据和说明"),
            ),
        ),
    ),
    (),
    unit_field=None,
)
