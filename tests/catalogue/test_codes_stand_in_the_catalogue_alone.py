"""No code of an area, task, measure, dataset or indicator stands in the program outside catalogue/, but in what is of a
shipped area or dataset alone: its page, its pictures, its checks.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from catalogue.areas import AREAS
from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS, UNJUDGED
from frame.navigation import PAGES
from sample_data.plan_text import PLAN_MEASURES, PLAN_TASKS
from tests.source_trees import tree_of

ROOT = PAGES.parent
FOLDERS = ("commands", "components", "data_access", "frame", "models", "pages", "rules", "services")
OF_WHAT_IS_SHIPPED = (
    "components/areas/sections/",
    "components/areas/stories/",
    "components/guides/",
    "services/areas/",
    "services/guides/",
    "services/spot_checks/",  # the kinds of spot checks that are shipped
)
CODES = {*AREAS.shipped, *DATASETS.shipped, *INDICATORS.shipped, *UNJUDGED}
NUMBERS = {str(row[0]) for row in (*PLAN_TASKS, *PLAN_MEASURES)}
ADDRESSES = {path.stem for path in PAGES.glob("*.py")}
"""A page of the board may be called like the area or the dataset that it shows."""


def texts(path: Path) -> Iterator[str]:
    """The string literals of a module, its docstrings left out."""
    tree = tree_of(path)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)]
    docstrings = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def modules() -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path


def test_no_number_of_a_task_or_measure_stands_in_the_program() -> None:
    assert len(NUMBERS) > 50
    named = {name: NUMBERS & set(texts(path)) for name, path in modules()}
    assert {name: numbers for name, numbers in named.items() if numbers} == {}


def test_no_code_of_an_area_dataset_or_indicator_stands_outside_the_catalogue_but_in_what_is_of_it_alone() -> None:
    assert len(CODES) > 60
    named = {
        name: (CODES - ADDRESSES) & set(texts(path))
        for name, path in modules()
        if not name.startswith(OF_WHAT_IS_SHIPPED)
    }
    assert {name: codes for name, codes in named.items() if codes} == {}
    services = {
        name: CODES & set(texts(path))
        for name, path in modules()
        if name.startswith(("services/", "rules/", "data_access/", "models/"))
        and not name.startswith(OF_WHAT_IS_SHIPPED)
    }
    assert {name: codes for name, codes in services.items() if codes} == {}
