"""Downloads: evidence comes back as attached, always as a download, and an unknown number gets a sentence."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from starlette.requests import Request

from frame.files import download_evidence, routes
from services.milestones.evidence import attach
from services.milestones.progress import assignments


def ask(number):
    request = Request({"type": "http", "method": "GET", "headers": [], "path_params": {"number": str(number)}})
    with ThreadPoolExecutor(1) as thread:  # a browser test may hold this thread's own loop
        return thread.submit(asyncio.run, download_evidence(request)).result()


def test_evidence_is_sent_byte_for_byte_and_never_shown_in_the_browser(planned_database):
    now = datetime.now(UTC)
    assignment = assignments(now.date())[0]
    sent = ask(attach(assignment.measure, assignment.unit, "通知.pdf", b"%PDF-1.7", at=now))
    assert sent.body == b"%PDF-1.7"
    assert (
        sent.headers["content-disposition"].startswith("attachment") and sent.media_type == "application/octet-stream"
    )


def test_a_number_without_evidence_gets_a_sentence(planned_database):
    sent = ask(7)
    assert (sent.status_code, sent.body.decode()) == (404, "没有编号为 7 的证明材料。")


def test_evidence_has_an_address():
    assert "/evidence/{number}" in {route.path for route in routes()}
