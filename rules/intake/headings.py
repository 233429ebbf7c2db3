"""From a heading as typed to the field it means: exactly, by a synonym, after normalising, or as remembered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from models.definitions import Field, Part
from rules.intake.words import squeezed

_LONGEST = 60  # characters of a heading; what is longer means no field
_NEAR = 60  # similarity from which a known heading is worth suggesting
_MARKS = re.compile(r"[*★☆※●▲]|[(\[【〔]?(?:必填项?|选填项?|必录项?)[)\]】〕]?")
_UNITS = (
    "个|件|次|项|份|人|条|户|宗|起|笔|家|页|张|套|天|日|月|年|元|万元|%|时|小时|分|分钟|秒|工作日|个工作日|人次|件次|次数|个数|件数|通|票|批|批次|宗数|"
    "以?按?工作日计算?|是/否|是或否|有/无|年月日|年/月/日|年-月-日|yyyy-mm-dd|yyyy/mm/dd|yyyymmdd|文本|数字|下拉|下拉选择|单选|\\d+位"
)
_UNIT_IN_BRACKETS = re.compile(rf"[(\[【〔](?:单位[:/]?)?(?:{_UNITS})[)\]】〕]", re.IGNORECASE)
_ROW_NUMBER_HEADINGS = frozenset({"序号", "序列", "序", "行号", "项次", "no", "no.", "#"})


@lru_cache(maxsize=16384)
def normalised(heading: str) -> str:
    """Return the heading half-width, without spaces, marks, units in brackets and a trailing colon, in lower case."""
    text = _MARKS.sub("", squeezed(heading))
    return _UNIT_IN_BRACKETS.sub("", text).rstrip(":、").lower() or text.lower()


def is_row_number(heading: str) -> bool:
    return normalised(heading) in _ROW_NUMBER_HEADINGS or squeezed(heading).lower() in _ROW_NUMBER_HEADINGS


@dataclass(frozen=True)
class Meaning:
    """`text` is the piece of the heading that was understood; `canonical`: it is the field's own label."""

    field: Field
    match: str
    canonical: bool
    text: str

    @property
    def rank(self) -> int:
        """Lower wins where two columns mean the same field: its own label, then a synonym, then what was remembered."""
        return 0 if self.canonical else 2 if self.match == "remembered" else 1


class PartHeadings:
    """Every heading that a part answers to, ready for look-up."""

    def __init__(self, part: Part, remembered: Mapping[tuple[str, str], str] | None = None) -> None:
        self.part = part
        self._labels = {field.label: field for field in part.fields}
        self._aliases = {alias: field for field in part.fields for alias in field.aliases}
        self._normalised_labels = {normalised(label): field for label, field in self._labels.items()}
        self._normalised_aliases = {normalised(alias): field for alias, field in self._aliases.items()}
        self._near = {normalised(heading): field for field in part.fields for heading in field.near}
        by_name = {field.name: field for field in part.fields}
        self._meanings: dict[str, Meaning | None] = {}
        self._remembered = {
            heading: by_name[name]
            for (code, heading), name in (remembered or {}).items()
            if code == part.code and name in by_name
        }

    def meaning(self, levels: tuple[str, ...]) -> Meaning | None:
        """Return the levels joined; where that means nothing, the lowest level alone."""
        joined = self._of_text("".join(levels))
        return joined or (self._of_text(levels[-1]) if len(levels) > 1 else None)

    def _of_text(self, heading: str) -> Meaning | None:
        if heading not in self._meanings:
            self._meanings[heading] = self._look_up(heading)
        return self._meanings[heading]

    def _look_up(self, heading: str) -> Meaning | None:
        if len(heading) > _LONGEST:
            return None
        typed, plain = heading.strip(), normalised(heading)
        for known, key, match, canonical in (
            (self._labels, typed, "exact", True),
            (self._aliases, typed, "alias", False),
            (self._normalised_labels, plain, "normalised", True),
            (self._normalised_aliases, plain, "normalised", False),
            (self._remembered, plain, "remembered", False),
        ):
            if key in known:
                return Meaning(known[key], match, canonical, plain)
        return None

    @property
    def labels(self) -> frozenset[str]:
        """Every heading that it answers to as it is typed most often."""
        return frozenset(self._labels) | frozenset(self._aliases)

    @property
    def words(self) -> frozenset[str]:
        """Every heading that it answers to without being told, normalised."""
        return frozenset(self._normalised_labels) | frozenset(self._normalised_aliases)

    def knows(self, heading: str) -> bool:
        return self._of_text(heading) is not None

    def suggestion(self, levels: tuple[str, ...], taken: frozenset[str]) -> str | None:
        """Return the label of a missing field that may be meant, by another word for it or by likeness; never applied
        without being confirmed.
        """
        if len("".join(levels)) > _LONGEST:
            return None
        queries = [query for query in (normalised("".join(levels)), normalised(levels[-1])) if query]
        for query in queries:
            if query in self._near and self._near[query].name not in taken:
                return self._near[query].label
        known = {
            name: field.label
            for names in (self._normalised_labels, self._normalised_aliases)
            for name, field in names.items()
            if field.name not in taken
        }
        hits = [process.extractOne(query, list(known), scorer=_likeness, score_cutoff=_NEAR) for query in queries]
        best = max((hit for hit in hits if hit), key=lambda hit: hit[1], default=None)
        return known[best[0]] if best else None


def _likeness(query: str, other: str, **_: object) -> float:
    """The same characters in another order are nearly as good: 接通量（夜间） and 夜间接通量."""
    return max(fuzz.ratio(query, other), 0.9 * fuzz.ratio("".join(sorted(query)), "".join(sorted(other))))


def as_typed(levels: tuple[str, ...]) -> str:
    """Return the heading as it is in the file, levels joined with “_”."""
    return "_".join(level.strip() for level in levels)
