"""Ways to send words out of the board (邮件, 群机器人): what each needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    MAIL = "mail"
    ROBOT = "robot"

    @property
    def word(self) -> str:
        return {"mail": "邮件", "robot": "群机器人"}[self.value]


@dataclass(frozen=True, slots=True)
class MailServer:
    """The office's own. Without a password nothing is signed in to it."""

    host: str
    port: int
    encrypted: bool
    sender: str
    password: str = ""


@dataclass(frozen=True, slots=True)
class Robot:
    """The robot of a group in the office's messenger; its address holds its key."""

    address: str
    is_feishu: bool


class NotSentError(Exception):
    """The server did not take the message; the text says why."""
