"""指南精准度: for each measure the guide rules passed ÷ the guide rules that apply, from the kept figures of its
rules.
"""

from catalogue.guide_rules import MEASURE_RULES
from models.definitions import Indicator


def indicator_of(measure: str) -> str:
    """Return the code of a measure's indicator: 5.1.1 → guide_accuracy_5_1_1."""
    return f"guide_accuracy_{measure.replace('.', '_')}"


COUNTED = tuple(
    Indicator(
        indicator_of(measure),
        f"指南精准率（{measure}）",
        "符合的指南规则数",
        "适用的指南规则数",
        ("事项",),
        figures=rules,
    )
    for measure, rules in MEASURE_RULES.items()
)
