"""Run in a process of its own (tests/robustness/forking.py): does something, and kills itself before an SQL statement
(the n-th of the process).

“bulletin” goes on with the one bulletin of the board, from wherever it is, until it is issued; “upgrade” brings the
database up to date.
"""

import os
import signal
from datetime import date

from sqlalchemy import Engine, event

from models.bulletins import BulletinState
from models.people import Person, Role
from rules.as_of import parse_instant
from services.access.current_user import acting_as
from services.bulletins.drafting import draft
from services.bulletins.register import bulletin, bulletins
from services.bulletins.way import co_sign, issue, submit
from services.operations.upgrade import bring_up_to_date

BUREAU, INSPECTOR = Person("管理局", Role.BUREAU), Person("督查室", Role.INSPECTOR)
AS_OF = date(2023, 9, 13)


def go_on_with_bulletin() -> None:
    """Take the steps that are left, each in a transaction of its own."""
    with acting_as(BUREAU):
        drafted = bulletins(date(2023, 12, 31))
        number = drafted[0].id if drafted else draft(AS_OF, at=parse_instant("2023-09-14T09:00"))
        if bulletin(str(number)).summary.state is BulletinState.DRAFT:
            submit(number, at=parse_instant("2023-09-14T10:00"))
    with acting_as(INSPECTOR):
        if bulletin(str(number)).summary.state is BulletinState.FACT_CHECK:
            co_sign(number, at=parse_instant("2023-09-15T09:00"))
    with acting_as(BUREAU):
        if bulletin(str(number)).summary.state is BulletinState.CO_SIGNED:
            issue(number, at=parse_instant("2023-09-20T10:00"))


def upgrade() -> None:
    with acting_as(BUREAU):
        bring_up_to_date()


def die_before(number: int, target: object = Engine) -> list[int]:
    """Return a list of one number, which grows with every statement of the target."""
    seen = [0]

    def count(*_: object) -> None:
        seen[0] += 1
        if seen[0] == number:
            die()

    event.listen(target, "before_cursor_execute", count)
    return seen


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(name: str, point: str) -> str:
    """Return how many statements there were, where it lives on: beyond the last."""
    statements = die_before(int(point))
    {"bulletin": go_on_with_bulletin, "upgrade": upgrade}[name]()
    return str(statements[0])
