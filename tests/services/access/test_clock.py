"""Where the machine's clock was set back, what is entered now still comes after what was entered before."""

from datetime import UTC, datetime, timedelta

from data_access.audit import last_instant
from data_access.database import reading, writing
from models.tables import AuditEntry
from services.access.audit_log import log
from services.access.clock import present
from services.board.district import today
from services.settings.register import change_setting, settings_as_of


def entered_at(instant: datetime) -> None:
    with writing() as session:
        session.add(AuditEntry(at=instant, by="试", action="log", subject="试"))


def test_the_present_is_now_where_nothing_was_entered_later(planned_database: str) -> None:
    before = datetime.now(UTC)
    entered_at(before - timedelta(hours=1))
    assert before <= present() <= datetime.now(UTC)


def test_the_present_is_never_before_what_was_entered_last(planned_database: str) -> None:
    last = datetime.now(UTC) + timedelta(days=2)
    entered_at(last)
    assert last < present() < last + timedelta(seconds=1)
    assert today() == (last + timedelta(hours=8)).date()


def test_of_two_corrections_after_the_clock_was_set_back_the_second_comes_last(planned_database: str) -> None:
    entered_at(datetime.now(UTC) + timedelta(days=2))
    first = present()
    with writing() as session:
        log(session, "log", "试")
    with reading() as session:
        assert last_instant(session) >= first
    assert present() > first


def test_a_setting_changed_after_the_clock_was_set_back_holds(planned_database: str) -> None:
    entered_at(datetime.now(UTC) + timedelta(days=2))
    for days in (11, 12):
        change_setting("warning_days", days, reason="试", since=None)
    standing = {line.setting.name: line.value for line in settings_as_of(today())}
    assert standing["warning_days"] == 12
