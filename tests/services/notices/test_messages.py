"""Words sent by mail or a group's robot: off by default, to real servers at this machine, refused in one sentence."""

from datetime import date

import pytest

from models.audit import AuditQuestion
from models.messages import Way
from services.access.refusal import RefusedRequest
from services.audit.search import find_acts
from services.notices.messages import LONGEST, send_message, ways_to_send
from tests.services.notices.servers import configure, mail_server, robot

UNIT, TO = "区人社局", "renshe@example.cn"
WORDS = "区人社局：截至2023年8月22日，贵单位有以下事项需办理：\n1. 举措 1.2.1（期限 2023-07-30）"


def test_nothing_can_be_sent_until_somebody_sets_it_up(district) -> None:
    assert ways_to_send() == ()
    with pytest.raises(RefusedRequest, match="尚未设置邮件服务器"):
        send_message(UNIT, Way.MAIL, WORDS, to=TO)
    with pytest.raises(RefusedRequest, match="尚未启用群机器人"):
        send_message(UNIT, Way.ROBOT, WORDS)


def test_a_mail_reaches_the_address_typed_with_these_words(district) -> None:
    with mail_server() as mailbox:
        assert ways_to_send() == (Way.MAIL,)
        send_message(UNIT, Way.MAIL, WORDS, to=TO)
    [(sender, to, letter)] = mailbox.letters
    assert (sender, to, letter["Subject"]) == ("ducha@example.cn", TO, "区人社局：政务服务督查事项")
    assert letter.get_content().replace("\r\n", "\n").strip() == WORDS


@pytest.mark.parametrize("is_feishu", [False, True])
def test_a_robot_is_sent_the_words_in_its_own_form(district, is_feishu) -> None:
    with robot({"code": 0} if is_feishu else {"errcode": 0}) as taken:
        configure({"robot_is_feishu": is_feishu})
        assert ways_to_send() == (Way.ROBOT,)
        send_message(UNIT, Way.ROBOT, WORDS)
    expected = (
        {"msg_type": "text", "content": {"text": WORDS}}
        if is_feishu
        else {"msgtype": "text", "text": {"content": WORDS}}
    )
    assert taken == [expected]


def test_what_was_sent_stands_in_the_log_without_the_key(district) -> None:
    with robot():
        send_message(UNIT, Way.ROBOT, WORDS)
    act = find_acts(AuditQuestion(action="send message")).acts[0]
    assert (act.subject, act.detail) == (UNIT, {"way": "robot", "to": "", "text": WORDS})


@pytest.mark.long
def test_a_server_that_does_not_take_it_or_is_not_there_is_told_and_nothing_is_logged(district) -> None:
    with mail_server(refuses=True), pytest.raises(RefusedRequest, match="邮件没有发出：服务器 127.0.0.1 未受理"):
        send_message(UNIT, Way.MAIL, WORDS, to=TO)
    with pytest.raises(RefusedRequest, match="邮件没有发出"):  # it has stopped
        send_message(UNIT, Way.MAIL, WORDS, to=TO)
    for answer, status in (({"errcode": 310000}, 200), ({}, 500), ({}, 302)):
        with robot(answer, status), pytest.raises(RefusedRequest, match="群机器人没有发出") as refused:
            send_message(UNIT, Way.ROBOT, WORDS)
        assert "secret" not in str(refused.value)
    assert not find_acts(AuditQuestion(action="send message")).acts


@pytest.mark.parametrize("to", ["", "renshe", "a@b.cn, c@d.cn", "a@b.cn\nBcc: c@d.cn", "<a@b.cn>"])
def test_what_is_no_address_is_refused(district, to) -> None:
    with mail_server() as mailbox, pytest.raises(RefusedRequest, match="不是邮件地址"):
        send_message(UNIT, Way.MAIL, WORDS, to=to)
    assert mailbox.letters == []


@pytest.mark.parametrize(("text", "words"), [(" ", "请写明"), ("长" * (LONGEST + 1), f"最多发送 {LONGEST} 个字")])
def test_nothing_and_too_much_are_refused(district, text, words) -> None:
    with pytest.raises(RefusedRequest, match=words):
        send_message(UNIT, Way.ROBOT, text)


def test_an_unknown_unit_is_refused(district) -> None:
    with pytest.raises(RefusedRequest, match="单位名册中没有"):
        send_message("没有局", Way.ROBOT, f"{date(2023, 8, 22)}")
