"""/healthz, /readyz and /metrics: for machines, and nothing of the district in them."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

import services.operations.readiness as readiness
from data_access.database import downgrade
from data_access.room import DiskRoom
from frame.health import routes
from frame.metrics import count_events
from frame.server_errors import ChineseErrors
from frame.session_guard import SessionGuard
from services.access.events import note
from tests.frame.test_shell import Answer, ask


def answer_to(path: str, **headers: str) -> Answer:
    return ask(
        Starlette(routes=routes(), middleware=[Middleware(ChineseErrors), Middleware(SessionGuard)]), path, **headers
    )


def test_nobody_has_to_sign_in_to_ask_whether_the_process_lives(planned_database: str) -> None:
    answer = answer_to("/healthz")
    assert (answer.status, answer.content) == (200, b"ok")


def test_a_board_that_can_be_used_is_ready(planned_database: str) -> None:
    answer = answer_to("/readyz")
    assert answer.status == 200
    assert answer.content == b'{"ready":true,"database":true,"migration":true,"room":true,"answers":true}'


def test_without_a_database_it_is_not_ready(empty_database: str) -> None:
    answer = answer_to("/readyz")
    assert answer.status == 503 and b'"database":false' in answer.content


def test_with_tables_of_another_version_it_is_not_ready(planned_database: str) -> None:
    downgrade("-1")
    answer = answer_to("/readyz")
    assert answer.status == 503 and b'"migration":false' in answer.content


def test_on_a_full_disk_it_is_not_ready(planned_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "room_of_database", lambda: DiskRoom(10**12, 10**6))
    answer = answer_to("/readyz")
    assert answer.status == 503 and b'"room":false' in answer.content


def test_what_happens_is_counted(planned_database: str) -> None:
    count_events()
    note("page", page="unit", ms=12.0)
    note("refused", of="form")
    note("visit opened")
    content = answer_to("/metrics").content.decode()
    assert 'board_page_seconds_count{page="unit"} 1.0' in content
    assert 'board_refusals_total{of="form"} 1.0' in content
    assert (
        "board_open_visits 1.0" in content and "board_writers 0.0" in content and "board_disk_used_share 0." in content
    )


def test_what_is_counted_is_for_this_machine_or_whoever_has_the_token(
    planned_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer_to("/metrics").status == 200
    assert answer_to("/metrics", x_forwarded_for="10.0.0.7").status == 404
    assert answer_to("/metrics", x_forwarded_for="10.0.0.7", authorization="Bearer ").status == 404
    monkeypatch.setenv("METRICS_TOKEN", "long-and-secret")
    assert answer_to("/metrics", x_forwarded_for="10.0.0.7", authorization="Bearer wrong").status == 404
    assert answer_to("/metrics", x_forwarded_for="10.0.0.7", authorization="Bearer long-and-secret").status == 200
