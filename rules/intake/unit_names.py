"""From the units table to the unit that a typed name means, or the names nearest to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process

from rules.intake.words import squeezed

_NEAR = 45  # similarity from which a name is worth suggesting
_SHORTEST_FOUND = 3  # characters; shorter aliases would be found inside ordinary words
_PLACES_BEFORE = r"(?:[^省市县]{2,8}省)?(?:[^省市县]{2,8}市)?"


def _plain(text: str) -> str:
    """Without spaces; 街道办事处 → 街道, 镇/乡人民政府 → 镇/乡."""
    name = re.sub(r"\((?:公章|盖章|章)\)$", "", squeezed(text))
    return re.sub(r"(?<=[镇乡])人民政府$", "", re.sub(r"街道办事处$", "街道", name))


@dataclass(frozen=True)
class UnitNames:
    """`names` are the units' own names, `aliases` alias → own name, `district` the district's full name (a setting),
    `divided` the name of a unit that was split → the own names of those that it became: it means none of them.
    `earlier`: by month, before it units were known by these names.
    """

    names: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    district: str = ""
    divided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    earlier: tuple[tuple[str, UnitNames], ...] = ()

    def of_month(self, month: str | None) -> UnitNames:
        """Return the names by which units were known in a month, those of today where none is told."""
        return next((names for until, names in self.earlier if month is not None and month < until), self)

    @cached_property
    def _known(self) -> dict[str, str]:
        known: dict[str, str] = {}
        for typed, name in (*((name, name) for name in self.names), *self.aliases.items()):
            known.setdefault(_plain(typed), name)
        for name in self.names:
            for form in self._without_district(_plain(name)):
                known.setdefault(form, name)
        return known

    @cached_property
    def _district_prefix(self) -> re.Pattern[str] | None:
        """兰州市某某区, 某某区, 甘肃省兰州市某某区, 某某, each also with 人民政府 after it."""
        full = squeezed(self.district)
        short = re.sub(rf"^{_PLACES_BEFORE}(?=.+[区县市旗])", "", full) or full
        if not short:
            return None
        bare = re.escape(short[:-1]) if len(short) > 2 and short[-1] in "区县市旗" else re.escape(short)
        return re.compile(rf"^(?:{re.escape(full)}|{_PLACES_BEFORE}{re.escape(short)}|{bare})(?:人民政府)?")

    def _without_district(self, name: str) -> Iterator[str]:
        prefix = self._district_prefix and self._district_prefix.match(name)
        if prefix and prefix.end() < len(name):
            rest = name[prefix.end() :]
            yield rest
            yield squeezed(self.district)[-1] + rest

    def resolve(self, text: str) -> str | None:
        """Return the unit's own name, or None where no unit is known by what was typed."""
        name = _plain(text)
        forms = (name, *self._without_district(name))
        return next((self._known[form] for form in forms if form in self._known), None)

    def suggest(self, text: str) -> tuple[str, ...]:
        """Return at most three own names, nearest first."""
        name = _plain(text)
        for divided, parts in self.divided.items():
            if _plain(divided) in (name, *self._without_district(name)):
                return parts[:3]
        if within := self._within(name):
            return within
        query = next(self._without_district(name), name)
        near = process.extract(query, list(self._known), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=8)
        return tuple(dict.fromkeys(self._known[form] for form, _, _ in near))[:3]

    def _within(self, name: str) -> tuple[str, ...]:
        """The units whose name stands in what was typed (青石镇便民服务中心), the longest first."""
        forms = [form for form in self._known if len(form) >= _SHORTEST_FOUND and form in name]
        return tuple(dict.fromkeys(self._known[form] for form in sorted(forms, key=len, reverse=True)))[:3]

    def find_in(self, text: str) -> str | None:
        """Return the one unit that a title or a file name speaks of; None where it names none or several."""
        line = squeezed(text)
        forms = [form for form in self._known if len(form) >= _SHORTEST_FOUND and form in line]
        longest = [form for form in forms if not any(form != other and form in other for other in forms)]
        units = {self._known[form] for form in longest}
        return units.pop() if len(units) == 1 else None
