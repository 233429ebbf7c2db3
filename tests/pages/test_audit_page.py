"""审计日志: what was done stands there in words, found by what the address says; the state of the chain is on top."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from data_access.database import engine
from models.people import Role
from rules.as_of import parse_instant
from services.audit.search import log_length
from services.plan.decisions import set_target, settle
from tests.engines import IS_SERVED
from tests.pages.visiting import open_page, text_of


@pytest.fixture
def look(planned_database: str) -> Iterator[Callable[..., AppTest]]:
    """The page of a district in which a target was set and a doubt settled."""
    at = parse_instant("2023-07-03T10:00")
    set_target("help_on_time_rate", target=0.9, baseline=None, reason="按月推进", at=at)
    settle("2.1", deadline=None, unit_words=["区人社局"], reason="会议确定13912345678", at=at)
    yield lambda **query: open_page("audit", **query)
    engine().dispose()


def take_away(table: str, trigger: str) -> None:
    with engine().begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger} ON {table}" if IS_SERVED else f"DROP TRIGGER {trigger}")


def test_every_change_stands_there_with_before_after_and_reason(look: Callable[..., AppTest]) -> None:
    shown = text_of(look())
    assert "目标：1 → 0.9" in shown
    assert "理由：按月推进" in shown
    assert "7.1.1 帮办按时办结率" in shown


def test_the_chain_is_whole_and_says_how_long_it_is(look: Callable[..., AppTest]) -> None:
    assert "审计日志完整：共" in text_of(look())


def test_number_and_digest_of_the_last_entry_are_there_to_be_written_down(look: Callable[..., AppTest]) -> None:
    entries, digest = log_length()
    assert f"{entries}:{digest[:16]}<" in text_of(look())


def test_a_missing_trigger_is_told_on_top(look: Callable[..., AppTest]) -> None:
    take_away("audit_entry", trigger := "audit_entry_no_truncate" if IS_SERVED else "audit_entry_no_delete")
    assert f"触发器缺失或被换掉：{trigger}" in text_of(look())


def test_a_changed_entry_is_told_on_top(look: Callable[..., AppTest]) -> None:
    take_away("audit_entry", "audit_entry_no_change" if IS_SERVED else "audit_entry_no_update")
    with engine().begin() as connection:
        connection.exec_driver_sql("UPDATE audit_entry SET by = '他人' WHERE id = 1")
    assert "审计日志不完整：前 0 条相符，编号 1 的条目" in text_of(look())


def test_the_address_says_what_is_looked_for(look: Callable[..., AppTest]) -> None:
    shown = text_of(look(words="按月推进", action="target"))
    assert "目标：1 → 0.9" in shown
    assert "会议确定" not in shown


def test_what_is_not_there_gets_a_sentence(look: Callable[..., AppTest]) -> None:
    assert "没有符合条件的条目" in text_of(look(words="无此事"))


@pytest.mark.parametrize(
    "query", [{"from": "不是日期"}, {"action": "drop table"}, {"before": "-1"}, {"to": "2023-02-31"}]
)
def test_an_address_that_makes_no_sense_shows_the_log(look: Callable[..., AppTest], query: dict[str, str]) -> None:
    assert "目标：1 → 0.9" in text_of(look(**query))


def test_a_number_written_into_a_reason_is_masked(look: Callable[..., AppTest]) -> None:
    shown = text_of(look())
    assert "139****5678" in shown
    assert "13912345678" not in shown


@pytest.mark.parametrize("role", [Role.LEADER, Role.UNIT])
def test_the_page_is_not_for_a_leader_or_a_unit(
    look: Callable[..., AppTest], become: Callable[..., None], role: Role
) -> None:
    become(role, "区人社局" if role is Role.UNIT else None)
    shown = text_of(look())
    assert f"{role.word}不能办理此事" in shown and "目标：1 → 0.9" not in shown
