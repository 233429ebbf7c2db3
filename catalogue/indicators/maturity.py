"""办理成熟度: available online, the whole process online, codes in order, case data pushed."""

from models.definitions import Indicator, NumberFormat
from rules.conditions import all_of, filled, negated, one_of, yes
from rules.indicators import count, share, sums
from rules.item_codes import is_well_formed_item_code

WHOLE_PROCESS = one_of("online_depth", "全程网办")
LICENCE = one_of("item_type", "行政许可")
SPECIAL_WITH_REASON = all_of(yes("special"), filled("special_reason"))

COUNTED = (
    Indicator(
        "online_available_rate",
        "网上可办率",
        "可网办的事项数",
        "事项数（不含写明原因的特殊事项）",
        ("事项",),
        share("事项", having=yes("online"), among=negated(SPECIAL_WITH_REASON)),
    ),
    Indicator(
        "whole_process_online_rate",
        "全程网办率",
        "全程网办的事项数",
        "事项数",
        ("事项",),
        share("事项", having=WHOLE_PROCESS),
    ),
    Indicator(
        "licence_whole_process_online_rate",
        "许可全程网办率",
        "全程网办的行政许可事项数",
        "行政许可事项数",
        ("事项",),
        share("事项", having=WHOLE_PROCESS, among=LICENCE),
    ),
    Indicator(
        "well_formed_code_rate",
        "实施编码规范率",
        "实施编码规范且全区唯一的事项数",
        "事项数",
        ("事项",),
        share(
            "事项",
            having=all_of(lambda items: is_well_formed_item_code(items["item_code"]), negated(yes("_code_shared"))),
        ),
    ),
    Indicator(
        "case_push_rate",
        "办件推送率",
        "推送量",
        "办件量",
        ("monthly_cases",),
        sums("monthly_cases", ("pushed_cases",), "cases"),
    ),
)

UNJUDGED = (
    *(
        Indicator(
            code,
            f"{reach}通办事项数",
            f"通办范围为{reach}的事项数",
            None,
            ("事项",),
            count("事项", one_of("cross_region", reach)),
            NumberFormat.COUNT,
        )
        for code, reach in (
            ("cross_province_items", "跨省"),
            ("within_province_items", "省内"),
            ("within_city_items", "全市"),
        )
    ),
    Indicator(
        "licence_calls",
        "电子证照调用量",
        "电子证照调用量",
        None,
        ("monthly_cases",),
        sums("monthly_cases", ("licence_calls",)),
        NumberFormat.COUNT,
    ),
)
