"""事项覆盖度: guides published, items claimed, cases tied to items, elements filled."""

from catalogue.datasets.guides import ITEMS
from models.definitions import Indicator
from rules.conditions import filled, one_of
from rules.indicators import share, share_found, sums
from rules.item_codes import published_basic_codes

CLAIMED = one_of("claim", "已认领")
ELEMENTS = tuple(field.name for field in ITEMS.fields if field.required or field.demanded)

COUNTED = (
    Indicator(
        "guide_publication_rate",
        "指南发布率",
        "已认领且指南已发布的基本编码数",
        "已认领的基本编码数",
        ("catalogue_claims", "事项"),
        share_found("catalogue_claims", "basic_code", among=CLAIMED, elsewhere=("事项", published_basic_codes)),
    ),
    Indicator(
        "item_claim_rate",
        "事项认领率",
        "已认领和无需认领的事项数",
        "应认领的事项数",
        ("catalogue_claims",),
        share("catalogue_claims", having=one_of("claim", "已认领", "无需认领")),
    ),
    Indicator(
        "case_item_link_rate",
        "办件关联率",
        "关联事项办件量",
        "办件量",
        ("monthly_cases",),
        sums("monthly_cases", ("linked_cases",), "cases"),
    ),
    Indicator(
        "element_completeness_rate",
        "要素完整率",
        "要素齐全的事项数",
        "事项数",
        ("事项",),
        share("事项", having=filled(*ELEMENTS)),
    ),
)
