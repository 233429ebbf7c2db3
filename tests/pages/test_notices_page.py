"""催办: suggestions by unit, a notice sent on screen, opened and received by the unit."""

from datetime import date

import pytest

from models.notices import Level, Suggestion
from models.people import Role
from rules.as_of import parse_instant
from services.notices.notices import notice_of, notices_as_of, send_notice
from services.notices.reminders import reminders_as_of
from tests.pages.filling import press, warnings
from tests.pages.visiting import text_of
from tests.services.notices.servers import robot

DAY, UNIT = date(2023, 8, 22), "柳林街道"
MORNING = parse_instant("2023-08-22T00:01")


def steps():
    [reminder] = reminders_as_of(DAY, UNIT)
    return reminder.steps


@pytest.fixture
def number(visit) -> str:  # noqa: ANN001 the database of the visit
    return send_notice(UNIT, Level.REMIND, [steps()[0].matter.code], reply_by=date(2023, 8, 28), at=MORNING).number


@pytest.mark.long
def test_every_unit_with_something_late_is_listed_with_the_step_suggested(visit):
    shown = text_of(visit("notices"))
    late = [reminder.unit for reminder in reminders_as_of(DAY) if reminder.steps]
    assert f"共 {len(reminders_as_of(DAY))} 个单位" in shown
    assert late[0] in shown and "建议催办" in shown


@pytest.mark.long
def test_a_notice_is_sent_about_what_is_suggested_after_it_was_asked_once_more(visit):
    suggested = [step.matter.code for step in steps() if step.advice.suggestion is Suggestion.REMIND]
    app = press(visit("notices", unit=UNIT), "发出")
    [notice] = notices_as_of(DAY, UNIT)
    assert (notice.level, list(notice.matters), notice.reply_by) == (Level.REMIND, suggested, date(2023, 8, 27))
    assert f"/notice?number={notice.number}" in text_of(app)
    assert {step.advice.suggestion for step in steps()} == {Suggestion.WAIT}


@pytest.mark.long
def test_a_notice_without_a_matter_is_not_sent(visit):
    app = visit("notices", unit=UNIT)
    app.multiselect[-1].set_value([])
    press(app, "发出")
    assert "请至少选择一个事项。" in warnings(app)
    assert notices_as_of(DAY, UNIT) == ()


@pytest.mark.long
def test_why_a_step_is_not_taken_is_an_entry(visit):
    app = visit("notices", unit=UNIT)
    box = next(box for box in app.selectbox if box.label == "不采取的建议")
    box.select_index(0)
    next(field for field in app.text_input if field.label.startswith("理由")).input("已电话沟通")
    press(app, "不采取这一步")
    declined = [step.declined.reason for step in steps() if step.declined]
    assert declined == ["已电话沟通"]
    assert "已电话沟通" in text_of(app)


@pytest.mark.long
def test_words_for_a_message_name_what_is_late(visit):
    [words] = [block.value for block in visit("notices", unit=UNIT).code]
    assert words.startswith(f"{UNIT}：截至2023年8月22日") and steps()[0].matter.title in words


@pytest.mark.long
def test_the_unit_opens_and_receives_it_and_the_sender_sees_when(visit, number, become):
    visit("notice", number=number)
    assert notice_of(number, DAY)[0].opened_at is None  # looked at by the bureau
    become(Role.UNIT, UNIT)
    app = visit("notice", number=number)
    assert notice_of(number, DAY)[0].opened_by == UNIT
    press(app, "签收")
    become(Role.BUREAU)
    notice, _ = notice_of(number, DAY)
    assert notice.received_by == UNIT
    assert "已签收" in text_of(visit("notices"))


@pytest.mark.long
def test_another_unit_sees_nothing_of_it(visit, number, become):
    become(Role.UNIT, "青石镇")
    listed, shown = text_of(visit("notices")), text_of(visit("notice", number=number))
    assert "青石镇" in listed and f"/notice?number={number}" not in listed
    assert "page-head" in shown and UNIT not in shown


@pytest.mark.long
def test_whoever_only_looks_sends_nothing(visit, become):
    become(Role.LEADER)
    app = visit("notices", unit=UNIT)
    assert UNIT in text_of(app) and not app.button


def test_a_notice_is_not_there_before_it_was_sent(visit, number):
    assert f"通知 {number} 在 2023-08-21 尚未发出" in text_of(visit("notice", number=number, as_of="2023-08-21"))


@pytest.mark.long
def test_the_words_for_a_unit_stand_there_to_copy_and_nothing_is_sent_where_nothing_is_set_up(visit):
    app = visit("notices", unit=UNIT)
    assert any(UNIT in block.value for block in app.code)
    assert "填写邮件服务器或启用群机器人后" in text_of(app) and "发送" not in [button.label for button in app.button]


@pytest.mark.long
def test_the_words_are_sent_by_a_group_s_robot_after_they_were_asked_once_more(visit):
    with robot() as taken:
        app = visit("notices", unit=UNIT)
        next(area for area in app.text_area if area.label == "发送的内容").input("请尽快办理")
        shown = text_of(press(app, "发送"))
    assert taken == [{"msgtype": "text", "text": {"content": "请尽快办理"}}]
    assert f"已由群机器人发送{UNIT}的通知用语" in shown
