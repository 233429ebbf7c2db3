"""How much of a large check `make test` does: of a property a quarter of its examples, of a sweep one in so many.

All examples are tried by `make test-all` (EXAMPLES=all); what a sweep leaves out, by `make test-rest`, which CI runs.
"""

import os
from collections.abc import Iterable

import pytest
from _pytest.mark import ParameterSet
from hypothesis import settings

ALL = os.environ.get("EXAMPLES") == "all"
FEWEST = 10
USUAL = 50


def examples(number: int) -> settings:
    """Return the settings of a property that shows what it holds in so many examples."""
    return settings(max_examples=number if ALL else max(number // 4, FEWEST), deadline=None, derandomize=True)


def sweep(values: Iterable[object], every: int) -> list[ParameterSet]:
    """Return the values for `parametrize`, a tuple for several arguments; one in so many is left unmarked."""
    return [
        pytest.param(
            *(value if isinstance(value, tuple) else (value,)), marks=[pytest.mark.sweep] if index % every else []
        )
        for index, value in enumerate(values)
    ]
