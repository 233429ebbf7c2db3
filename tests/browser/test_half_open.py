"""Requests that stop coming, to the running board: it does not wait for them, and goes on answering others."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from frame.half_open import BODY_SECONDS, HEAD_SECONDS, LOOKED_AT_EVERY
from tests.browser.entering import Caller, demonstrator
from tests.browser.streaming import tab_of

pytestmark = pytest.mark.long

GRACE = 30


def seconds_until_closed(address: str, sent: bytes) -> float:
    """How long the server keeps a connection on which nothing follows."""
    url, begun = urlsplit(address), time.monotonic()
    with socket.create_connection((url.hostname, url.port), timeout=BODY_SECONDS + 3 * GRACE) as line:
        line.sendall(sent)
        try:
            while line.recv(65536):
                pass
        except ConnectionResetError:
            pass
    return time.monotonic() - begun


def test_half_a_request_is_not_waited_for_and_nobody_else_waits(server: str) -> None:
    host = urlsplit(server).netloc.encode()
    head = b"POST /login HTTP/1.1\r\nHost: " + host + b"\r\nOrigin: http://" + host
    head += b"\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    halves = {
        b"": HEAD_SECONDS,
        b"GET /login HT": HEAD_SECONDS,
        head: HEAD_SECONDS,
        head + b"Content-Length: 100\r\n\r\nname=": BODY_SECONDS,
    }
    without_length = head + b"Transfer-Encoding: chunked\r\n\r\n5\r\nna"
    with ThreadPoolExecutor(len(halves) + 1) as lines:
        *waited, unawaited = lines.map(lambda sent: seconds_until_closed(server, sent), [*halves, without_length])
        assert Caller(server).ask("/login").status == 200
    for seconds, limit in zip(waited, halves.values(), strict=True):  # an answer at once would be no time-out
        assert limit <= seconds < limit + LOOKED_AT_EVERY + GRACE
    assert unawaited < BODY_SECONDS  # a form that does not say its length is answered without its body


def test_a_websocket_on_which_nothing_is_said_is_none_of_them(server: str) -> None:
    with tab_of(demonstrator(server)) as tab:
        time.sleep(HEAD_SECONDS + LOOKED_AT_EVERY + 1)
        assert "方案" in tab.ask("plan")
