"""One guide on one page: its fields in the order in which a citizen asks for them, each with the rules it fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from catalogue.datasets.guides import ITEMS, MATERIALS, STEPS
from models.definitions import Field, Kind, Part
from rules.guides.reading import as_written
from services.guides.unit_guides import UnitGuides

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "事项": ("item_type", "case_type", "clients", "level", "item_code", "basic_code", "legal_basis"),
    "办理时限": ("statutory_days", "statutory_by_law", "promised_days"),
    "到哪里办、何时办、问谁": ("address", "office_hours", "phone", "complaint_phone"),
    "怎么办": ("online", "online_depth", "visits", "visit_reason", "cross_region", "special", "special_reason"),
    "中介服务和特殊环节": ("has_intermediary", "intermediary_note", "has_special_step", "special_step_note"),
    "收费和结果": ("charged", "charge_basis", "result_name", "result_sample"),
    "流程图": ("flow_chart", "chart_shows_times"),
    "其他": ("questions", "keywords", "remark"),
}
WHOLE = "item_code"
"""The field at which a rule marks what the item lacks as a whole: materials, steps."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A rule that a cell fails."""

    rule: str
    clause: str
    severity: str
    message: str
    cell: str  # 事项 G7


@dataclass(frozen=True, slots=True)
class Line:
    """A field with its value as people write it, "" where blank."""

    field: Field
    value: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Guide:
    """`materials` and `steps`: one tuple of lines a row, in the order of the declaration."""

    unit: str
    item_code: str
    name: str
    submission: int
    sections: Mapping[str, tuple[Line, ...]]
    materials: tuple[tuple[Line, ...], ...]
    steps: tuple[tuple[Line, ...], ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        rows = [*self.sections.values(), *self.materials, *self.steps]
        return tuple(mark for lines in rows for line in lines for mark in line.marks)


Marks = Mapping[tuple[str, int, int, str], tuple[Mark, ...]]
"""(part, sheet, row, field) → what is wrong there"""


def guide_of(guides: UnitGuides, item: str) -> Guide | None:
    """Return one guide, or None where the unit's guides hold no such item."""
    items = guides.frames[ITEMS.code]
    chosen = items[items["item_code"] == item]
    if chosen.empty:
        return None
    row, marks = chosen.iloc[0].to_dict(), _marks(guides, item)
    sections = {title: tuple(_line(ITEMS, name, row, marks) for name in names) for title, names in SECTIONS.items()}
    steps = _rows(guides, STEPS, item, marks)
    return Guide(
        guides.unit,
        item,
        str(row["item_name"]),
        guides.report.submission_id,
        sections,
        _rows(guides, MATERIALS, item, marks),
        tuple(sorted(steps, key=_number_of)),
    )


def _marks(guides: UnitGuides, item: str) -> Marks:
    marks: dict[tuple[str, int, int, str], tuple[Mark, ...]] = {}
    for finding in guides.findings[guides.findings["item_code"] == item].to_dict("records"):
        rule = guides.book.rule(finding["rule"])
        key = (finding["part"], finding["_sheet"], finding["_row"], finding["field"])
        mark = Mark(
            finding["rule"],
            rule.clause if rule else "",
            finding["severity"],
            finding["message"],
            " ".join(guides.place(finding["_sheet"], finding["_row"], finding["field"])),
        )
        marks[key] = (*marks.get(key, ()), mark)
    return marks


def _rows(guides: UnitGuides, part: Part, item: str, marks: Marks) -> tuple[tuple[Line, ...], ...]:
    frame = guides.frames.get(part.code, pd.DataFrame(columns=["item_code"]))
    names = [field.name for field in part.fields if field.name != WHOLE]
    return tuple(
        tuple(_line(part, name, row, marks) for name in names)
        for row in frame[frame["item_code"] == item].to_dict("records")
    )


def _line(part: Part, name: str, row: Mapping[Any, Any], marks: Marks) -> Line:
    field = part.field(name)
    return Line(field, _value(field, row[name]), marks.get((part.code, row["sheet"], row["row"], name), ()))


def _value(field: Field, value: Any) -> str:
    if field.kind is not Kind.DURATION or pd.isna(value):
        return as_written(value)
    return f"{as_written(value)}个工作日" if value else "即办"


def _number_of(step: Sequence[Line]) -> float:
    number = next((line.value for line in step if line.field.name == "step_number"), "")
    return float(number) if number else float("inf")
