"""A mail server and a group's robot at this machine, that keep what they are sent; the settings that lead to them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from socket import socket
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from data_access.database import writing
from data_access.settings import set_setting


@dataclass
class Mailbox:
    """What the mail server took. `refuses`: it takes nothing."""

    refuses: bool = False
    letters: list[tuple[str, str, EmailMessage]] = field(default_factory=list)  # from, to, letter

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 the library's name
        if self.refuses:
            return "554 no"
        letter = message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)
        self.letters.append((envelope.mail_from, envelope.rcpt_tos[0], letter))
        return "250 OK"


def configure(values: Mapping[str, Any]) -> None:
    with writing() as session:
        for name, value in values.items():
            set_setting(session, name, value, since=None, reason="试", by="管理局")


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(*, refuses: bool = False) -> Iterator[Mailbox]:
    """The board's settings lead to it while it runs."""
    mailbox = Mailbox(refuses)
    port = _free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    configure({"mail_host": "127.0.0.1", "mail_port": port, "mail_encrypted": False, "mail_sender": "ducha@example.cn"})
    try:
        yield mailbox
    finally:
        controller.stop()


@contextmanager
def robot(answer: Mapping[str, Any] | None = None, status: int = 200) -> Iterator[list[Any]]:
    """What it was sent; the board's settings lead to it while it runs."""
    taken: list[Any] = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer or {"errcode": 0}).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Taker)
    Thread(target=server.serve_forever, daemon=True).start()
    configure({"robot": True})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROBOT_URL", f"http://127.0.0.1:{server.server_port}/send?key=secret")
        try:
            yield taken
        finally:
            server.shutdown()
            server.server_close()
