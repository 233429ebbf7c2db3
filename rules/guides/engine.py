"""From rules and the records of a guides workbook to every wrong cell with its sentence, and what each rule counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

import numpy as np
import pandas as pd

from models.guides import GuideCheck, GuideFindings, GuideRule, GuideTables, RuleMarks
from rules.guides.relations import units_of

COLUMNS = ["rule", "part", "_sheet", "_row", "field", "label", "item_code", "severity", "message"]
_LONGEST = 40  # characters of a value that a sentence repeats


def apply_rules(
    rules: Iterable[GuideRule], frames: Mapping[str, pd.DataFrame | None], shared_codes: Collection[str] = ()
) -> GuideFindings:
    """Return what every rule but those by hand finds in the records. `frames`: part → records; `shared_codes`: 实施编码
    other units hold too.
    """
    tables = GuideTables(frames, frozenset(shared_codes))
    marks: dict[str, RuleMarks] = {}
    wrong: list[_Wrong] = []
    for rule in rules:
        if not rule.by_hand:
            marks[rule.code], broken = _apply(rule, tables)
            wrong += [fault for fault in broken if len(fault.rows)]
    return GuideFindings(_findings(wrong, tables), marks)


@dataclass(frozen=True)
class _Wrong:
    """The rows of one part that one check of a rule found wrong, by position."""

    rule: GuideRule
    check: GuideCheck
    rows: np.ndarray


def _apply(rule: GuideRule, tables: GuideTables) -> tuple[RuleMarks, list[_Wrong]]:
    assert rule.applies is not None
    applies = rule.applies(tables)
    failed = np.zeros(len(applies), dtype=bool)
    faults = []
    for check in rule.checks:
        owned = applies if check.part == rule.part else _rows_of(applies, rule.part, check.part, tables)
        wrong = owned & check.fails(tables)
        failed |= wrong if check.part == rule.part else _rows_of(wrong, check.part, rule.part, tables)
        faults.append(_Wrong(rule, check, np.flatnonzero(wrong)))
    return RuleMarks(rule.part, applies, applies & ~failed, units_of(tables, rule.part)), faults


def _rows_of(chosen: np.ndarray, part: str, other: str, tables: GuideTables) -> np.ndarray:
    """Rows of the other part that share the item code of a chosen row of this one."""
    codes, others = tables.frame(part), tables.frame(other)
    if not len(codes) or not len(others):
        return np.zeros(len(others), dtype=bool)
    return others["item_code"].isin(codes["item_code"][chosen].dropna().unique()).to_numpy(dtype=bool)


def _findings(faults: list[_Wrong], tables: GuideTables) -> pd.DataFrame:
    """One row a wrong cell, in the order of the rules, the parts and the rows."""
    if not faults:
        return pd.DataFrame(columns=COLUMNS)
    columns = {name: np.concatenate([_column(wrong, name, tables) for wrong in faults]) for name in COLUMNS}
    order = _order(faults)
    return pd.DataFrame({name: pd.Series(values[order], dtype=object) for name, values in columns.items()})


def _order(faults: list[_Wrong]) -> np.ndarray:
    """Positions that sort the findings of each rule and part by row, those of one row by check."""
    groups = {key: number for number, key in enumerate(dict.fromkeys((w.rule.code, w.check.part) for w in faults))}
    group = np.concatenate([np.full(len(w.rows), groups[w.rule.code, w.check.part]) for w in faults])
    return np.lexsort((np.concatenate([w.rows for w in faults]), group))


def _column(wrong: _Wrong, name: str, tables: GuideTables) -> np.ndarray:
    if name == "message":
        return _sentences(wrong, tables)
    if name in ("_sheet", "_row", "item_code"):
        return _values(tables.frame(wrong.check.part), name, wrong.rows)
    field, rule = wrong.check.field, wrong.rule
    texts = {
        "rule": rule.code,
        "part": wrong.check.part,
        "field": field.name,
        "label": field.label,
        "severity": rule.severity,
    }
    return np.full(len(wrong.rows), texts[name], dtype=object)


def _values(frame: pd.DataFrame, name: str, rows: np.ndarray) -> np.ndarray:
    if name not in frame.columns:
        return np.full(len(rows), None, dtype=object)
    return frame[name].iloc[rows].to_numpy(dtype=object)


def _sentences(wrong: _Wrong, tables: GuideTables) -> np.ndarray:
    """The check's sentence for each row, made once for the same words."""
    sentence = wrong.check.sentence
    names = [name for _, name, _, _ in Formatter().parse(sentence) if name]
    if not names:
        return np.full(len(wrong.rows), sentence, dtype=object)
    words = list(zip(*(_words(wrong, name, tables) for name in names), strict=True))
    made = {
        row_words: sentence.format(**dict(zip(names, map(_spoken, row_words), strict=True))) for row_words in set(words)
    }
    return np.array([made[row_words] for row_words in words], dtype=object)


def _words(wrong: _Wrong, name: str, tables: GuideTables) -> np.ndarray:
    if name in wrong.check.details:
        return wrong.check.details[name](tables)[wrong.rows]
    return _values(tables.frame(wrong.check.part), wrong.check.field.name if name == "value" else name, wrong.rows)


def _spoken(value: Any) -> str:
    """A value as a sentence repeats it: 20.0 as 20, a missing one as 空白, a long one cut."""
    if pd.isna(value):
        return "空白"
    if isinstance(value, float):
        return f"{value:g}"
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
