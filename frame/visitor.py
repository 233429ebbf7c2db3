"""A visit in; who it is out."""

from __future__ import annotations

from models.people import Person, Role


def visitor() -> Person | None:
    """Until sign-in stands, whoever sits at this machine."""
    return Person("本机", Role.BUREAU)
