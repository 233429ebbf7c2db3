"""Sends a message by the office's mail server or by the robot of a group: the only ways out of the board, and only
where somebody asks for it.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any

import requests

from models.messages import MailServer, NotSentError, Robot

SECONDS = 10
"""To wait for a server."""


def mail_password() -> str:
    return os.environ.get("MAIL_PASSWORD", "")


def robot_address() -> str:
    return os.environ.get("ROBOT_URL", "")


def send_mail(server: MailServer, to: str, subject: str, text: str) -> None:
    """Raises NotSentError."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message["Date"] = formatdate(localtime=True)
    message.set_content(text, charset="utf-8")
    context = ssl.create_default_context()
    try:
        with _connected(server, context) as connection:
            if server.password:
                connection.login(server.sender, server.password)
            connection.send_message(message)
    except (smtplib.SMTPException, OSError, UnicodeError) as problem:
        raise NotSentError(type(problem).__name__) from problem


def _connected(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.encrypted:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    connection.ehlo()
    if connection.has_extn("starttls"):
        connection.starttls(context=context)
    return connection


def push(robot: Robot, text: str) -> None:
    """Raises NotSentError, also where the robot answers that it did not take it."""
    body: dict[str, Any] = {"msgtype": "text", "text": {"content": text}}
    if robot.is_feishu:
        body = {"msg_type": "text", "content": {"text": text}}
    try:
        answer = requests.post(robot.address, json=body, timeout=SECONDS, allow_redirects=False)
        answer.raise_for_status()
        reply = answer.json()
    except (requests.RequestException, ValueError) as problem:
        raise NotSentError(type(problem).__name__) from problem  # its words would tell the address, which holds the key
    code = reply.get("errcode", reply.get("code", 0)) if isinstance(reply, dict) else None
    if answer.status_code != requests.codes.ok or code != 0:
        raise NotSentError(f"{answer.status_code} {code}")
