"""From what the register says of a unit before and after to the differences in words."""

from __future__ import annotations

from models.units import UNIT_LABELS, UnitEntry


def changes_in_words(before: UnitEntry, after: UnitEntry) -> str:
    """Return “责任人 王芳 → 李强”, or that nothing differs."""
    clauses = [
        f"{label} {_in_words(getattr(before, field))} → {_in_words(getattr(after, field))}"
        for field, label in UNIT_LABELS.items()
        if (getattr(before, field) or "") != (getattr(after, field) or "")
    ]
    return "，".join(clauses) or "各项与名册相同"


def _in_words(value: str | bool | tuple[str, ...] | None) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return ("、".join(value) if isinstance(value, tuple) else value) or "（空）"
