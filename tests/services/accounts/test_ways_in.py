"""Whoever starts the board is told how to enter it."""

import os
from pathlib import Path

import pytest

from data_access.database import embedded_path, is_initialised, writing
from data_access.settings import set_setting
from manage import main
from services.accounts.register import add_account
from services.accounts.ways_in import OPEN_TO_VISITORS, how_to_enter
from services.operations.start_up import begin_to_serve


def test_without_accounts_the_command_for_the_first_one_is_told(district):
    assert "manage.py account add" in how_to_enter()


def test_with_accounts_they_are_the_way_in(district):
    add_account("jia", "甲", "bureau")
    assert how_to_enter() == "打开网址后用账号登录。"


def test_in_the_sample_district_a_part_to_play_is(district):
    with writing() as session:
        set_setting(session, "sample_data", True, since=None, reason="试", by="试")
    assert "演示身份" in how_to_enter()


def test_a_real_account_in_a_sample_is_made_and_the_command_says_who_else_gets_in(district, capsys):
    assert main(["account", "add", "jia", "--person", "甲", "--role", "bureau"]) == 0
    assert OPEN_TO_VISITORS not in capsys.readouterr().out
    with writing() as session:
        set_setting(session, "sample_data", True, since=None, reason="试", by="试")
    assert main(["account", "add", "yi", "--person", "乙", "--role", "bureau"]) == 0
    assert OPEN_TO_VISITORS in capsys.readouterr().out
    assert "演示身份" in how_to_enter()


def test_a_database_that_was_never_made_is_known(empty_database):
    assert begin_to_serve() is None
    path = embedded_path()
    assert not is_initialised() and (path is None or not path.exists())


@pytest.mark.embedded
def test_what_is_served_is_closed_to_others_on_the_machine(district):
    path = Path(os.environ["DATABASE_URL"].removeprefix("sqlite:///"))
    path.chmod(0o644)
    assert begin_to_serve() == []
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_log_whose_end_was_cut_off_is_said_at_the_start(district):
    with writing() as session:
        session.connection().exec_driver_sql("UPDATE audit_head SET digest = 'x'")
    assert any("审计日志" in line for line in begin_to_serve() or [])
