"""The chain of the audit log, in which each entry's digest covers the one before: from entries and head to the first
break.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from models.audit import LoggedAct

RECENT = 1000
"""So many entries are remembered, to name the first of those put in rather than where the chain goes on after them."""


class Break(StrEnum):
    """What is wrong where the chain breaks."""

    CHANGED = "changed"
    REMOVED = "removed"  # before the entry named
    INSERTED = "inserted"
    TAIL = "tail"  # entries at the end are missing
    HEAD = "head"  # the head is gone or was changed
    KNOWN = "known"  # an entry kept elsewhere is not here, or is another


@dataclass(frozen=True)
class ChainState:
    """`entries` that hold, from the first, and the `digest` of the last of them; `broken` None where all do.

    `at` is the entry where it shows; None for what is missing after the last. `expected`: entries that the head tells
    of. `known`: which entry kept elsewhere does not fit. `unguarded`: triggers of the database that should refuse
    changes and do not.
    """

    entries: int
    digest: str
    expected: int | None = None
    broken: Break | None = None
    at: LoggedAct | None = None
    known: int | None = None
    unguarded: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        return self.broken is None and not self.unguarded


def plain(value: Any) -> Any:
    """Return the value as it comes back from a JSON column: tuples become lists, days and times their ISO words."""
    return json.loads(json.dumps(value, ensure_ascii=False, allow_nan=False, default=_in_words))


def _in_words(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def digest_of(act: LoggedAct) -> str:
    """Return SHA-256, in hexadecimal, of previous digest and content as canonical JSON: keys in order, ASCII, no
    spaces, UTC.

    An entry from before account and unit were kept has neither, and the shorter form that it was chained with.
    """
    content = [
        act.previous,
        _instant(act.at),
        act.by,
        act.address,
        act.action,
        act.subject,
        act.detail,
        act.before,
        act.after,
    ]
    if (act.account, act.unit) != (None, None):
        content += [act.account, act.unit]
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    ).hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def verified(
    acts: Iterable[LoggedAct], head: tuple[int, str] | None, known: Collection[tuple[int, str]] = ()
) -> ChainState:
    """Return what is wrong with the chain of acts in the order of the table; `head`: how many there must be and the
    digest of the last, None where it is gone.

    `known`: the number of an entry, and how its digest begins, as it was noted elsewhere.
    """
    expected = head[0] if head else None
    number, last, recent, rest = 0, "", deque[LoggedAct](maxlen=RECENT), iter(acts)
    for act in rest:
        if act.previous != last or act.digest != digest_of(act):
            return ChainState(number, last, expected, *_where(act, last, recent, next(rest, None)))
        number, last = number + 1, act.digest
        recent.append(act)
        if not all(last.startswith(digest) for place, digest in known if place == number):
            return ChainState(number - 1, act.previous, expected, Break.KNOWN, act, number)
    missing = min((place for place, _ in known if place > number), default=None)
    if head == (number, last):
        return ChainState(number, last, expected, Break.KNOWN if missing else None, known=missing)
    if head is None or head[0] > number:
        return ChainState(number, last, expected, Break.HEAD if head is None else Break.TAIL)
    put_in = _after(head[1], recent)
    return ChainState(number, last, expected, Break.INSERTED if put_in else Break.HEAD, put_in)


def _where(
    act: LoggedAct, last: str, recent: Sequence[LoggedAct], following: LoggedAct | None
) -> tuple[Break, LoggedAct]:
    if act.previous == last or digest_of(replace(act, previous=last)) == act.digest:
        return Break.CHANGED, act
    put_in = _after(act.previous, recent)
    if put_in is not None:
        return Break.INSERTED, put_in
    return (Break.INSERTED if following is not None and following.previous == last else Break.REMOVED), act


def _after(digest: str, recent: Sequence[LoggedAct]) -> LoggedAct | None:
    """The first that follows the entry of this digest."""
    return next((act for act in recent if act.previous == digest), None)
