"""From a logged act to what it was about and what changed in plain words; personal data in it stays hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from models.audit import SUBJECTS, VALUES, WORDS, LoggedAct
from rules.as_of import SHANGHAI
from rules.personal import mask_text
from rules.rectifications.sources import read_reference

LONGEST = 120
MOST = 6
NOTHING = "无"


def act_in_words(act: LoggedAct) -> str:
    """Return an act in Chinese: `submission 12` → 报送 12."""
    first, _, rest = act.subject.partition(" ")
    return f"{SUBJECTS[first]} {rest}".strip() if first in SUBJECTS else mask_text(act.subject)


def detail_in_words(act: LoggedAct) -> str:
    return "；".join(
        f"{WORDS.get(name, name)}：{_source_in_words(value) if name == 'source' else value_in_words(value)}"
        for name, value in act.detail.items()
        if value not in (None, "", [], {})
    )


def _source_in_words(value: Any) -> str:
    """Return what `instruction:批示 2023-1` is in words."""
    reference = read_reference(value) if isinstance(value, str) else None
    return value_in_words(reference.words if reference else value)


def change_in_words(act: LoggedAct, most: int = MOST) -> tuple[str, ...]:
    """Return “完成时限：2023-07-30 → 2023-08-31”, one for each thing that changed; empty where nothing had a before and
    after.
    """
    changes = list(_changes(act.before, act.after))
    return tuple(changes) if len(changes) <= most else (*changes[:most], f"等 {len(changes)} 处")


def _changes(before: Any, after: Any, of: str = "") -> Iterator[str]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping) or not of and isinstance(before or after, Mapping):
        old, new = before or {}, after or {}
        for name in {**old, **new}:
            yield from _changes(old.get(name), new.get(name), f"{of} {WORDS.get(name, name)}".strip())
    else:
        yield f"{of}：{value_in_words(before)} → {value_in_words(after)}".removeprefix("：")


def value_in_words(value: Any) -> str:
    """Lists by commas, yes and no in words, moments as a clock in Shanghai shows them; long texts cut."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return _cut("，".join(f"{WORDS.get(name, name)} {value_in_words(part)}" for name, part in value.items()))
    if isinstance(value, list):
        return _cut("、".join(_runs(value) if all(type(part) is int for part in value) else map(value_in_words, value)))
    return (
        _cut(_clock(value) or mask_text(VALUES.get(value, value)))
        if isinstance(value, str)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


def _runs(numbers: list[int]) -> list[str]:
    """5, 6, 7, 9 → 5—7, 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _clock(text: str) -> str | None:
    """None where it is no moment with a zone."""
    try:
        moment = datetime.fromisoformat(text) if len(text) > 18 and text[:4].isdigit() else None
    except ValueError:
        return None
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if moment and moment.tzinfo else None
