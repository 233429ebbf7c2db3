"""Downloads: evidence comes back as attached, always as a download, and an unknown number gets a sentence."""

from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from frame.files import routes
from services.evidence import attach
from services.progress import assignments


@pytest.fixture
def client(planned_database):
    return TestClient(Starlette(routes=routes()))


def test_evidence_is_sent_byte_for_byte_and_never_shown_in_the_browser(client):
    now = datetime.now(UTC)
    one = assignments(now.date())[0]
    number = attach(one.measure, one.unit, "通知.pdf", b"%PDF-1.7", at=now, by=one.unit)
    sent = client.get(f"/evidence/{number}")
    assert sent.content == b"%PDF-1.7"
    assert sent.headers["content-disposition"].startswith("attachment") and sent.headers["content-type"] == "application/octet-stream"


def test_a_number_without_evidence_gets_a_sentence(client):
    sent = client.get("/evidence/7")
    assert (sent.status_code, sent.text) == (404, "没有编号为 7 的证明材料。")
