"""`audit verify` tells a whole log from one that was changed behind the program's back, and names the first wrong
entry.
"""

# ruff: noqa: S608 the test is the attacker

import hashlib
import json
import os
import pwd
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import manage
from data_access.audit import acts
from data_access.audit_guards import SQLITE
from data_access.database import engine, noting, reading, upgrade
from models.audit import LoggedAct
from rules.audit_chain import digest_of
from services.access.audit_log import log
from services.audit.search import verify_log
from tests.commands.conftest import Run

TRIGGERS = tuple(SQLITE)


@pytest.fixture
def logged(run: Run, district: Path) -> Path:
    """Four entries more than the setting up left."""
    for number in range(4):
        assert (
            run(
                "target", "zero_visit_share", "--value", 0.5 + number / 10, "--reason", f"第{number}次", "--json"
            ).status
            == 0
        )
    return district


def tamper(database: Path, *statements: str) -> None:
    """As somebody with the file in hands would: the triggers first."""
    engine().dispose()
    with closing(sqlite3.connect(database)) as connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount == 1
        connection.commit()


def length(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM audit_entry").fetchone()[0])


def entry(number: int) -> LoggedAct:
    with reading() as session:
        return next(act for act in acts(session) if act.number == number)


def last_digest(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return str(connection.execute("SELECT digest FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()[0])


def test_a_log_that_nobody_touched_is_whole(run: Run, logged: Path) -> None:
    answer = run("audit", "verify", "--json")
    assert answer.status == 0
    assert answer.json["whole"] is True
    assert (answer.json["entries"], answer.json["digest"]) == (length(logged), last_digest(logged))


def test_people_read_the_number_of_entries_and_the_last_digest(
    logged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert manage.main(["audit", "verify"]) == 0
    assert (
        capsys.readouterr().out == f"审计日志完整：共 {length(logged)} 条，最后一条的摘要为 {last_digest(logged)}。\n"
    )


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
        "detail = '不是 JSON'",
        "at = 'x'",
        "digest = 'f'",
    ],
)
def test_a_changed_entry_is_named(run: Run, logged: Path, change: str) -> None:
    number = length(logged) - 2
    tamper(logged, f"UPDATE audit_entry SET {change} WHERE id = {number}")
    answer = run("audit", "verify", "--json")
    assert answer.status == 1
    assert (answer.json["broken"]["kind"], answer.json["broken"]["entry"]) == ("changed", number)
    assert answer.json["entries"] == number - 1


def test_a_removed_entry_is_missed_by_the_next(run: Run, logged: Path) -> None:
    number = length(logged) - 2
    tamper(logged, f"DELETE FROM audit_entry WHERE id = {number}")
    answer = run("audit", "verify", "--json")
    assert answer.status == 1
    assert (answer.json["broken"]["kind"], answer.json["broken"]["entry"]) == ("removed", number + 1)


def test_an_inserted_entry_is_named_even_with_a_digest_that_fits(run: Run, logged: Path) -> None:
    number = length(logged) - 2
    before, after = entry(number), entry(number + 1)
    forged = replace(before, subject="他事", previous=before.digest)
    tamper(
        logged,
        f"UPDATE audit_entry SET id = 1000 WHERE id = {number + 2}",
        f"UPDATE audit_entry SET id = 999 WHERE id = {number + 1}",
        'INSERT INTO audit_entry (id, at, by, account, unit, address, action, subject, detail, "after", "before", previous, digest) '  # noqa: E501
        f"SELECT 998, at, by, account, unit, address, action, '他事', detail, \"after\", \"before\", digest, '{digest_of(forged)}' FROM audit_entry WHERE id = {number}",  # noqa: E501
    )
    answer = run("audit", "verify", "--json")
    assert after.previous == before.digest
    assert answer.status == 1
    assert (answer.json["broken"]["kind"], answer.json["broken"]["entry"]) == ("inserted", 998)


def test_a_missing_tail_is_counted(run: Run, logged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = length(logged)
    tamper(logged, f"DELETE FROM audit_entry WHERE id = {number}", f"DELETE FROM audit_entry WHERE id = {number - 1}")
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
def test_a_head_that_was_touched_is_found(run: Run, logged: Path, statement: str) -> None:
    tamper(logged, statement)
    assert run("audit", "verify", "--json").json["broken"]["kind"] == "head"


def test_what_is_logged_after_a_removed_tail_does_not_hide_it(run: Run, logged: Path) -> None:
    tamper(logged, f"DELETE FROM audit_entry WHERE id = {length(logged)}")
    run("target", "zero_visit_share", "--value", 0.3, "--reason", "再次调整", "--json")
    assert run("audit", "verify", "--json").status == 1


def cut_the_last_and_the_head(database: Path) -> str:
    """Known is what was last before; the log that is left holds in itself."""
    known = f"{length(database)}:{last_digest(database)}"
    with closing(sqlite3.connect(database)) as connection:
        before = connection.execute("SELECT previous FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()[0]
    tamper(
        database,
        f"DELETE FROM audit_entry WHERE id = {length(database)}",
        f"UPDATE audit_head SET entries = entries - 1, digest = '{before}'",
    )
    set_triggers_again(database)
    return known


def set_triggers_again(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        for statement in SQLITE.values():
            connection.execute(statement)
        connection.commit()


def test_the_last_entry_cut_together_with_the_head_is_missed_by_what_was_written_down(run: Run, logged: Path) -> None:
    known = cut_the_last_and_the_head(logged)
    assert run("audit", "verify", "--json").status == 0
    answer = run("audit", "verify", "--known", known, "--json")
    assert answer.status == 1
    assert (answer.json["broken"]["kind"], answer.json["known"]) == ("known", int(known.split(":")[0]))
    assert "已不存在" in answer.json["message"]


def test_entries_written_anew_after_a_cut_are_told_from_those_written_down(run: Run, logged: Path) -> None:
    known = cut_the_last_and_the_head(logged)
    for value in (0.25, 0.26):
        run("target", "zero_visit_share", "--value", value, "--reason", "补", "--json")
    answer = run("audit", "verify", "--known", known, "--json")
    assert (answer.status, answer.json["broken"]["kind"], answer.json["broken"]["entry"]) == (
        1,
        "known",
        int(known.split(":")[0]),
    )


def test_what_was_written_down_fits_a_log_that_only_grew(run: Run, logged: Path) -> None:
    known = [f"{length(logged)}:{last_digest(logged)}", f"1:{entry(1).digest[:16].upper()}"]
    run("target", "zero_visit_share", "--value", 0.2, "--reason", "再调整", "--json")
    assert run("audit", "verify", "--known", known[0], "--known", known[1], "--json").status == 0
    assert run("audit", "verify", "--known", f"1:{'0' * 64}", "--json").status == 1


@pytest.mark.parametrize("known", ["", "7", "7:", "7:ab12", "0:" + "a" * 64, "x:" + "a" * 64, "7:" + "g" * 64])
def test_what_is_no_number_and_digest_is_refused(run: Run, district: Path, known: str) -> None:
    answer = run("audit", "verify", "--known", known)
    assert answer.status == 2 and "条数:摘要" in answer.stderr


def test_a_backup_tells_which_entry_was_its_last_and_is_held_against_the_log(
    run: Run, logged: Path, tmp_path: Path
) -> None:
    audit = run("backup", "--out", tmp_path / "备份.sqlite3", "--json").json["audit"]
    assert audit == {
        "entries": length(logged) - 1,
        "digest": entry(length(logged) - 1).digest,
    }  # the backup itself is entered after
    assert run("audit", "verify", "--backup", tmp_path / "备份.sqlite3", "--json").status == 0
    cut_the_last_and_the_head(logged)
    cut_the_last_and_the_head(logged)
    answer = run("audit", "verify", "--backup", tmp_path / "备份.sqlite3", "--json")
    assert (answer.status, answer.json["known"]) == (1, audit["entries"])
    (tmp_path / "别的").write_text("别的")
    assert run("audit", "verify", "--backup", tmp_path / "别的").status == 2
    assert run("audit", "verify", "--backup", tmp_path / "没有").status == 2


@pytest.mark.parametrize("name", TRIGGERS)
def test_a_trigger_that_is_gone_or_does_nothing_is_named_though_every_entry_holds(
    run: Run, logged: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(logged)) as connection:
        connection.execute(f"DROP TRIGGER {name}")
        connection.commit()
    answer = run("audit", "verify", "--json")
    assert (answer.status, answer.json["whole"], answer.json["broken"], answer.json["unguarded"]) == (
        1,
        False,
        None,
        [name],
    )
    assert name in answer.json["message"]
    with closing(sqlite3.connect(logged)) as connection:
        connection.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON audit_entry BEGIN SELECT 1; END")
        connection.commit()
    assert run("audit", "verify", "--json").json["unguarded"] == [name]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET by = '他人'",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_head",
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE id = 1",
    ],
)
def test_the_table_itself_refuses_changes(logged: Path, statement: str) -> None:
    with closing(sqlite3.connect(logged)) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)


def test_a_command_is_entered_with_the_login_name_of_the_operating_system(
    run: Run, logged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = pwd.getpwuid(os.getuid()).pw_name
    assert (entry(length(logged)).account or "").startswith(mine)
    monkeypatch.setenv("LOGNAME", "somebody_else")
    monkeypatch.setattr(os, "getlogin", lambda: "zhang")
    run("target", "zero_visit_share", "--value", 0.2, "--reason", "再调整", "--json")
    assert entry(length(logged)).account == (mine if mine == "zhang" else f"{mine}（zhang）")


def test_entries_of_an_earlier_version_still_hold_and_later_ones_go_on_from_them(empty_database: Path) -> None:
    upgrade("0005")
    engine().dispose()
    digest = ""
    with closing(sqlite3.connect(empty_database)) as connection:
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
            connection.execute(
                'INSERT INTO audit_entry (at, by, address, action, subject, detail, "before", "after", previous, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',  # noqa: E501
                (
                    f"2023-06-0{number} 01:02:03.000000",
                    *content[2:6],
                    "{}",
                    '{"target": 1}',
                    '{"target": 2}',
                    previous,
                    digest,
                ),
            )
        connection.execute("UPDATE audit_head SET entries = 3, digest = ?", (digest,))
        connection.commit()
    upgrade()
    assert (verify_log().whole, verify_log().entries) == (True, 3)
    assert entry(2).account is None
    with noting() as session:
        log(session, "sign in", "管理局")
    assert (verify_log().whole, verify_log().entries) == (True, 4)
    tamper(empty_database, "UPDATE audit_entry SET account = 'zhangwei2', unit = '' WHERE id = 2")
    assert verify_log().at == entry(2)


def test_entries_from_before_the_chain_are_chained_by_the_migration(empty_database: Path) -> None:
    upgrade("0003")
    engine().dispose()
    with closing(sqlite3.connect(empty_database)) as connection:
        for at in ("2023-06-01 01:02:03.000400", "2023-06-01 01:02:04.000000"):
            connection.execute(
                "INSERT INTO audit_entry (at, by, action, subject, detail) VALUES (?, '管理局', 'submit', 'submission 1', ?)",  # noqa: E501
                (at, '{"records": 3, "share": 0.1, "unit": "\\u533a\\u4eba\\u793e\\u5c40", "a": null}'),
            )
        connection.commit()
    upgrade()
    state = verify_log()
    assert (state.whole, state.entries) == (True, 2)
    with noting() as session:
        log(session, "sign in", "管理局")
    assert (verify_log().whole, verify_log().entries) == (True, 3)
