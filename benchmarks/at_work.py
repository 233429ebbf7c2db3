"""The bureau at work in this process, and in every thread of it: what a benchmark asks of the services is permitted."""

from __future__ import annotations


def at_work() -> None:
    from models.people import Person, Role
    from services.access.current_user import look_up_by

    look_up_by(lambda: Person("bench", Role.BUREAU))
