"""How people name a task or measure of a plan that is not the current one: 2024/1.1.1."""

from __future__ import annotations


def address_in(plan: str, code: str) -> str:
    """Return the address of a code of a plan."""
    return f"{plan}/{code}"


def read_address(text: str) -> tuple[str | None, str]:
    """Return the plan's code, None where none is named, and the code in the plan."""
    plan, slash, code = text.rpartition("/")
    return (plan.strip() or None, code.strip()) if slash else (None, text)
