"""Rules and the records of a guides workbook in; out every wrong cell with its sentence, and what each rule counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from string import Formatter
from typing import Any

import numpy as np
import pandas as pd

from models.guides import GuideCheck, GuideFindings, GuideRule, GuideTables, RuleMarks
from rules.guide.relations import units_of

COLUMNS = ["rule", "part", "_sheet", "_row", "field", "label", "item_code", "severity", "message"]
_LONGEST = 40  # characters of a value that a sentence repeats


def apply_rules(rules: Iterable[GuideRule], frames: Mapping[str, pd.DataFrame | None],
                shared_codes: Collection[str] = ()) -> GuideFindings:
    """Every rule but those by hand on the records. `frames`: part → records; `shared_codes`: 实施编码 other units hold too."""
    tables = GuideTables(frames, frozenset(shared_codes))
    marks: dict[str, RuleMarks] = {}
    found: list[pd.DataFrame] = []
    for rule in rules:
        if not rule.by_hand:
            marks[rule.code], findings = _apply(rule, tables)
            found += findings
    return GuideFindings(_joined(found), marks)


def _joined(found: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [part for part in found if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=COLUMNS)


def _apply(rule: GuideRule, tables: GuideTables) -> tuple[RuleMarks, list[pd.DataFrame]]:
    assert rule.applies is not None
    applies = rule.applies(tables)
    failed = np.zeros(len(applies), dtype=bool)
    findings = []
    for check in rule.checks:
        owners = applies if check.part == rule.part else _rows_of(applies, rule.part, check.part, tables)
        wrong = owners & check.fails(tables)
        failed |= wrong if check.part == rule.part else _rows_of(wrong, check.part, rule.part, tables)
        findings.append(_findings(rule, check, wrong, tables))
    marks = RuleMarks(rule.part, applies, applies & ~failed, units_of(tables, rule.part))
    return marks, [_in_row_order(findings)]


def _rows_of(chosen: np.ndarray, part: str, other: str, tables: GuideTables) -> np.ndarray:
    """Rows of the other part that share the item code of a chosen row of this one."""
    codes, others = tables.frame(part), tables.frame(other)
    if not len(codes) or not len(others):
        return np.zeros(len(others), dtype=bool)
    return others["item_code"].isin(codes["item_code"][chosen].dropna().unique()).to_numpy(dtype=bool)


def _findings(rule: GuideRule, check: GuideCheck, wrong: np.ndarray, tables: GuideTables) -> pd.DataFrame:
    rows = np.flatnonzero(wrong)
    frame = tables.frame(check.part)
    place = {name: _taken(frame, name, rows) for name in ("_sheet", "_row", "item_code")}
    return pd.DataFrame({
        "rule": rule.code, "part": check.part, "_sheet": place["_sheet"], "_row": place["_row"],
        "field": check.field.name, "label": check.field.label, "item_code": place["item_code"],
        "severity": rule.severity, "message": _sentences(check, rows, tables),
    }, columns=COLUMNS, index=rows)


def _in_row_order(findings: list[pd.DataFrame]) -> pd.DataFrame:
    """The findings of one rule in the order of its rows; of one row, in the order of the checks."""
    filled = [part for part in findings if len(part)]
    if not filled:
        return pd.DataFrame(columns=COLUMNS)
    joined = pd.concat(filled) if len(filled) > 1 else filled[0]
    return joined.sort_index(kind="stable")


def _sentences(check: GuideCheck, rows: np.ndarray, tables: GuideTables) -> list[str]:
    names = [name for _, name, _, _ in Formatter().parse(check.sentence) if name]
    if not names:
        return [check.sentence] * len(rows)
    words = [_words(check, name, rows, tables) for name in names]
    return [check.sentence.format(**dict(zip(names, row, strict=True))) for row in zip(*words, strict=True)]


def _words(check: GuideCheck, name: str, rows: np.ndarray, tables: GuideTables) -> list[str]:
    if name in check.details:
        return [_spoken(word) for word in check.details[name](tables)[rows]]
    frame = tables.frame(check.part)
    return [_spoken(value) for value in _taken(frame, check.field.name if name == "value" else name, rows)]


def _taken(frame: pd.DataFrame, name: str, rows: np.ndarray) -> list[Any]:
    return frame[name].iloc[rows].tolist() if name in frame.columns else [None] * len(rows)


def _spoken(value: Any) -> str:
    """A value as a sentence repeats it: 20.0 as 20, a missing one as 空白, a long one cut."""
    if value is None or value is pd.NA or value != value:
        return "空白"
    if isinstance(value, float):
        return f"{value:g}"
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
