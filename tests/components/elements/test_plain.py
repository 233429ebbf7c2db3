"""Words that somebody typed are no Markdown, wherever Streamlit would take them for it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.elements.plain import JOINER, plain

ROOT = Path(__file__).resolve().parents[3]
MARKDOWN = {
    "button", "checkbox", "radio", "toggle", "expander", "popover", "form_submit_button", "download_button", "metric",
    "warning", "error", "success", "info", "caption", "markdown", "write", "toast", "tabs", "status", "spinner",
    "selectbox", "multiselect", "text_input", "text_area", "date_input", "time_input", "number_input", "slider",
    "file_uploader", "segmented_control", "pills", "header", "subheader", "title",
}  # fmt: skip
"""What of Streamlit's takes its first argument, its `help` or its `captions` for Markdown."""
OURS_ALONE = {
    "column.heading": "of a declared table",
    "item.word": "of an enumeration",
    "label": "declared: of a field, a setting, a reason or an act",
    "title": "of a declared form",
    "button": "of a declared form",
    "question.text": "declared with the kind of spot check",
    "UNIT_LABELS[field]": "declared",
    "setting.blank": "declared with the setting",
    "number": "a number of the log's",
}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[看这里](http://elsewhere.example)", rf"\[看这里\](http{JOINER}\://elsewhere.example)"),
        ("![x](x)", r"!\[x\](x)"),
        ("**急** _x_ `x` ~~x~~", r"\*\*急\*\* \_x\_ \`x\` \~\~x\~\~"),
        (":red[红灯] :material/delete: :smile:", r"\:red\[红灯\] \:material/delete\: \:smile\:"),
        ("$x^2$ <b> &lt;", r"\$x^2\$ \<b> \&lt;"),
        ("# 标题\n- 一\n1. 二\n> 三", f"\\# 标题\n\\- 一\n1{JOINER}. 二\n\\> 三"),
        ("www.elsewhere.example a@b.example", f"www{JOINER}.elsewhere.example a@{JOINER}b.example"),
        ("2023-08-22 09:30，区人社局（3/5）", "2023-08-22 09:30，区人社局（3/5）"),
    ],
)
def test_what_was_typed_is_shown_as_it_was_typed(typed: str, shown: str) -> None:
    assert plain(typed) == shown


@given(st.text(alphabet=st.characters(exclude_characters="\\\t" + JOINER)))
def test_nothing_of_it_is_lost(typed: str) -> None:
    assert plain(typed).replace("\\", "").replace(JOINER, "") == typed


def _is_ours(value: ast.expr) -> bool:
    """Whether nothing that somebody typed can be in it, or it went through `plain`."""
    if isinstance(value, ast.Constant) or ast.unparse(value) in OURS_ALONE or ast.unparse(value).isupper():
        return True
    if isinstance(value, ast.Subscript):  # words of ours, by what they are about
        return ast.unparse(value.value).isupper()
    if isinstance(value, ast.JoinedStr):
        return all(_is_ours(piece) for piece in value.values)
    if isinstance(value, ast.FormattedValue):
        return _is_ours(value.value)
    if isinstance(value, ast.IfExp):
        return _is_ours(value.body) and _is_ours(value.orelse)
    if isinstance(value, ast.List | ast.Tuple):
        return all(map(_is_ours, value.elts))
    if isinstance(value, ast.Call):
        called = ast.unparse(value.func)
        return called in {"plain", "len", "size_in_words"} or (called == "plain(refusal).replace")
    return False


def _said_to_streamlit(path: Path) -> Iterator[tuple[int, str]]:
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in MARKDOWN:
            said = [*call.args[:1], *(given.value for given in call.keywords if given.arg in ("help", "captions"))]
            yield from ((call.lineno, ast.unparse(value)) for value in said if not _is_ours(value))


@pytest.mark.long
def test_whatever_is_said_to_streamlit_is_ours_or_made_plain() -> None:
    sources = [path for folder in ("components", "pages", "frame") for path in (ROOT / folder).rglob("*.py")]
    assert len(sources) > 100
    assert [
        f"{path.relative_to(ROOT)}:{line}: {said}" for path in sources for line, said in _said_to_streamlit(path)
    ] == []


def test_every_place_for_files_is_one_that_the_server_knows_of() -> None:
    leaning = [
        path.relative_to(ROOT).as_posix()
        for folder in ("components", "pages", "frame")
        for path in (ROOT / folder).rglob("*.py")
        if "st.file_uploader(" in path.read_text(encoding="utf-8")
    ]
    assert leaning == ["components/elements/uploader.py"]
