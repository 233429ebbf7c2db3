"""Talks: what was said is a record, what was promised a rectification; why there is none is an entry too."""

from dataclasses import replace
from datetime import date

import pytest

from data_access.database import reading
from models.people import Role
from rules.as_of import end_of_day, parse_instant
from services.access.refusal import RefusedRequest
from services.rectifications.ledger import rectifications_as_of
from services.talks.talks import TalkNotes, decline_talk, record_talk, talk_answers, talks_as_of

UNIT, OTHER = "区人社局", "东关街道"
AT, DAY = parse_instant("2023-08-21T16:00"), date(2023, 8, 21)
NOTES = TalkNotes(UNIT, date(2023, 8, 18), "李样、王样", "三项举措通报后仍未办结", "说明原因，限期完成")


def test_a_talk_is_kept_with_what_was_said_and_its_commitments_become_rectifications(district) -> None:
    talk = record_talk(replace(NOTES, promises=[("完成关键词", date(2023, 9, 1))]), at=AT)
    [item] = rectifications_as_of(DAY).rectifications
    assert (item.unit, item.issue, item.course.due) == (UNIT, "完成关键词", date(2023, 9, 1))
    assert item.source == f"instruction:约谈 {talk.number}"
    [stored] = talks_as_of(DAY, UNIT)
    assert (stored.text, stored.attendees, [opened.number for opened in stored.commitments]) == (
        NOTES.text,
        NOTES.attendees,
        [item.number],
    )
    assert talks_as_of(date(2023, 8, 20)) == ()


def test_a_unit_reads_its_own_talks_alone(district, become) -> None:
    record_talk(NOTES, at=AT)
    record_talk(replace(NOTES, unit=OTHER), at=AT)
    become(Role.UNIT, UNIT)
    assert [talk.unit for talk in talks_as_of(DAY)] == [UNIT]


def test_the_last_word_answers_a_suggestion_be_it_a_talk_or_why_there_is_none(district) -> None:
    decline_talk(UNIT, reason="已电话沟通", at=parse_instant("2023-08-17T09:00"))
    assert answer() == "2023-08-17 记录不约谈：已电话沟通"
    record_talk(NOTES, at=AT)
    assert answer() == "2023-08-18 已约谈"
    decline_talk(UNIT, reason="刚约谈过", at=parse_instant("2023-08-21T17:00"))
    assert answer() == "2023-08-21 记录不约谈：刚约谈过"


def answer() -> str:
    with reading() as session:
        [last] = talk_answers(session, end_of_day(DAY)).values()
    return last.words


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: record_talk(replace(NOTES, held_on=date(2023, 8, 22)), at=AT), "不能晚于登记当天"),
        (lambda: record_talk(replace(NOTES, attendees=" "), at=AT), "请写明约谈人和被约谈人"),
        (lambda: record_talk(replace(NOTES, reason=""), at=AT), "请写明约谈事由"),
        (lambda: record_talk(replace(NOTES, text=""), at=AT), "请写明约谈内容"),
        (lambda: record_talk(replace(NOTES, text="长" * 4001), at=AT), "约谈内容最多写 4000 个字"),
        (lambda: record_talk(replace(NOTES, unit="没有局"), at=AT), "单位名册中没有“没有局”"),
        (lambda: record_talk(replace(NOTES, promises=[("改", DAY)]), at=AT), "应晚于立项日期"),
        (lambda: decline_talk(UNIT, reason=" ", at=AT), "请写明不约谈的理由"),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_one_sentence_and_nothing_is_stored(district, act, words) -> None:
    with pytest.raises(RefusedRequest, match=words):
        act()
    assert talks_as_of(DAY) == () and rectifications_as_of(DAY).rectifications == ()
