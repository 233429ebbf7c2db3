"""`audit verify` tells a whole log from one that was changed behind the program's back, and names the first wrong
entry.
"""

# ruff: noqa: S608 the test is the attacker

import hashlib
import json
import os
import pwd
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, DateTime, bindparam, text
from sqlalchemy.exc import DBAPIError

import manage
from data_access.audit import acts
from data_access.audit_guards import POSTGRESQL, SQLITE
from data_access.database import engine, noting, reading, upgrade
from models.audit import LoggedAct
from rules.audit_chain import digest_of
from services.access.audit_log import log
from services.audit.search import verify_log
from tests.commands.conftest import Run
from tests.engines import IS_SERVED

TRIGGERS = POSTGRESQL if IS_SERVED else tuple(SQLITE)


@pytest.fixture
def logged(run: Run, district: str) -> str:
    """Four entries more than the setting up left."""
    for number in range(4):
        assert (
            run(
                "target", "zero_visit_share", "--value", 0.5 + number / 10, "--reason", f"第{number}次", "--json"
            ).status
            == 0
        )
    return district


def tamper(*statements: str) -> None:
    """As somebody with the database in hands would: the triggers first."""
    with engine().begin() as connection:
        for name in TRIGGERS:
            take_away(connection, name)
        for statement in statements:
            assert connection.exec_driver_sql(statement).rowcount == 1


def take_away(connection: Connection, trigger: str) -> None:
    table = trigger.split("_no_")[0]
    connection.exec_driver_sql(
        f"ALTER TABLE {table} DISABLE TRIGGER {trigger}" if IS_SERVED else f"DROP TRIGGER {trigger}"
    )


def set_triggers_again() -> None:
    with engine().begin() as connection:
        for name in TRIGGERS:
            again = f"ALTER TABLE {name.split('_no_')[0]} ENABLE TRIGGER {name}" if IS_SERVED else SQLITE[name]
            connection.exec_driver_sql(again)


def put_another_in_its_place(connection: Connection, trigger: str) -> None:
    """Of the same name, and it does nothing."""
    if IS_SERVED:
        table = trigger.split("_no_")[0]
        lines = (
            f"DROP TRIGGER {trigger} ON {table}",
            "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
            f"CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION nothing()",
        )
    else:
        lines = (f"CREATE TRIGGER {trigger} BEFORE UPDATE ON audit_entry BEGIN SELECT 1; END",)
    for line in lines:
        connection.exec_driver_sql(line)


def length() -> int:
    with engine().connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM audit_entry").scalar_one())


def entry(number: int) -> LoggedAct:
    with reading() as session:
        return next(act for act in acts(session) if act.number == number)


def last_digest() -> str:
    with engine().connect() as connection:
        return str(connection.exec_driver_sql("SELECT digest FROM audit_entry ORDER BY id DESC LIMIT 1").scalar_one())


def test_a_log_that_nobody_touched_is_whole(run: Run, logged: str) -> None:
    answer = run("audit", "verify", "--json")
    assert answer.status == 0
    assert answer.json["whole"] is True
    assert (answer.json["entries"], answer.json["digest"]) == (length(), last_digest())


