"""No regular expression of the tree takes long for a cell made to hold it up, at the length that a cell may have."""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

import catalogue
import commands
import components
import data_access
import frame
import models
import rules
import services

PACKAGES = (rules, models, catalogue, data_access, services, components, frame, commands)
IN_A_PROCESS_WITH_LIMITS = (
    "data_access/marking/"  # what it takes too long for is given up (data_access.marked_workbook)
)

LENGTH = 2_000  # characters of a text (rules/intake/lengths.py); comments are longer, and only masked
COMMENT = 10_000
SECONDS = 0.2  # of the processor, for one search; thousands of times what it usually takes
PUMPED = 14  # different characters of a pattern that are repeated, alone and in pairs


def _patterns() -> Iterator[tuple[str, re.Pattern]]:
    """Those that modules and their classes keep, by themselves or in collections, and those written where they are
    used.
    """
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name == "frame.main":
                continue  # the script of a visit
            loaded = importlib.import_module(module.name)
            for name, value in vars(loaded).items():
                yield from ((f"{module.name}.{name}", pattern) for pattern in _kept_in(value))
            yield from ((f"{module.name}:{line}", pattern) for line, pattern in _written_in(loaded.__file__))


def _kept_in(value: object) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (pattern for member in (*value, *value.values()) for pattern in _kept_in(member))
    elif isinstance(value, tuple | list | set | frozenset):
        yield from (pattern for member in value for pattern in _kept_in(member))
    elif isinstance(value, type) and value.__module__.split(".")[0] in {package.__name__ for package in PACKAGES}:
        yield from (
            pattern
            for member in vars(value).values()
            if isinstance(member, re.Pattern | tuple)
            for pattern in _kept_in(member)
        )


def _written_in(file: str | None) -> Iterator[tuple[int, re.Pattern]]:
    path = Path(str(file))
    if IN_A_PROCESS_WITH_LIMITS in path.as_posix():
        return
    text = path.read_text()
    for call in ast.walk(ast.parse(text)) if "re." in text else ():
        match call:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re")), args=[ast.Constant(value=str() | bytes() as source), *_]
            ):
                yield call.lineno, re.compile(source)


PATTERNS = {(pattern.pattern, pattern.flags): (name, pattern) for name, pattern in _patterns()}


def test_patterns_are_looked_for_wherever_they_may_be() -> None:
    names = {name for name, _ in PATTERNS.values()}
    assert {name.split(".")[0] for name in names} >= {"rules", "data_access", "services", "components", "frame"}
    assert any(":" in name for name in names) and len(names) > 150


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
