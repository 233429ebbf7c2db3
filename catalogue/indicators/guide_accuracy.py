"""指南精准度: for each measure the guide rules passed ÷ the guide rules that apply, from the kept figures of its rules."""

from models.definitions import Indicator

MEASURE_RULES: dict[str, tuple[str, ...]] = {
    "5.1.1": ("G101", "G102", "G103", "G105"),
    "5.1.2": ("G106", "G107", "G108", "G109", "G110"),
    "5.1.3": ("G112", "G113", "G114"),
    "5.2.1": ("G201", "G202", "G203", "G204", "G205", "G210"),
    "5.2.2": ("G206", "G207"),
    "5.2.3": ("G208", "G209"),
    "5.3.1": ("G301", "G302", "G303", "G304"),
    "5.3.2": ("G306", "G307"),
}

COUNTED = tuple(
    Indicator(f"guide_accuracy_{measure.replace('.', '_')}", f"指南精准率（{measure}）", "符合的指南规则数", "适用的指南规则数",
              ("事项",), figures=rules)
    for measure, rules in MEASURE_RULES.items()
)
