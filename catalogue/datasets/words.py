"""Choices, fields and headings that several datasets share: one meaning has the same words everywhere."""

from models.definitions import Field, Kind

ITEM_CODES = ("事项编码", "实施清单编码")
"""Other headings of 实施编码."""

ITEM_NAMES = ("事项", "项目名称")
"""Other headings of 事项名称, where a dataset has no 项目名称 of its own."""

PERSONS_PHONE = ("联系方式", "电话", "手机", "手机号", "手机号码", "联系方法")
"""Other headings of a person's 联系电话."""

CLOSED = ("办结日期", "办结时间", "实际办结时间", "实际办结日期")
RECEIVED = ("受理时间", "受理日期")
PROMISED_TIME = ("承诺时限", "承诺期限", "承诺办结时限")
RECTIFIED = ("整改完成时间", "整改完成日期")
"""Headings of one meaning each: a field answers to those beside its own label."""


def besides(label: str, headings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(heading for heading in headings if heading != label)


PLAIN_YES = ("是", "√", "✓", "✔", "☑", "✅", "Y", "yes")
PLAIN_NO = ("否", "×", "✗", "✘", "✖", "❌", "N", "no")
"""For a choice of which one word is what a plain yes or no means."""

_UNIT_HEADINGS = (
    *("实施主体", "部门", "办理主体", "所属单位", "办理部门", "主办单位", "承办单位", "审批单位"),
    *("办理单位", "责任部门", "承办部门", "主办部门", "实施单位"),
)
_NEAR_UNIT = ("单位", "认领单位", "牵头单位", "填报单位", "报送单位", "所属部门", "单位名称", "被评价单位")

SATISFACTION = {
    "非常满意": (
        "很好",
        "5",
        "很满意",
        "十分满意",
        "特别满意",
        "极满意",
        "非常好",
        "五星",
        "5星",
        "5分",
        "非常满意5",
        "★★★★★",
    ),
    "满意": ("好", "4", "比较满意", "较满意", "较好", "四星", "4星", "4分", "★★★★", "★★★★☆"),
    "基本满意": ("一般", "3", "一般满意", "尚满意", "基本可以", "还可以", "三星", "3星", "3分", "★★★", "★★★☆☆"),
    "不满意": ("差", "2", "不满", "不太满意", "较差", "比较不满意", "二星", "两星", "2星", "2分", "★★", "★★☆☆☆"),
    "非常不满意": (
        "很差",
        "1",
        "非常不满",
        "极差",
        "很不满意",
        "十分不满意",
        "极不满意",
        "特别不满意",
        "非常差",
        "一星",
        "1星",
        "1分",
        "★☆☆☆☆",
    ),
}


def unit_field(key: bool = False) -> Field:
    """Return the column that names the responsible unit."""
    return Field(
        "unit",
        "责任单位",
        Kind.UNIT,
        required=True,
        key=key,
        aliases=_UNIT_HEADINGS,
        near=_NEAR_UNIT,
        note="填写责任单位的规范名称或已登记的别名。",
    )


def yes_no(
    name: str,
    label: str,
    *aliases: str,
    required: bool = False,
    demanded: bool = False,
    yes: tuple[str, ...] = (),
    no: tuple[str, ...] = (),
    near: tuple[str, ...] = (),
) -> Field:
    """Return a yes/no field. `yes` and `no`: words that answer it beside those that answer every such question."""
    return Field(
        name,
        label,
        Kind.YES_NO,
        required=required,
        demanded=demanded,
        aliases=aliases,
        yes=yes,
        no=no,
        near=near,
        note="填“是”或“否”。",
    )


def choices(*words: str, **aliases: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {word: aliases.get(word, ()) for word in words}