def test_people_read_the_number_of_entries_and_the_last_digest(logged: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert manage.main(["audit", "verify"]) == 0
    assert capsys.readouterr().out == f"审计日志完整：共 {length()} 条，最后一条的摘要为 {last_digest()}。\n"


@pytest.mark.parametrize(
    "change",
    [
        "subject = 'other'",
        "by = '他人'",
        "account = 'other'",
        "unit = '他处'",
        "account = NULL, unit = NULL",
        "at = '2020-01-01 00:00:00.000000'",
        "detail = '{}'",
        '"after" = \'{"target": 0.1}\'',
        "address = '10.1.1.1'",
        pytest.param("detail = '不是 JSON'", marks=pytest.mark.embedded),  # a server's column takes none
        pytest.param("at = 'x'", marks=pytest.mark.embedded),
        "digest = 'f'",
    ],
)
def test_a_changed_entry_is_named(run: Run, logged: str, change: str) -> None:
    number = length() - 2
    tamper(f"UPDATE audit_entry SET {change} WHERE id = {number}")
    answer = run("audit", "verify", "--json")
    assert answer.status == 1
    assert (answer.json["broken"]["kind"], answer.json["broken"]["entry"]) == ("changed", number)
    assert answer.json["entries"] == number - 1


def test_a_removed_entry_is_missed_by_the_next(run: Run, logged: str) -> None:
    number = length() - 2
    tamper(f"DELETE FROM audit_entry WHERE id = {number}")
    answer = run("audit", "verify", "--json")
    assert answer.status == 1
    assert (answer.json["broken"]["kind"], answer.json["broken"]["entry"]) == ("removed", number + 1)


def test_an_inserted_entry_is_named_even_with_a_digest_that_fits(run: Run, logged: str) -> None:
    number = length() - 2
    before, after = entry(number), entry(number + 1)
    forged = replace(before, subject="他事", previous=before.digest)
    tamper(
        f"UPDATE audit_entry SET id = 1000 WHERE id = {number + 2}",
        f"UPDATE audit_entry SET id = 999 WHERE id = {number + 1}",
        'INSERT INTO audit_entry (id, at, by, account, unit, address, action, subject, detail, "after", "before", previous, digest) '  # noqa: E501
        f"SELECT 998, at, by, account, unit, address, action, '他事', detail, \"after\", \"before\", digest, '{digest_of(forged)}' FROM audit_entry WHERE id = {number}",  # noqa: E501
    )
    answer = run("audit", "verify", "--json")
    assert after.previous == before.digest
    assert answer.status == 1
    assert (answer.json["broken"]["kind"], answer.json["broken"]["entry"]) == ("inserted", 998)


def test_a_missing_tail_is_counted(run: Run, logged: str, capsys: pytest.CaptureFixture[str]) -> None:
    number = length()
    tamper(f"DELETE FROM audit_entry WHERE id = {number}", f"DELETE FROM audit_entry WHERE id = {number - 1}")
    answer = run("audit", "verify", "--json")
    assert answer.status == 1
    assert (answer.json["broken"]["kind"], answer.json["entries"], answer.json["expected"]) == (
        "tail",
        number - 2,
        number,
    )
    assert "末尾缺少 2 条" in answer.json["message"]


@pytest.mark.parametrize(
    "statement", ["DELETE FROM audit_head", "UPDATE audit_head SET digest = 'f'", "UPDATE audit_head SET entries = 1"]
)
def test_a_head_that_was_touched_is_found(run: Run, logged: str, statement: str) -> None:
    tamper(statement)
    assert run("audit", "verify", "--json").json["broken"]["kind"] == "head"


def test_what_is_logged_after_a_removed_tail_does_not_hide_it(run: Run, logged: str) -> None:
    tamper(f"DELETE FROM audit_entry WHERE id = {length()}")
    run("target", "zero_visit_share", "--value", 0.3, "--reason", "再次调整", "--json")
    assert run("audit", "verify", "--json").status == 1


def cut_the_last_and_the_head() -> str:
    """Known is what was last before; the log that is left holds in itself."""
    known = f"{length()}:{last_digest()}"
    with engine().connect() as connection:
        query = "SELECT previous FROM audit_entry ORDER BY id DESC LIMIT 1"
        before = connection.exec_driver_sql(query).scalar_one()
    tamper(
        f"DELETE FROM audit_entry WHERE id = {length()}",
        f"UPDATE audit_head SET entries = entries - 1, digest = '{before}'",
    )
    set_triggers_again()
    return known


def test_the_last_entry_cut_together_with_the_head_is_missed_by_what_was_written_down(run: Run, logged: str) -> None:
    known = cut_the_last_and_the_head()
    assert run("audit", "verify", "--json").status == 0
    answer = run("audit", "verify", "--known", known, "--json")
    assert answer.status == 1
    assert (answer.json["broken"]["kind"], answer.json["known"]) == ("known", int(known.split(":")[0]))
    assert "已不存在" in answer.json["message"]


def test_entries_written_anew_after_a_cut_are_told_from_those_written_down(run: Run, logged: str) -> None:
    known = cut_the_last_and_the_head()
    for value in (0.25, 0.26):
        run("target", "zero_visit_share", "--value", value, "--reason", "补", "--json")
    answer = run("audit", "verify", "--known", known, "--json")
    with reading() as session:
        numbers = [act.number for act in acts(session)]  # PostgreSQL gives a number that is gone to no other entry
    assert (answer.status, answer.json["broken"]["kind"], answer.json["broken"]["entry"]) == (
        1,
        "known",
        numbers[int(known.split(":")[0]) - 1],
    )


def test_what_was_written_down_fits_a_log_that_only_grew(run: Run, logged: str) -> None:
    known = [f"{length()}:{last_digest()}", f"1:{entry(1).digest[:16].upper()}"]
    run("target", "zero_visit_share", "--value", 0.2, "--reason", "再调整", "--json")
    assert run("audit", "verify", "--known", known[0], "--known", known[1], "--json").status == 0
    assert run("audit", "verify", "--known", f"1:{'0' * 64}", "--json").status == 1


@pytest.mark.parametrize("known", ["", "7", "7:", "7:ab12", "0:" + "a" * 64, "x:" + "a" * 64, "7:" + "g" * 64])
def test_what_is_no_number_and_digest_is_refused(run: Run, district: str, known: str) -> None:
    answer = run("audit", "verify", "--known", known)
    assert answer.status == 2 and "条数:摘要" in answer.stderr


@pytest.mark.embedded
def test_a_backup_tells_which_entry_was_its_last_and_is_held_against_the_log(
    run: Run, logged: str, tmp_path: Path
) -> None:
    audit = run("backup", "--out", tmp_path / "备份.sqlite3", "--json").json["audit"]
    assert audit == {
        "entries": length() - 1,
        "digest": entry(length() - 1).digest,
    }  # the backup itself is entered after
    assert run("audit", "verify", "--backup", tmp_path / "备份.sqlite3", "--json").status == 0
    cut_the_last_and_the_head()
    cut_the_last_and_the_head()
    answer = run("audit", "verify", "--backup", tmp_path / "备份.sqlite3", "--json")
    assert (answer.status, answer.json["known"]) == (1, audit["entries"])
    (tmp_path / "别的").write_text("别的")
    assert run("audit", "verify", "--backup", tmp_path / "别的").status == 2
    assert run("audit", "verify", "--backup", tmp_path / "没有").status == 2


@pytest.mark.parametrize("name", TRIGGERS)
def test_a_trigger_that_is_gone_or_does_nothing_is_named_though_every_entry_holds(
    run: Run, logged: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with engine().begin() as connection:
        take_away(connection, name)
    answer = run("audit", "verify", "--json")
    assert (answer.status, answer.json["whole"], answer.json["broken"], answer.json["unguarded"]) == (
        1,
        False,
        None,
        [name],
    )
    assert name in answer.json["message"]
    with engine().begin() as connection:
        put_another_in_its_place(connection, name)
    assert run("audit", "verify", "--json").json["unguarded"] == [name]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET by = '他人'",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_head",
        "TRUNCATE audit_entry"
        if IS_SERVED
        else "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE id = 1",
    ],
)
def test_the_table_itself_refuses_changes(logged: str, statement: str) -> None:
    with engine().begin() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.exec_driver_sql(statement)


