"""What changed in a unit's guides since its submission before the last: wrong cells fixed, new, still open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from data_access.database import reading
from rules.as_of import end_of_day
from services.access.permission import EVERYONE, requires_role
from services.figures.district_state import district_state
from services.figures.guide_rule_settings import rule_book_at
from services.figures.unit_names import unit_id_named
from services.guides.unit_guides import ITEMS, UnitGuides, guides_of, latest_guides_report

NAMED_BY = {"事项": None, "材料": "material_name", "流程": "step_number"}
"""Part → the field that tells the rows of one item apart."""
IDENTITY = ("rule", "part", "item_code", "own", "field")
Key = tuple[str, ...]
"""The values of IDENTITY."""


@dataclass(frozen=True, slots=True)
class FindingChange:
    """One wrong cell. `change`: fixed, new, open; `gone`: fixed because its item is in the guides no longer."""

    change: str
    rule: str
    item_code: str
    item_name: str
    label: str
    message: str
    gone: bool = False


@dataclass(frozen=True)
class GuideChanges:
    """`before` None: there was no earlier submission, everything is open since the first."""

    before: datetime | None
    after: datetime
    changes: tuple[FindingChange, ...]  # new, then open, then fixed; in each by rule

    @property
    def counts(self) -> Counter[str]:
        return Counter(change.change for change in self.changes)


@requires_role(*EVERYONE, own="unit")
def changes_since_last(unit: str, as_of: date) -> GuideChanges | None:
    """Return how the last two submissions differ, both judged by the rules in force at the as-of date, so that only the
    guides make a difference.

    None where the unit never reported guides. Raises RefusedRequest for an unknown unit.
    """
    with reading() as session:
        end = end_of_day(as_of)
        state, book = district_state(session, end), rule_book_at(session, end)
        unit_id = unit_id_named(state, unit)
        last = latest_guides_report(session, unit_id, end)
        if last is None:
            return None
        now = guides_of(session, unit, last, end, state, book)
        earlier = latest_guides_report(session, unit_id, last.accepted_at)
        before = guides_of(session, unit, earlier, last.accepted_at, state, book) if earlier else None
        return GuideChanges(earlier.accepted_at if earlier else None, last.accepted_at, _compared(before, now))


def _compared(before: UnitGuides | None, now: UnitGuides) -> tuple[FindingChange, ...]:
    was, now_keyed = _keyed(before) if before else {}, _keyed(now)
    there = set(now.frames[ITEMS]["item_code"])
    new = [_change("new", row) for key, row in now_keyed.items() if before and key not in was]
    still = [_change("open", row) for key, row in now_keyed.items() if not before or key in was]
    fixed = [
        _change("fixed", row, gone=row["item_code"] not in there) for key, row in was.items() if key not in now_keyed
    ]
    return (*new, *still, *fixed)


def _change(change: str, row: dict[Any, Any], *, gone: bool = False) -> FindingChange:
    return FindingChange(change, row["rule"], row["item_code"], row["item_name"], row["label"], row["message"], gone)


def _keyed(guides: UnitGuides) -> dict[Key, dict[Any, Any]]:
    """Wrong cells by what they are, wherever they stand in the file; one cell that fails a rule in several ways is
    one.
    """
    findings = guides.findings
    names = guides.frames[ITEMS].set_index("item_code")["item_name"]
    rows = findings.assign(item_name=findings["item_code"].map(names), own=_own_names(guides))
    first = rows.drop_duplicates(list(IDENTITY)).sort_values("rule", kind="stable")
    return dict(zip(first[list(IDENTITY)].itertuples(index=False, name=None), first.to_dict("records"), strict=True))


def _own_names(guides: UnitGuides) -> pd.Series:
    """What tells the row of each finding from the others of its item."""
    places: dict[tuple[str, str, int], str] = {}
    for part, name in NAMED_BY.items():
        if name is not None and part in guides.frames:
            frame = guides.frames[part]
            places |= {
                (part, sheet, row): str(own)
                for sheet, row, own in zip(frame["sheet"], frame["row"], frame[name], strict=True)
            }
    findings = guides.findings
    keys = zip(findings["part"], findings["_sheet"], findings["_row"], strict=True)
    return pd.Series([places.get(key, "") for key in keys], findings.index, dtype=object)
