"""The log: one JSON line an event, by numbers, without anything that somebody typed."""

import json
import logging
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from frame.event_log import log_events
from frame.page_runs import page_run
from frame.request_log import RequestLog
from frame.server_errors import ChineseErrors
from frame.session_guard import SessionGuard
from models.people import Person, Role
from services.access.events import LOG, note, timed
from tests.frame.conftest import Lines
from tests.frame.test_shell import ask

UNIT = Person("王华", Role.UNIT, "区人社局", account=7)


def broken(_: object) -> PlainTextResponse:
    raise ValueError("王五 13800000000")


def app(*more: type) -> Starlette:
    layers = [Middleware(layer) for layer in (RequestLog, *more)]
    pages = [Route("/file", lambda _: PlainTextResponse("x")), Route("/broken", broken)]
    return Starlette(routes=pages, middleware=layers)


def test_a_request_has_a_line_with_its_number_time_and_status_and_without_what_it_asks(log_lines: Lines) -> None:
    answer = ask(app(), "/file", "words=身份证")
    (line,) = log_lines()
    assert line["event"] == "request" and line["path"] == "/file" and line["status"] == 200 and line["ms"] >= 0
    assert line["request"] == answer.headers["x-request-id"]
    assert "身份证" not in json.dumps(line, ensure_ascii=False)


def test_what_failed_is_told_by_kind_and_place_under_the_number_that_the_person_sees_and_never_by_its_words(
    log_lines: Lines,
) -> None:
    answer = ask(app(ChineseErrors), "/broken")
    error = next(line for line in log_lines() if line["event"] == "error")
    assert error["error"] == "ValueError" and any("broken" in place for place in error["traceback"][0])
    assert f"编号 {error['request']} " in answer.content.decode()
    assert "13800000000" not in json.dumps(log_lines(), ensure_ascii=False)


def test_a_refused_request_is_an_event_of_its_own(planned_database: str, log_lines: Lines) -> None:
    assert ask(app(SessionGuard), "/files/7").status == 401
    assert [line["event"] for line in log_lines()] == ["request", "refused"]


def test_a_run_of_a_page_tells_the_page_the_time_and_the_account_by_its_number_alone(log_lines: Lines) -> None:
    with page_run("unit", UNIT):
        note("refused", of="form")
    refused, page = log_lines()
    assert page["event"] == "page" and page["page"] == "unit" and page["account"] == 7 and page["ms"] >= 0
    assert refused["request"] == page["request"]
    assert "王华" not in json.dumps([refused, page], ensure_ascii=False)


def test_what_is_timed_is_told_also_where_it_fails(log_lines: Lines) -> None:
    with pytest.raises(ZeroDivisionError), timed("read", outcome="failed"):
        raise ZeroDivisionError
    assert [line["outcome"] for line in log_lines()] == ["failed"]


def test_the_file_of_the_log_is_each_processs_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FILE", str(tmp_path / "log" / "board.jsonl"))
    before = list(LOG.handlers)
    try:
        log_events(8601)
        note("read", outcome="read", ms=1.0)
    finally:
        for handler in [handler for handler in LOG.handlers if handler not in before]:
            LOG.removeHandler(handler)
            handler.close()
    (line,) = (tmp_path / "log" / "board-8601.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["event"] == "read"
    assert logging.getLogger("board").handlers == before
