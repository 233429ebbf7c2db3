"""The plan's 2.1 and 2.3: one well-formed code for each item, special items with their reason."""

from catalogue.guide_rules.parts import ITEM
from models.guides import ADVICE, ERROR, GuideRule
from rules.guides.relations import shared_code
from rules.item_codes import is_well_formed_item_code

WELL_FORMED = ITEM.where(lambda items: is_well_formed_item_code(items["item_code"]))

CODES: tuple[GuideRule, ...] = (
    GuideRule(
        "G401",
        "2.3 一",
        None,
        "事项",
        ADVICE,
        "实施编码为31位：18位统一社会信用代码、1位行使层级、12位基本编码",
        "所有事项",
        right="11620111MB1234567X3000112345001",
        wrong="62011100010001",
        applies=ITEM.every,
        checks=(
            ITEM.wrong(
                "item_code", ITEM.blank("item_code"), "实施编码空白或无法识别，请填写31位编码，单元格设为文本。"
            ),
            ITEM.wrong(
                "item_code",
                ITEM.filled("item_code") & ~WELL_FORMED,
                "实施编码“{value}”不是31位编码（18位统一社会信用代码、1位行使层级、12位基本编码），请核对更正。",
            ),
        ),
    ),
    GuideRule(
        "G402",
        "2.3 一",
        None,
        "事项",
        ERROR,
        "实施编码在全区唯一",
        "所有事项",
        right="全区只有一个事项使用该编码",
        wrong="两个事项使用同一编码",
        applies=ITEM.every,
        checks=(
            ITEM.wrong(
                "item_code", shared_code(ITEM), "实施编码“{value}”与全区另一事项重复，请核对，每个事项只用一个编码。"
            ),
        ),
    ),
    GuideRule(
        "G403",
        "2.1",
        None,
        "事项",
        ERROR,
        "特殊事项写明原因",
        "是否特殊事项为“是”",
        right="涉密事项，不宜网上办理",
        wrong="（空白）",
        applies=ITEM.yes("special"),
        checks=(ITEM.wrong("special_reason", ITEM.blank("special_reason"), "该事项是特殊事项，请填写特殊事项原因。"),),
    ),
)
