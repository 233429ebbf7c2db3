"""docs/guide_rules.md lists every rule as it is declared."""

import runpy
from pathlib import Path

from catalogue.guide_rules import GUIDE_RULES

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_page_is_the_one_the_declarations_make() -> None:
    made = runpy.run_path(str(DOCS / "make_guide_rules.py"))["generated"]()
    assert (DOCS / "guide_rules.md").read_text(encoding="utf-8").rstrip() == made.rstrip(), "运行 make docs"


def test_every_rule_shows_an_example_of_right_and_of_wrong() -> None:
    for rule in GUIDE_RULES:
        assert rule.right and rule.wrong and rule.right != rule.wrong
