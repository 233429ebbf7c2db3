"""What is written is what the icalendar library reads, byte for byte the same for the same day."""

from datetime import UTC, date, datetime, timedelta

import icalendar as library
from hypothesis import given
from hypothesis import strategies as st

from models.deadline_calendar import DeadlineEvent, EventKind
from rules.deadline_calendar.icalendar_text import LONGEST_LINE, escaped, folded, icalendar

AS_OF = date(2023, 8, 22)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=200)


def event(**changed: object) -> DeadlineEvent:
    given = {
        "kind": EventKind.TASK,
        "code": "1.2",
        "unit_number": 7,
        "day": date(2023, 8, 31),
        "sequence": 0,
        "summary": "任务 1.2 完成时限",
        "description": "1.2.1 推进中；1.2.2 临期，\n请按期报送",
        "is_open": True,
    }
    return DeadlineEvent(**(given | changed))  # type: ignore[arg-type]


def read(content: bytes) -> tuple[library.Calendar, list[library.Event]]:
    calendar = library.Calendar.from_ical(content)
    return calendar, list(calendar.walk("VEVENT"))


def test_an_event_lasts_one_day_floats_and_blocks_nothing() -> None:
    calendar, [read_event] = read(icalendar([event()], "区人社局", "待办 2 件", AS_OF))
    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "PUBLISH")
    assert str(calendar["X-WR-CALNAME"]) == "区人社局"
    assert read_event["DTSTART"].dt == date(2023, 8, 31)
    assert read_event["DTEND"].dt == date(2023, 9, 1)
    assert str(read_event["TRANSP"]) == "TRANSPARENT"
    assert str(read_event["UID"]) == "task-1.2-7"


def test_the_stamp_is_the_beginning_of_the_day_in_shanghai_told_in_utc() -> None:
    _, [read_event] = read(icalendar([event()], "甲", "", AS_OF))
    assert read_event["DTSTAMP"].dt == datetime(2023, 8, 21, 16, tzinfo=UTC)


def test_an_open_matter_rings_at_nine_on_the_day_before() -> None:
    _, [read_event] = read(icalendar([event()], "甲", "", AS_OF))
    [alarm] = read_event.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=-15)


def test_nothing_rings_for_what_is_done_or_cancelled() -> None:
    content = icalendar([event(is_open=False), event(code="1.3", is_cancelled=True)], "甲", "", AS_OF)
    _, events = read(content)
    assert [len(event.walk("VALARM")) for event in events] == [0, 0]
    assert [str(event["STATUS"]) for event in events] == ["CONFIRMED", "CANCELLED"]


def test_a_moved_day_keeps_its_uid_and_raises_its_sequence() -> None:
    before, after = event(), event(day=date(2023, 9, 30), sequence=1)
    assert before.uid == after.uid
    _, [moved] = read(icalendar([after], "甲", "", AS_OF))
    assert moved["SEQUENCE"] == 1


@given(summary=TEXT, description=TEXT)
def test_any_text_is_read_back_as_it_was_written(summary: str, description: str) -> None:
    _, [read_event] = read(icalendar([event(summary=summary, description=description)], "甲", "", AS_OF))
    plain = {ord(character): None for character in "\t"}
    assert str(read_event["SUMMARY"]) == summary.translate(plain)
    assert str(read_event["DESCRIPTION"]) == description.translate(plain)


@given(line=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_no_line_is_longer_than_75_octets_and_no_character_is_cut(line: str) -> None:
    lines = folded(line).decode().removesuffix("\r\n").split("\r\n")
    assert all(len(piece.encode()) <= LONGEST_LINE for piece in lines)
    assert "".join([lines[0], *(piece[1:] for piece in lines[1:])]) == line
    assert all(piece.startswith(" ") for piece in lines[1:])


def test_separators_and_line_breaks_are_escaped() -> None:
    assert escaped("甲;乙,丙\\丁\r\n戊\x07") == "甲\\;乙\\,丙\\\\丁\\n戊"


def test_the_same_events_on_the_same_day_give_the_same_bytes() -> None:
    events = [event(), event(code="1.3", day=date(2023, 9, 1))]
    assert icalendar(events, "甲", "乙", AS_OF) == icalendar(events, "甲", "乙", AS_OF)
    assert icalendar(events, "甲", "乙", AS_OF) != icalendar(events, "甲", "乙", AS_OF + timedelta(days=1))
