"""One cell of a choice, yes/no or file column in; the canonical word out, or why it is none."""

from __future__ import annotations

from models.definitions import Field
from rules.intake.words import half_width, squeezed

_YES = frozenset({"是", "有", "√", "✓", "✔", "☑", "y", "yes", "1", "true"})
_NO = frozenset({"否", "无", "×", "✗", "✘", "✕", "✖", "x", "n", "no", "0", "false"})


def choice_table(field: Field) -> dict[str, str]:
    """Every accepted way of writing → the canonical word; labels win over aliases."""
    table = {squeezed(alias).lower(): word for word, aliases in field.choices.items() for alias in aliases}
    return table | {squeezed(word).lower(): word for word in field.choices}


def read_choice(text: str, table: dict[str, str]) -> tuple[str | None, str | None]:
    word = table.get(squeezed(text).lower())
    return (word, None) if word else (None, "not-a-choice")


def read_yes_no(text: str) -> tuple[bool | None, str | None]:
    typed = squeezed(text).lower()
    if typed in _YES:
        return True, None
    return (False, None) if typed in _NO else (None, "not-yes-or-no")


def read_yes_no_or_file(text: str) -> tuple[str, None]:
    """是, 否, or the file's name as typed."""
    answer, _ = read_yes_no(text)
    return half_width(text) if answer is None else ("是" if answer else "否"), None
