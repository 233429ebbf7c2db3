"""渠道完备度: items in the hall, and the same source as the platform."""

from models.definitions import Indicator
from rules.conditions import yes
from rules.indicators import share

COUNTED = (
    Indicator(
        "hall_presence_rate",
        "事项进驻率",
        "进驻大厅的事项数",
        "事项数",
        ("事项",),
        share("事项", having=yes("in_hall")),
    ),
    Indicator(
        "same_source_rate",
        "服务同源率",
        "与平台一致的事项数",
        "事项数",
        ("事项",),
        share("事项", having=yes("same_source")),
    ),
)
