"""No regular expression of the tree takes long for a cell made to hold it up, at the length that a cell may have."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from itertools import product

import pytest

import commands
import components
import data_access
import models
import rules
import services

LENGTH = 2_000  # characters of a text (rules/intake/lengths.py); comments are longer, and only masked
COMMENT = 10_000
SECONDS = 0.2  # of the processor, for one search; thousands of times what it usually takes
PUMPED = 14  # different characters of a pattern that are repeated, alone and in pairs


def _patterns() -> Iterator[tuple[str, re.Pattern]]:
    for package in (rules, models, data_access, services, components, commands):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern):
                    yield f"{module.name}.{name}", value


PATTERNS = {(pattern.pattern, pattern.flags): (name, pattern) for name, pattern in _patterns()}


@pytest.mark.parametrize(("name", "pattern"), PATTERNS.values(), ids=[name for name, _ in PATTERNS.values()])
def test_no_pattern_takes_long_for_what_is_repeated(name: str, pattern: re.Pattern) -> None:
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    characters = dict.fromkeys(character for character in re.sub(r"\\[a-zA-Z]", "", source) if character.isprintable())
    often = ["1", " ", "a", "一", *sorted(characters, key=source.count, reverse=True)][:PUMPED]
    length = COMMENT if name.startswith("rules.personal") else LENGTH
    slow = {}
    for pair in {*product(often, often)}:
        text = ("".join(pair) * length)[:length] + "\0"
        start = time.process_time()
        pattern.search(text if isinstance(pattern.pattern, str) else text.encode())
        if (taken := time.process_time() - start) > SECONDS:
            slow[pair] = taken
    assert not slow
