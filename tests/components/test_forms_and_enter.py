"""Enter decides nothing: whatever form is added later, none is handed in by it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = [path for folder in ("components", "pages") for path in (ROOT / folder).rglob("*.py")]
FORMS = [
    pytest.param(call, id=f"{path.relative_to(ROOT)}:{call.lineno}")
    for path in FILES
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "form"
]


@pytest.mark.parametrize("call", FORMS)
def test_no_form_is_handed_in_by_enter(call: ast.Call) -> None:
    given = {word.arg: word.value for word in call.keywords}
    decided = given.get("enter_to_submit")
    assert isinstance(decided, ast.Constant) and decided.value is False


def test_there_are_forms() -> None:
    assert len(FORMS) >= 4
