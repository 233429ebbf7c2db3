"""The house keeps its shape: what belongs to one layer stays in it. That imports run one way, `make check` holds."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from docs.measure_structure import arrows, levels
from tests.source_trees import tree_of

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("frame", "pages", "components", "services", "catalogue", "data_access", "rules", "models")
SCREEN = {"frame", "pages", "components"}
EVERY_FOLDER = (*LAYERS, "commands", "sample_data", "benchmarks", "docs", "migrations", "tests")
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc", "supervision"}

EMPTY_NAMES = {"one", "found", "kept", "asked", "told", "stands"}
"""They say nothing of what they hold; a name carries its noun."""

NO_VERBS = {
    *("a", "an", "the", "this", "these", "those", "every", "each", "all", "one", "none", "nothing", "whether"),
    *("what", "how", "why", "who", "whose", "whoever", "when", "where", "as", "of", "by", "for", "in", "at", "until"),
    *("before", "after", "only", "per", "with", "without", "something", "anything", "everything", "rows", "items"),
}
"""With which the docstring of a public function does not begin: it says what the function does."""


def _sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (ROOT / folder).rglob("*.py")


@cache
def _imports(path: Path) -> set[str]:
    """The first words of everything that a file imports, inside functions too."""
    imports: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            imports |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imports.add(node.module.split(".")[0])
    return imports


def _called_names(path: Path) -> set[str]:
    functions = [node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    return {f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in functions}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_layer_is_under_the_linter() -> None:
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    root_packages = next(line for line in config.splitlines() if line.startswith("root_packages"))
    assert [layer for layer in LAYERS if f'"{layer}"' not in root_packages] == []


def test_nothing_imports_the_entries() -> None:
    entries = {"app", "manage", "commands"}
    assert [_name(path) for path in _sources(*LAYERS) if _imports(path) & entries] == []


def test_streamlit_stays_on_the_screen_side() -> None:
    others = [layer for layer in LAYERS if layer not in SCREEN]
    names = [_name(path) for path in [*_sources(*others), ROOT / "manage.py"] if "streamlit" in _imports(path)]
    assert names == []


def test_rules_know_no_clock_file_or_database() -> None:
    forbidden_imports = {"time", "os", "pathlib", "io", "sqlite3", "sqlalchemy", "sqlmodel", "random"}
    forbidden_calls = {"today", "now", "utcnow", "open"}
    names = [
        _name(path)
        for path in _sources("rules")
        if _imports(path) & forbidden_imports or _called_names(path) & forbidden_calls
    ]
    assert names == []


def test_no_module_has_a_vague_name() -> None:
    assert [_name(path) for path in _sources(*LAYERS) if {path.stem, path.parent.name} & VAGUE_NAMES] == []


def test_every_module_says_in_a_sentence_what_it_is_for() -> None:
    trees = ((path, tree_of(path)) for path in _sources(*LAYERS))
    silent = [_name(path) for path, tree in trees if tree.body and not ast.get_docstring(tree)]
    assert silent == []


def _given_names(tree: ast.AST) -> Iterator[str]:
    """Yield every name that a module gives: variables, arguments, functions, fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def _public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Yield the public functions and methods that are called; a property is a noun and is said as one."""
    bodies = [tree.body, *(node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    for node in (child for body in bodies for child in body):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            decorators = {getattr(decorator, "id", "") for decorator in node.decorator_list}
            if decorators.isdisjoint({"property", "cached_property"}):
                yield node


def _begins_without_verb(sentence: str) -> bool:
    first = re.match("[A-Za-z]+", sentence)
    return first is None or first[0].lower() in NO_VERBS


def test_what_a_function_says_of_itself_begins_with_a_verb() -> None:
    spoken = [
        f"{_name(path)}: {function.name}"
        for path in _sources(*LAYERS, "commands", "sample_data", "benchmarks")
        for function in _public_functions(tree_of(path))
        if _begins_without_verb(ast.get_docstring(function) or "Say nothing.")
    ]
    assert spoken == []
    assert _begins_without_verb("The lamp of a measure.") and _begins_without_verb("“逾期” of a lamp.")


def test_no_module_is_said_as_what_goes_in_and_comes_out() -> None:
    """It reads “From A to B”."""
    goes_in_and_out = re.compile(r"\bin; .+ out[.,:;]|\bgoe?s? in; .+ comes? out")
    said_so = [
        _name(path)
        for path in _sources(*LAYERS, "commands", "sample_data")
        if goes_in_and_out.search(" ".join((ast.get_docstring(tree_of(path)) or "").split()))
    ]
    assert said_so == [] and goes_in_and_out.search("A cell in; its value out.")


def test_every_name_carries_its_noun() -> None:
    empty = {
        _name(path): words
        for path in (*_sources(*EVERY_FOLDER), *ROOT.glob("*.py"))
        if (words := EMPTY_NAMES & set(_given_names(tree_of(path))))
    }
    assert empty == {}
    assert EMPTY_NAMES & set(_given_names(ast.parse("[one for one in rows]"))) == {"one"}


@pytest.mark.parametrize("layer", ["components", "services", "rules"])
def test_no_folder_of_a_layer_leads_back_to_itself(layer: str) -> None:
    assert levels(arrows(layer, depth=2)) > 1  # endless where there is a circle
