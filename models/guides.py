"""The words in which guide rules are declared, and what they find. Source: guide_rules.md."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from models.definitions import Field

ERROR, ADVICE = "error", "advice"


@dataclass(frozen=True)
class GuideTables:
    """The records of a guides workbook by part, and the 实施编码 that items of other units of the district hold too."""

    frames: Mapping[str, pd.DataFrame | None]
    shared_codes: frozenset[str] = frozenset()
    known: dict[Hashable, Any] = attribute(default_factory=dict, compare=False, repr=False)  # what was read out already

    def frame(self, part: str) -> pd.DataFrame:
        """Return the part's records, an empty frame where it was not reported."""
        frame = self.frames.get(part)
        return pd.DataFrame() if frame is None else frame

    def once(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        """Return the answer of `compute`, computed once for these tables."""
        if key not in self.known:
            self.known[key] = compute()
        return self.known[key]


Mask = Callable[[GuideTables], np.ndarray]
"""One boolean for each row of a part's frame, in its order."""


@dataclass(frozen=True)
class GuideCheck:
    """One way to fail a rule. `sentence` may hold {value}, names of fields of the same row, and keys of `details`."""

    part: str  # where the wrong cell stands
    field: Field
    fails: Mask
    sentence: str
    details: Mapping[str, Mask] = attribute(default_factory=dict)  # words for the sentence, one for each row


@dataclass(frozen=True)
class GuideRule:
    """One demand on a guide. A record passes when the rule applies to it and none of the checks fails.

    A check whose part is not the rule's own (steps of an item) fails the item that its row belongs to.
    """

    code: str
    clause: str  # “5.1 一”
    measure: str | None  # the measure of area guide_accuracy it stands under
    part: str  # it is counted once for each record of this part
    severity: str
    title: str
    when: str  # in words, when it applies
    right: str  # an example
    wrong: str
    applies: Mask | None = None  # None: cannot be decided from the sheet
    checks: tuple[GuideCheck, ...] = ()
    question: str | None = None  # what a spot check asks instead

    @property
    def by_hand(self) -> bool:
        return self.applies is None


@dataclass(frozen=True)
class RuleMarks:
    """Of one rule, for each record of its part in the frame's order: does it apply, was it passed (implies applies)."""

    part: str
    applies: np.ndarray
    passed: np.ndarray
    units: pd.Categorical  # the responsible unit of each record, missing where its item is not in the workbook


@dataclass(frozen=True)
class GuideFindings:
    """What the rules find in one set of tables.

    `findings` has one row a wrong cell: rule, part, `_sheet`, `_row`, field (name), label, item_code, severity,
    message, in the order of the rules, then of the rows.
    """

    findings: pd.DataFrame
    marks: Mapping[str, RuleMarks]  # rule code → marks, rules in the order given

    @cached_property
    def tallies(self) -> pd.DataFrame:
        """One row for each rule and record: rule, part, row (position in the part's frame), unit, applies, passed."""
        if not self.marks:
            return pd.DataFrame(columns=["rule", "part", "row", "unit", "applies", "passed"])
        return pd.concat([_tally(code, marks) for code, marks in self.marks.items()], ignore_index=True)

    @cached_property
    def totals(self) -> pd.DataFrame:
        """One row a rule: rule, applies, passed."""
        rows = [(code, int(m.applies.sum()), int(m.passed.sum())) for code, m in self.marks.items()]
        return pd.DataFrame(rows, columns=["rule", "applies", "passed"])

    @cached_property
    def unit_totals(self) -> pd.DataFrame:
        """One row for each rule and unit of the items: rule, unit, applies, passed."""
        tables = [_unit_totals(code, marks) for code, marks in self.marks.items()]
        return (
            pd.concat(tables, ignore_index=True)
            if tables
            else pd.DataFrame(columns=["rule", "unit", "applies", "passed"])
        )


def _tally(code: str, marks: RuleMarks) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rule": code,
            "part": marks.part,
            "row": np.arange(len(marks.applies)),
            "unit": marks.units,
            "applies": marks.applies,
            "passed": marks.passed,
        }
    )


def _unit_totals(code: str, marks: RuleMarks) -> pd.DataFrame:
    units, codes = marks.units.categories, marks.units.codes
    known = codes >= 0
    counts = [np.bincount(codes[known & mask], minlength=len(units)) for mask in (marks.applies, marks.passed)]
    return pd.DataFrame({"rule": code, "unit": list(units), "applies": counts[0], "passed": counts[1]})
