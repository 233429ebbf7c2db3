"""The chain of the audit log: each entry's digest covers the one before; entries and head in, the first break out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from models.audit import LoggedAct


class Break(StrEnum):
    """What is wrong where the chain breaks."""

    CHANGED = "changed"
    GAP = "gap"  # an entry before this one was removed, or this one was put in
    TAIL = "tail"  # entries at the end are missing
    HEAD = "head"  # the head itself is gone or was changed


@dataclass(frozen=True)
class ChainState:
    """`entries` read and the `digest` of the last; `broken` None where the chain holds, else what is wrong at `at`.

    `at` is the entry where it shows; None for what is missing after the last.
    """

    entries: int
    digest: str
    broken: Break | None = None
    at: LoggedAct | None = None

    @property
    def whole(self) -> bool:
        return self.broken is None


def plain(value: Any) -> Any:
    """The value as it comes back from a JSON column: tuples become lists, days and times their ISO words."""
    return json.loads(json.dumps(value, ensure_ascii=False, allow_nan=False, default=_in_words))


def _in_words(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def digest_of(act: LoggedAct) -> str:
    """SHA-256, in hexadecimal, of previous digest and content as canonical JSON: keys in order, ASCII, no spaces, UTC."""
    content = [act.previous, _instant(act.at), act.by, act.address, act.action, act.subject, act.detail, act.before, act.after]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()).hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def verified(acts: Iterable[LoggedAct], head: tuple[int, str] | None) -> ChainState:
    """Acts in the order of the table; `head`: how many there must be and the digest of the last, None where it is gone."""
    number, last = 0, ""
    for act in acts:
        if act.previous != last:
            return ChainState(number, last, Break.GAP, act)
        if act.digest != digest_of(act):
            return ChainState(number, last, Break.CHANGED, act)
        number, last = number + 1, act.digest
    return ChainState(number, last, _against(head, number, last))


def _against(head: tuple[int, str] | None, number: int, last: str) -> Break | None:
    if head == (number, last):
        return None
    return Break.TAIL if head is not None and head[0] > number else Break.HEAD
