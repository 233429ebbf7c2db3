"""The plan's words for units: names, aliases and groups, as a task's 责任单位 gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from models.plan import UnitInfo

GROUPS = {
    "镇街": "镇街",
    "各镇街": "镇街",
    "部门": "部门",
    "各部门": "部门",
    "区政府各相关部门": "部门",
    "区直部门": "部门",
    "区直各部门": "部门",
}
EVERY_UNIT = ("各承办单位", "各责任单位", "各单位")
ENGINEERING = "工程建设项目审批单位"


def split_words(text: str) -> list[str]:
    """Return the names in a cell, between 、 and other separators."""
    return [word for word in re.split(r"[、,，;；\s]+", text) if word]


def names_several(text: str) -> bool:
    """Return whether the words can mean more than one unit: several names, or a group."""
    words = split_words(text)
    return len(words) > 1 or any(is_group(word) for word in words)


def is_group(word: str) -> bool:
    """Return whether the word means units by what they are, and not by name."""
    return word in GROUPS or word in EVERY_UNIT or word == ENGINEERING


def expand_units(words: Sequence[str], known: Mapping[int, UnitInfo]) -> tuple[list[int], list[str]]:
    """Return the unit ids of names, aliases and groups without repeats, and the words that are none of these."""
    unit_ids: dict[int, None] = {}
    unknown = []
    for word in words:
        members = _members(word, known)
        if members is None:
            unknown.append(word)
        else:
            unit_ids.update(dict.fromkeys(members))
    return list(unit_ids), unknown


def _members(word: str, known: Mapping[int, UnitInfo]) -> list[int] | None:
    if word in GROUPS:
        return [unit.id for unit in known.values() if unit.kind == GROUPS[word]]
    if word in EVERY_UNIT:
        return list(known)
    if word == ENGINEERING:
        return [unit.id for unit in known.values() if unit.engineering]
    return [unit.id for unit in known.values() if word == unit.name or word in unit.aliases] or None
