"""A leader's written words: entered, a rectification for each unit that has to act, and so a matter like any other."""

from dataclasses import replace
from datetime import date

import pytest

from models.instructions import Subject
from models.notices import MatterKind
from models.people import Role
from rules.as_of import parse_instant
from services.access.refusal import RefusedRequest
from services.instructions.instructions import InstructionNotes, enter_instruction, instructions_as_of
from services.notices.reminders import reminders_as_of
from services.rectifications.ledger import rectifications_as_of

UNIT, OTHER = "区人社局", "东关街道"
AT, DAY = parse_instant("2023-08-21T16:00"), date(2023, 8, 21)
NOTES = InstructionNotes("区长", DAY, "请抓紧整改", Subject.LAMP, [UNIT], date(2023, 8, 31), "1.2.1")


def test_words_on_a_lamp_become_a_rectification_about_its_measure(district) -> None:
    entered = enter_instruction(NOTES, at=AT)
    [item] = rectifications_as_of(DAY).rectifications
    assert (item.unit, item.issue, item.measure, item.course.due) == (
        UNIT,
        "区长批示：请抓紧整改",
        "1.2.1",
        NOTES.due,
    )
    assert item.source == f"instruction:批示 {entered.number}"
    [instruction] = instructions_as_of(DAY)
    assert [opened.number for opened in instruction.rectifications] == [item.number]
    assert (instruction.text, instruction.leader, instruction.by) == ("请抓紧整改", "区长", "管理局")


def test_they_are_a_matter_of_the_unit_once_their_day_is_near_or_over(district) -> None:
    enter_instruction(NOTES, at=AT)
    [reminder] = reminders_as_of(date(2023, 9, 1), UNIT)
    [step] = [step for step in reminder.steps if step.matter.kind is MatterKind.RECTIFICATION]
    assert (step.matter.due, step.matter.title) == (NOTES.due, "区长批示：请抓紧整改")


def test_a_leader_may_enter_the_own_words_and_each_unit_sees_those_that_bind_it_alone(district, become) -> None:
    become(Role.LEADER)
    enter_instruction(replace(NOTES, subject=Subject.UNIT, about="", units=[UNIT, OTHER]), at=AT)
    assert [item.unit for item in rectifications_as_of(DAY).rectifications] == [UNIT, OTHER]
    become(Role.UNIT, OTHER)
    [entered] = instructions_as_of(DAY)
    assert (entered.units, [opened.unit for opened in entered.rectifications]) == ((OTHER,), [OTHER])
    become(Role.UNIT, "区住建局")
    assert instructions_as_of(DAY) == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"leader": " "}, "请写明批示领导"),
        ({"units": [UNIT, "三维数字中心"]}, "三维数字中心不承担举措 1.2.1，没有这盏灯"),
        ({"text": ""}, "请写明批示内容"),
        ({"text": "长" * 1901}, "最多写 1900 个字"),
        ({"written_on": date(2023, 8, 22)}, "不能晚于登记当天"),
        ({"units": []}, "请至少选择一个办理单位"),
        ({"units": ["没有局"]}, "单位名册中没有“没有局”"),
        ({"about": "9.9.9"}, "方案中没有举措“9.9.9”"),
        ({"subject": Subject.BULLETIN, "about": "2023-1"}, "没有编号为 2023-1 的已印发通报"),
        ({"due": DAY}, "应晚于立项日期"),
    ],
)
def test_what_cannot_be_entered_is_refused_in_one_sentence_and_nothing_is_stored(district, changes, words) -> None:
    with pytest.raises(RefusedRequest, match=words):
        enter_instruction(replace(NOTES, **changes), at=AT)
    assert instructions_as_of(DAY) == () and rectifications_as_of(DAY).rectifications == ()
