"""An invented high-tech zone, another type of district: ten offices of its committee, three utilities, one street."""

from __future__ import annotations

from sample_data.district_units import invented_name
from sample_data.workbook import Heading, Row, Sheet

DISTRICT = "滨海高新区"
FILE_NAME = "责任单位.xlsx"

UNITS: dict[str, tuple[str, tuple[str, ...]]] = {
    "行政审批局": ("部门", ("高新区行政审批服务局", "审批局")),
    "经济发展局": ("部门", ("经发局",)),
    "财政金融局": ("部门", ("财金局",)),
    "科技创新局": ("部门", ("科创局",)),
    "人力资源局": ("部门", ("人社局",)),
    "市场监管局": ("部门", ("市场监督管理局", "市监局")),
    "规划建设局": ("部门", ("规建局",)),
    "综合执法局": ("部门", ("执法局",)),
    "税务分局": ("部门", ("税务局",)),
    "公安分局": ("部门", ("公安局",)),
    "滨海供电公司": ("其他", ("供电公司", "国网滨海供电公司")),
    "滨海水务公司": ("其他", ("水务公司", "自来水公司")),
    "滨海燃气公司": ("其他", ("燃气公司",)),
    "海棠街道": ("镇街", ("海棠街道办事处",)),
}
"""Name → kind and other names."""

HEADINGS = ("单位名称", "单位类别", "别名", "工程建设项目审批单位", "责任领导", "责任人", "联系电话")


def sheet() -> Sheet:
    """Return the list of units as the bureau imports it."""
    return Sheet(
        "责任单位", [list(map(Heading, HEADINGS)), *(_row(index, name) for index, name in enumerate(UNITS, 1))]
    )


def _row(place: int, name: str) -> Row:
    kind, aliases = UNITS[name]
    people = invented_name(place * 3), invented_name(place * 5 + 1)
    return [name, kind, "、".join(aliases), "否", *people, f"0360-5660{place:03d}"]
