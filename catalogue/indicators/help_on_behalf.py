"""帮办代办: help cases closed in the promised time; cases by way of service and kind of client."""

from models.definitions import Indicator, NumberFormat
from rules.conditions import on_time, one_of
from rules.indicators import count, share

WAYS = {
    "whole": "全程代办",
    "at_home": "上门帮办",
    "after_hours": "延时帮办",
    "by_appointment": "预约帮办",
    "in_hall": "大厅帮办",
}
CLIENTS = {
    "key_projects": "重点项目",
    "companies": "企业",
    "elderly": "老年人",
    "disabled": "残疾人",
    "others": "其他群众",
}

COUNTED = (
    Indicator(
        "help_on_time_rate",
        "帮办按时办结率",
        "按承诺日期办结的帮办件数",
        "已到承诺日期的帮办件数",
        ("help_cases",),
        share("help_cases", having=on_time("closed_on", "due_on"), due="due_on"),
    ),
)

UNJUDGED = tuple(
    Indicator(
        f"help_{kind}_{slug}",
        f"{word}件数",
        f"{label}为{word}的帮办件数",
        None,
        ("help_cases",),
        count("help_cases", one_of(field, word)),
        NumberFormat.COUNT,
    )
    for kind, label, field, words in (("way", "服务方式", "way", WAYS), ("client", "对象类别", "client_kind", CLIENTS))
    for slug, word in words.items()
)
