"""How many examples a property is tried with: a quarter in `make test`, all in `make test-all` (EXAMPLES=all)."""

import os

from hypothesis import settings

ALL = os.environ.get("EXAMPLES") == "all"
FEWEST = 10
USUAL = 50


def examples(number: int) -> settings:
    """Return the settings of a property that shows what it holds in so many examples."""
    return settings(max_examples=number if ALL else max(number // 4, FEWEST), deadline=None, derandomize=True)
