"""方案工作簿: a plan with areas, datasets, indicators and time limits of its own. Source: plans.md, section 2.

Read for a preview; neither owed by units nor submitted.
"""

from dataclasses import replace

from catalogue.datasets.plan import MEASURES, TASKS
from catalogue.datasets.words import choices, yes_no
from models.definitions import Dataset, Field, Frequency, Kind, Part

EXPRESSION = 20_000
"""Characters of a cell with an expression; how long one may be is the language's to say."""

FREQUENCIES = choices(
    *("每月", "快照", "每季"),
    每月=("按月", "月报", "月度"),
    快照=("现行全部", "随时更新"),
    每季=("按季", "每季度", "季报", "季度"),
)
NEEDS = choices(
    *("必填", "应填", "可空"), 必填=("必须填写", "必须"), 应填=("应当填写",), 可空=("选填", "可填", "可不填", "非必填")
)
FORMATS = choices(
    *("占比", "个数", "金额", "天"),
    占比=("百分比", "比例", "%"),
    个数=("数量", "件数", "个"),
    天=("天数",),
)
DIRECTIONS = choices(*("越高越好", "越低越好"), 越高越好=("越大越好", "越多越好"), 越低越好=("越小越好", "越少越好"))

FACTS = Part(
    "方案",
    (
        Field("code", "方案编号", required=True, key=True, note="字母、数字和“-”，如 2024。"),
        Field("title", "方案名称", required=True),
        Field("year", "年度", Kind.INT, required=True),
        Field("first_month", "首报月份", Kind.MONTH, note="如 2024-02；空白为 1 月。"),
        Field("begins", "起", Kind.DATE, aliases=("起始日期",), note="空白为当年 1 月 1 日。"),
        Field("ends", "止", Kind.DATE, aliases=("截止日期",), note="空白为次年 3 月 31 日。"),
        Field("document", "来文", note="来文的标题和文号。"),
    ),
    required=False,
)

AREAS = Part(
    "领域",
    (
        Field("area", "领域", required=True, key=True),
        Field("position", "次序", Kind.INT),
        Field("note", "说明"),
    ),
    required=False,
    gives_names=True,
)

DATASETS = Part(
    "数据",
    (
        Field("dataset", "数据", required=True, key=True),
        Field("frequency", "频次", Kind.CHOICE, required=True, choices=FREQUENCIES),
        Field("unit_column", "责任单位列", note="字段名，类型为单位；空白为唯一的单位字段。"),
        Field("time_column", "时间列", note="字段名，类型为日期、日期时间或月份。"),
        yes_no("is_case", "是否台账"),
        Field("areas", "领域", note="多个领域用顿号分隔。"),
        Field("note", "说明"),
    ),
    required=False,
    gives_names=True,
)

KINDS = choices("文本", "整数", "小数", "日期", "日期时间", "月份", "是否", "选项", "时长", "编码", "单位")
PERSONAL = choices("姓名", "电话", "证件", "自由文本")

FIELDS = Part(
    "字段",
    (
        Field("dataset", "数据", required=True),
        Field("sheet", "工作表"),
        Field("field", "字段", required=True),
        Field("kind", "类型", Kind.CHOICE, required=True, choices=KINDS),
        Field("need", "必填", Kind.CHOICE, required=True, choices=NEEDS),
        yes_no("is_key", "关键"),
        Field("aliases", "别名", note="多个别名用顿号分隔。"),
        Field("options", "选项", note="用顿号分隔；别名写作“词=别名1/别名2”。"),
        Field("minimum", "最小", note="数的下限，可写小数；空白为 0。"),
        Field("maximum", "最大", note="数的上限，可写小数。"),
        Field("length", "长度", Kind.INT, note="编码恰为几位，文本最多几个字。"),
        Field("default", "默认", note="该字段空白时按此值；写了默认的不算漏填。"),
        Field("personal", "个人信息", Kind.CHOICE, choices=PERSONAL),
        Field("note", "说明"),
    ),
    required=False,
    gives_names=True,
)

INDICATORS = Part(
    "指标",
    (
        Field("indicator", "指标", required=True, key=True),
        Field("code", "编码", note="字母、数字和下划线；空白为 indicator_行次。"),
        Field("numerator", "分子", required=True, longest=EXPRESSION),
        Field("denominator", "分母", longest=EXPRESSION),
        Field("due", "期限字段"),
        Field("number_format", "单位", Kind.CHOICE, choices=FORMATS),
        Field("direction", "方向", Kind.CHOICE, choices=DIRECTIONS),
        yes_no("district", "全区"),
        Field("note", "说明"),
    ),
    required=False,
    gives_names=True,
)

LIMITS = Part(
    "时限",
    (
        Field("limit", "时限", required=True, key=True),
        Field("dataset", "数据", required=True),
        Field("start", "起", required=True),
        Field("end", "止", required=True),
        Field("due", "期限", required=True, note="字段名，或如“5个工作日”“10日”。"),
        Field("condition", "条件", longest=EXPRESSION),
        Field("note", "说明"),
    ),
    required=False,
    gives_names=True,
)

BESIDE = Part(
    "并列",
    (Field("measure", "举措", required=True, key=True), Field("indicator", "指标", required=True, key=True)),
    required=False,
    gives_names=True,
)

ANY_TASKS = replace(
    TASKS,
    fields=tuple(
        replace(field, kind=Kind.TEXT, choices={}) if field.name == "area" else field for field in TASKS.fields
    ),
)

PLAN_WORKBOOK = Dataset(
    "plan_workbook",
    "方案工作簿",
    Frequency.SNAPSHOT,
    (ANY_TASKS, MEASURES, FACTS, AREAS, DATASETS, FIELDS, INDICATORS, LIMITS, BESIDE),
    (),
    unit_field=None,
)
