"""The plan's 5.2: where a material comes from, on what ground it is asked, how many copies, forms to download."""

import pandas as pd

from catalogue.guide_rules.parts import ITEM, MATERIAL
from models.guides import ERROR, GuideRule
from rules.guides.citations import names_clause, names_document
from rules.guides.relations import has_rows
from rules.guides.sources import from_applicant, given


def _some(count: pd.Series) -> pd.Series:
    return count >= 1


NO_COPIES_STATED = ~(MATERIAL.number("originals", _some) | MATERIAL.number("copies", _some))
ELECTRONIC = MATERIAL.is_one_of("material_type", "电子件")

SOURCE_RULES = (
    GuideRule(
        "G201",
        "5.2 一",
        "5.2.1",
        "材料",
        ERROR,
        "来源渠道已填写",
        "所有材料",
        right="政府部门核发",
        wrong="（空白）",
        applies=MATERIAL.every,
        checks=(
            MATERIAL.wrong("source", MATERIAL.blank("source"), "来源渠道空白，请填写，如“申请人自备”“政府部门核发”。"),
        ),
    ),
    GuideRule(
        "G202",
        "5.2 一",
        "5.2.1",
        "材料",
        ERROR,
        "不是申请人自备的材料，出具单位已填写",
        "来源渠道已填写且不是申请人",
        right="来源渠道“政府部门核发”，出具单位“公安机关”",
        wrong="来源渠道“政府部门核发”，出具单位空白",
        applies=MATERIAL.filled("source") & ~MATERIAL.text("source", from_applicant),
        checks=(MATERIAL.wrong("issuer", MATERIAL.blank("issuer"), "来源渠道是“{source}”，请填写出具该材料的单位。"),),
    ),
    GuideRule(
        "G203",
        "5.2 一",
        "5.2.1",
        "材料",
        ERROR,
        "依据名称写明法律、法规或文件",
        "所有材料",
        right="《中华人民共和国行政许可法》",
        wrong="按相关规定",
        applies=MATERIAL.every,
        checks=(
            MATERIAL.wrong(
                "basis",
                MATERIAL.blank("basis"),
                "依据名称空白，请填写法律、法规或文件的名称，如《中华人民共和国行政许可法》。",
            ),
            MATERIAL.wrong(
                "basis",
                MATERIAL.filled("basis") & ~MATERIAL.text("basis", names_document),
                "依据名称“{value}”未写明法律、法规或文件，请用书名号写出全称，如《中华人民共和国行政许可法》。",
            ),
        ),
    ),
    GuideRule(
        "G204",
        "5.2 一",
        "5.2.1",
        "材料",
        ERROR,
        "依据条款写明第几条",
        "所有材料",
        right="第三十二条第一款",
        wrong="相关条款",
        applies=MATERIAL.every,
        checks=(
            MATERIAL.wrong("clause", MATERIAL.blank("clause"), "依据条款空白，请填写到条，如“第三十二条”。"),
            MATERIAL.wrong(
                "clause",
                MATERIAL.filled("clause") & ~MATERIAL.text("clause", names_clause),
                "依据条款“{value}”未写明第几条，请填写到条，如“第三十二条”。",
            ),
        ),
    ),
    GuideRule(
        "G205",
        "5.2 一",
        "5.2.1",
        "材料",
        ERROR,
        "原件或复印件份数已填写，不同时为零（电子件除外）",
        "所有材料",
        right="原件份数1，复印件份数0",
        wrong="原件份数0，复印件份数0",
        applies=MATERIAL.every,
        checks=(
            MATERIAL.wrong(
                "originals",
                NO_COPIES_STATED & ~ELECTRONIC,
                "原件份数和复印件份数都空白或为0，请填写所需份数；只收电子件的，材料类型填“电子件”。",
            ),
        ),
    ),
)

TYPE_RULES = (
    GuideRule(
        "G206",
        "5.2 二",
        "5.2.2",
        "材料",
        ERROR,
        "材料类型已填写",
        "所有材料",
        right="原件",
        wrong="（空白）",
        applies=MATERIAL.every,
        checks=(
            MATERIAL.wrong(
                "material_type",
                MATERIAL.blank("material_type"),
                "材料类型空白或无法识别，请填“原件”“复印件”“原件和复印件”或“电子件”。",
            ),
        ),
    ),
    GuideRule(
        "G207",
        "5.2 二",
        "5.2.2",
        "材料",
        ERROR,
        "需要原件的，不再要求复印件",
        "原件份数不小于1",
        right="原件份数1，复印件份数0，材料类型“原件”",
        wrong="原件份数1，复印件份数2",
        applies=MATERIAL.number("originals", _some),
        checks=(
            MATERIAL.wrong(
                "copies",
                MATERIAL.number("copies", _some),
                "已要求原件，不得再要求复印件{value}份，请将复印件份数改为0。",
            ),
            MATERIAL.wrong(
                "material_type",
                MATERIAL.is_one_of("material_type", "原件和复印件"),
                "已要求原件，不得再要求复印件，请将材料类型“原件和复印件”改为“原件”。",
            ),
        ),
    ),
)


def _form_rule(code: str, name: str, label: str) -> GuideRule:
    return GuideRule(
        code,
        "5.2 三",
        "5.2.3",
        "材料",
        ERROR,
        f"申请人填写的表格提供{label}",
        "是否申请人填写为“是”",
        right="登记申请表.docx",
        wrong="否",
        applies=MATERIAL.yes("filled_by_applicant"),
        checks=(
            MATERIAL.wrong(
                name, ~MATERIAL.text(name, given), f"该表格由申请人填写，请提供{label}供下载，并填写文件名或“是”。"
            ),
        ),
    )


FORM_RULES = (
    _form_rule("G208", "blank_form", "空白表格"),
    _form_rule("G209", "sample_form", "示例样表"),
    GuideRule(
        "G210",
        "5.2",
        "5.2.1",
        "事项",
        ERROR,
        "事项至少有一项材料",
        "所有事项",
        right="“材料”表中有该实施编码的行",
        wrong="“材料”表中没有该实施编码的行",
        applies=ITEM.every,
        checks=(ITEM.wrong("item_code", ~has_rows(ITEM, MATERIAL), "“材料”表中没有该事项的申请材料，请逐项补充。"),),
    ),
)

MATERIAL_RULES: tuple[GuideRule, ...] = (*SOURCE_RULES, *TYPE_RULES, *FORM_RULES)
