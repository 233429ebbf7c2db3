"""Where the machine's clock was set back, what is entered now still comes after what was entered before."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from data_access.database import writing
from models.tables import AuditEntry
from services.access.clock import present
from services.board.district import today


def entered_at(instant: datetime) -> None:
    with writing() as session:
        session.add(AuditEntry(at=instant, by="试", action="log", subject="试"))


def test_the_present_is_now_where_nothing_was_entered_later(planned_database: Path) -> None:
    before = datetime.now(UTC)
    entered_at(before - timedelta(hours=1))
    assert before <= present() <= datetime.now(UTC)


def test_the_present_is_never_before_what_was_entered_last(planned_database: Path) -> None:
    last = datetime.now(UTC) + timedelta(days=2)
    entered_at(last)
    assert last < present() < last + timedelta(seconds=1)
    assert today() == (last + timedelta(hours=8)).date()
