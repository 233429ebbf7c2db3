"""From events to the octets of an iCalendar object. Source: RFC 5545; supervision.md 5.4.

Written here and not by a library, because the same day must give the same bytes for ever; the tests read what is
written with the icalendar library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from models.deadline_calendar import DeadlineEvent
from rules.as_of import SHANGHAI

LONGEST_LINE = 75  # octets, without the line break (3.1)
ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
PRODUCT = "-//Government Services Supervision Board//Deadlines//ZH"
ALARM = "-PT15H"  # 09:00 of the day before


def icalendar(events: Iterable[DeadlineEvent], name: str, description: str, as_of: date) -> bytes:
    """Return a calendar of these events as published at the beginning of a Shanghai day."""
    stamp = f"{datetime.combine(as_of, time(), SHANGHAI).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        f"X-WR-CALDESC:{escaped(description)}",
        *(line for event in events for line in _event_lines(event, stamp)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def _event_lines(event: DeadlineEvent, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield "TRANSP:TRANSPARENT"
    yield f"STATUS:{event.status}"
    yield f"SUMMARY:{escaped(event.summary)}"
    yield f"DESCRIPTION:{escaped(event.description)}"
    if event.is_open and not event.is_cancelled:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"TRIGGER:{ALARM}"
        yield f"DESCRIPTION:{escaped(event.summary)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Return a TEXT value (3.3.11); line breaks become \\n, other control characters are left out."""
    plain = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(ESCAPED.get(character, character) for character in plain)


def folded(line: str) -> bytes:
    """Return the line in UTF-8 with its CRLF, cut at 75 octets and never inside a character."""
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            pieces.append(piece)
            piece = b" "  # a continuation begins with a blank, which counts
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
