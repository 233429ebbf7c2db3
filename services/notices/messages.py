"""The words for a unit sent by the office's mail server or a group's robot: off until set up, and only when a person
sends them. Every sending is in the log.
"""

from __future__ import annotations

import re

from data_access.database import Session, noting, reading
from data_access.messengers import mail_password, push, robot_address
from data_access.messengers import send_mail as mail
from models.messages import MailServer, NotSentError, Robot, Way
from services.access.audit_log import log
from services.access.clock import present
from services.access.permission import WHO_SUPERVISES, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import district_state
from services.figures.unit_names import unit_id_named

ADDRESS = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,190}")
LONGEST = 4000
"""Characters of a message; robots take little more."""


@requires_role(*WHO_SUPERVISES)
def ways_to_send() -> tuple[Way, ...]:
    """Return the ways that are set up; none by default."""
    with reading() as session:
        mail_server, robot = _mail_server(session), _robot(session)
    return tuple(way for way, there in ((Way.MAIL, mail_server), (Way.ROBOT, robot)) if there is not None)


@requires_role(*WHO_SUPERVISES)
def send_message(unit: str, way: Way, text: str, *, to: str = "") -> None:
    """Send the words for a unit; `to`: the address of a mail. Raises RefusedRequest where they could not be sent."""
    if not text.strip():
        raise RefusedRequest("请写明要发送的内容。")
    if len(text) > LONGEST:
        raise RefusedRequest(f"最多发送 {LONGEST} 个字，现有 {len(text)} 个字，请精简。")
    with reading() as session:
        state = district_state(session, present())
        name = state.plan.units[unit_id_named(state, unit)].name
        server, robot = _mail_server(session), _robot(session)
    match way:
        case Way.MAIL:
            _mail(server, to.strip(), f"{name}：政务服务督查事项", text)
        case Way.ROBOT:
            _push(robot, text)
    with noting() as session:
        log(session, "send message", name, detail={"way": way.value, "to": to.strip(), "text": text})


def _mail(server: MailServer | None, to: str, subject: str, text: str) -> None:
    if server is None:
        raise RefusedRequest("尚未设置邮件服务器和发件地址，请在“设置”中填写。")
    if ADDRESS.fullmatch(to) is None:
        raise RefusedRequest(f"“{to}”不是邮件地址，应形如 name@example.cn。")
    try:
        mail(server, to, subject, text)
    except NotSentError as problem:
        raise RefusedRequest(
            f"邮件没有发出：服务器 {server.host} 未受理（{problem}），请检查设置或稍后再发。"
        ) from problem


def _push(robot: Robot | None, text: str) -> None:
    if robot is None:
        raise RefusedRequest("尚未启用群机器人，或没有用环境变量 ROBOT_URL 给出机器人地址。")
    try:
        push(robot, text)
    except NotSentError as problem:
        raise RefusedRequest(f"群机器人没有发出：对方未受理（{problem}），请检查机器人地址或稍后再发。") from problem


def _mail_server(session: Session) -> MailServer | None:
    settings = district_state(session, present()).settings
    if not (settings["mail_host"] and settings["mail_sender"]):
        return None
    return MailServer(
        settings["mail_host"],
        int(settings["mail_port"]),
        bool(settings["mail_encrypted"]),
        settings["mail_sender"],
        mail_password(),
    )


def _robot(session: Session) -> Robot | None:
    settings = district_state(session, present()).settings
    if not settings["robot"] or not robot_address().startswith(("https://", "http://")):
        return None
    return Robot(robot_address(), bool(settings["robot_is_feishu"]))
