"""What is read once for a version of the data is never older than that version."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from data_access import plan_store
from data_access.audit import record
from data_access.calendar_days import calendar_days, enter_days, seed_calendar
from data_access.database import as_one_transaction, data_version, engine, noting, reading, upgrade, writing
from data_access.plan_store import save_units, units
from data_access.read_once import READ_HERE, read_once
from models.tables import UnitRow
from rules.as_of import EVER, parse_instant
from services.figures.declared import _declared
from services.figures.district_state import district_state
from services.plan.decisions import set_target, settle


@pytest.fixture
def database(empty_database: str) -> None:
    upgrade()


def add(session, name: str) -> None:
    save_units(session, [UnitRow(name=name, kind="部门", position=1, aliases=[])])


def names(session) -> list[str]:
    return [unit.name for unit in units(session).values()]


def test_what_a_transaction_changed_it_reads_anew(database: None) -> None:
    with writing() as session:
        assert names(session) == []
        add(session, "区人社局")
        assert names(session) == ["区人社局"]


@pytest.mark.long
def test_what_was_accepted_is_seen_by_the_next_reader(database: None) -> None:
    with reading() as session:
        assert names(session) == []
    with writing() as session:
        add(session, "区人社局")
    with reading() as session:
        assert names(session) == ["区人社局"]


@pytest.mark.long
def test_what_was_rolled_back_is_seen_by_nobody(database: None) -> None:
    with pytest.raises(ValueError, match="undone"), writing() as session:
        add(session, "区人社局")
        assert names(session) == ["区人社局"]
        raise ValueError("undone")
    with reading() as session:
        assert names(session) == []


@pytest.mark.long
def test_a_calendar_changed_in_a_transaction_is_read_anew_in_it(database: None) -> None:
    with writing() as session:
        seed_calendar(session)
        day, working = calendar_days(session)[0]
        enter_days(session, {day: not working})
        assert dict(calendar_days(session))[day] is not working


def test_the_same_version_is_read_once(database: None) -> None:
    times = []

    def read(session) -> int:
        times.append(session)
        return len(times)

    for _ in range(3):
        with reading() as session:
            assert read_once(session, read) == 1
    with writing():
        pass
    with reading() as session:
        assert read_once(session, read) == 2


def test_all_that_is_read_once_rests_on_tables_of_which_a_write_makes_it_be_read_anew(planned_database: str) -> None:
    statements: list[str] = []

    def note(connection, cursor, statement: str, *more) -> None:
        statements.append(statement)

    event.listen(engine(), "before_cursor_execute", note)  # what a transaction begins with reads too
    with reading() as session:
        district_state(session, EVER)
        _declared(session)
    event.remove(engine(), "before_cursor_execute", note)
    tables = {name for statement in statements for name in re.findall(r'(?:FROM|JOIN) "?(\w+)', statement)}
    assert tables - {"data_version"} == {row.__tablename__ for row in READ_HERE}


def test_a_plan_made_once_between_two_moments_is_that_of_every_instant_between_them(planned_database: str) -> None:
    for month, baseline in (("02", 11), ("04", 12)):
        set_target("utility_cases", target=None, baseline=baseline, reason="试", at=parse_instant(f"2023-{month}-04"))
    settle("8.1", deadline=None, unit_words=["东关街道"], reason="试", at=parse_instant("2023-03-10"))
    with reading() as session:
        history = read_once(session, plan_store._History)
        moments = history._moments
        assert len(moments) >= 3
        for moment in moments:
            for end in (moment, moment + timedelta(microseconds=1), moment + timedelta(hours=1)):
                for plan in history.plans:
                    assert history.plan_at(plan, end) == plan_store._plan(history, plan, end), (plan.code, end)


def test_a_log_entry_in_the_transaction_leaves_the_answers_in_place(database: None) -> None:
    times = []
    with noting() as session:
        read_once(session, times.append)
        record(session, by="管理局", action="submit", subject="试")
        read_once(session, times.append)
    assert len(times) == 1


@pytest.mark.long
def test_transactions_within_one_go_in_together_or_not_at_all(database: None) -> None:
    before = data_version()
    with pytest.raises(ValueError, match="second"), as_one_transaction():
        with writing() as session:
            add(session, "区人社局")
        with reading() as session:
            assert names(session) == ["区人社局"]
        raise ValueError("second")
    with reading() as session:
        assert names(session) == []
    with as_one_transaction(), writing() as session:
        add(session, "区住建局")
    assert data_version() == before + 1