def test_a_command_is_entered_with_the_login_name_of_the_operating_system(
    run: Run, logged: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = pwd.getpwuid(os.getuid()).pw_name
    assert (entry(length()).account or "").startswith(mine)
    monkeypatch.setenv("LOGNAME", "somebody_else")
    monkeypatch.setattr(os, "getlogin", lambda: "zhang")
    run("target", "zero_visit_share", "--value", 0.2, "--reason", "再调整", "--json")
    assert entry(length()).account == (mine if mine == "zhang" else f"{mine}（zhang）")


@pytest.mark.long
def test_entries_of_an_earlier_version_still_hold_and_later_ones_go_on_from_them(empty_database: str) -> None:
    upgrade("0005")
    digest = ""
    insert = text(
        'INSERT INTO audit_entry (at, by, address, action, subject, detail, "before", "after", previous, digest) '
        "VALUES (:at, :by, :address, :action, :subject, '{}', '{\"target\": 1}', '{\"target\": 2}', :previous, :digest)"
    ).bindparams(bindparam("at", type_=DateTime(timezone=True)))
    with engine().begin() as connection:
        for number in (1, 2, 3):
            content = [
                digest,
                f"2023-06-0{number}T01:02:03.000000Z",
                "张伟",
                "10.0.0.5",
                "target",
                f"第{number}次",
                {},
                {"target": 1},
                {"target": 2},
            ]
            previous, digest = digest, hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()
            words = dict(zip(("by", "address", "action", "subject"), content[2:6], strict=True))
            at = datetime(2023, 6, number, 1, 2, 3, tzinfo=UTC)
            connection.execute(insert, {"at": at, **words, "previous": previous, "digest": digest})
        connection.execute(text("UPDATE audit_head SET entries = 3, digest = :digest"), {"digest": digest})
    upgrade()
    assert (verify_log().whole, verify_log().entries) == (True, 3)
    assert entry(2).account is None
    with noting() as session:
        log(session, "sign in", "管理局")
    assert (verify_log().whole, verify_log().entries) == (True, 4)
    tamper("UPDATE audit_entry SET account = 'zhangwei2', unit = '' WHERE id = 2")
    assert verify_log().at == entry(2)


@pytest.mark.long
def test_entries_from_before_the_chain_are_chained_by_the_migration(empty_database: str) -> None:
    upgrade("0003")
    insert = text(
        "INSERT INTO audit_entry (at, by, action, subject, detail) "
        "VALUES (:at, '管理局', 'submit', 'submission 1', :detail)"
    ).bindparams(bindparam("at", type_=DateTime(timezone=True)))
    detail = '{"records": 3, "share": 0.1, "unit": "\\u533a\\u4eba\\u793e\\u5c40", "a": null}'
    with engine().begin() as connection:
        for at in (datetime(2023, 6, 1, 1, 2, 3, 400, UTC), datetime(2023, 6, 1, 1, 2, 4, tzinfo=UTC)):
            connection.execute(insert, {"at": at, "detail": detail})
    upgrade()
    state = verify_log()
    assert (state.whole, state.entries) == (True, 2)
    with noting() as session:
        log(session, "sign in", "管理局")
    assert (verify_log().whole, verify_log().entries) == (True, 3)
