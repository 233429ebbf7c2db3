"""Personal data on its way out: masked for everyone but the unit whose rows they are; shown in full for once, with a
reason, and logged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import pandas as pd

from catalogue.datasets import DATASET_OF_PART, DATASETS
from catalogue.datasets.progress import PROGRESS
from data_access.database import Session, noting
from data_access.record_places import records_at
from data_access.submissions import places_in
from models.definitions import Field, Part, PersonalData
from models.people import Role
from models.plan import UnitInfo
from models.progress import ProgressLine
from rules.personal import HIDDEN, mask, mask_names, mask_phone, mask_text
from services.access.audit_log import log
from services.access.current_user import current_user
from services.access.permission import WHO_SUPERVISES, requires_role
from services.access.refusal import RefusedRequest

REASONS = ("核实案件", "联系群众", "其他")
OTHER = REASONS[-1]
MOST = 100
"""Rows revealed at a time: a page of them."""
TELLING = (PersonalData.NAME, PersonalData.PHONE, PersonalData.IDENTITY)
"""Kinds whose value is the person; in a free text the person is told besides."""

PROGRESS_KINDS = {field.name: field.personal for field in PROGRESS.main.fields if field.personal}
"""Field of a progress report → what it tells of a person."""

PlaceInFile = tuple[int, str, int]
"""Submission, name of the sheet, row."""
Line = TypeVar("Line", bound=ProgressLine)


def sees_in_full(unit: str | None) -> bool:
    """Return whether whoever asks sees the unit's people without asking: only the unit itself does."""
    person = current_user()
    return person.role is Role.UNIT and person.unit is not None and unit in (person.unit, *person.also)


def personal_fields(part: Part) -> tuple[Field, ...]:
    return tuple(field for field in part.fields if field.personal)


def has_personal_data(part: str) -> bool:
    return bool(personal_fields(DATASETS[DATASET_OF_PART[part]].part(part)))


def masked_rows(frame: pd.DataFrame, part: Part, units: pd.Series) -> pd.DataFrame:
    """Return the records with what is personal masked, but for those of the own unit; `units` is aligned with the
    frame.
    """
    fields = [field for field in personal_fields(part) if field.name in frame]
    hidden = ~units.map({unit: sees_in_full(unit) for unit in units.unique()}).astype(bool)
    if not fields or not hidden.any():
        return frame
    masked = {field.name: frame[field.name].astype(object).copy() for field in fields}
    telling = [field.name for field in fields if field.personal in TELLING]
    known = frame.loc[hidden, telling].to_dict("records") if telling else [{}] * int(hidden.sum())
    for field in fields:
        values = frame.loc[hidden, field.name]
        masked[field.name][hidden] = [
            _masked(value, field.personal, row.values()) for value, row in zip(values, known, strict=True)
        ]
    return frame.assign(**masked)


def _masked(value: Any, kind: PersonalData | None, known: Iterable[Any]) -> Any:
    if not isinstance(value, str) or kind is None:
        return value
    return (
        mask_text(value, (value for value in known if isinstance(value, str)))
        if kind is PersonalData.FREE_TEXT
        else mask(value, kind)
    )


def masked_words(text: str, unit: str | None, known: Iterable[str] = ()) -> str:
    """Return a free text of a unit's record with people masked; `known`: what else the record says of the person."""
    return text if sees_in_full(unit) else mask_text(text, known)


def masked_unit(unit: UnitInfo) -> UnitInfo:
    """Return the unit with the people on duty in full for itself and for those who have to call them, else masked."""
    if sees_in_full(unit.name) or current_user().role in WHO_SUPERVISES:
        return unit
    return replace(
        unit,
        leader=unit.leader and mask_names(unit.leader),
        person=unit.person and mask_names(unit.person),
        phone=unit.phone and mask_phone(unit.phone),
    )


def logged_unit(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a unit as the log shows it: the log is never changed and read by many, so its people are masked there for
    good.
    """
    masks = {"leader": mask_names, "person": mask_names, "phone": mask_phone}
    return {name: masks[name](value) if name in masks and value else value for name, value in values.items()}


def masked_line(line: Line, unit: str) -> Line:
    """Return a row of a progress report as whoever asks may see it: those who have to call the people on duty see them
    in full.
    """
    if sees_in_full(unit):
        return line
    hidden = _masked_values(_of_progress(line))
    if current_user().role in WHO_SUPERVISES:
        hidden = {name: value for name, value in hidden.items() if PROGRESS_KINDS[name] not in TELLING}
    return replace(line, **hidden)


def unmasked_values(typed: Mapping[str, Any], unit: str, stored: Iterable[object]) -> dict[str, Any]:
    """Return what a form filled with masked values brought back: those left as they were are the `stored` ones again.

    `stored`: rows of the unit's reports, and the unit itself. Raises RefusedRequest where somebody wrote around what is
    hidden, so that no asterisk is ever stored for a person.
    """
    if sees_in_full(unit):
        return dict(typed)
    known = [(full, _masked_values(full)) for full in map(_of_progress, stored)]
    written = {
        name: next((full[name] for full, masked in known if full[name] and masked[name] == value), value)
        for name, value in typed.items()
        if name in PROGRESS_KINDS
    }
    for name, value in written.items():
        asterisks = HIDDEN * 2 if PROGRESS_KINDS[name] is PersonalData.FREE_TEXT else HIDDEN
        if asterisks in (value or "") and value == typed[name]:
            raise RefusedRequest(f"“{PROGRESS.main.field(name).label}”中有隐去的内容（*），请改写为完整内容后再报。")
    return {**typed, **written}


def _of_progress(row: object) -> dict[str, Any]:
    return {name: getattr(row, name, None) for name in PROGRESS_KINDS}


def _masked_values(values: Mapping[str, Any]) -> dict[str, Any]:
    people = [values[name] for name, kind in PROGRESS_KINDS.items() if kind in TELLING]
    return {name: _masked(values[name], kind, people) for name, kind in PROGRESS_KINDS.items()}


@requires_role(*WHO_SUPERVISES)
def reveal(part: str, places: Sequence[PlaceInFile], reason: str) -> dict[PlaceInFile, dict[str, str]]:
    """Return label → full value of every personal field of the records at these places that was hidden. The act is
    logged, the answer never cached.

    `reason` is one of REASONS, the last with words of its own behind a colon. Raises RefusedRequest without one.
    """
    _need_reason(reason)
    if len(places) > MOST:
        raise RefusedRequest(f"一次最多显示 {MOST} 行的完整信息。")
    dataset = DATASETS[DATASET_OF_PART[part]]
    fields = personal_fields(dataset.part(part))
    with noting() as session:
        full_values = _full_values(session, dataset.part(part), fields, places)
        log(session, "reveal", dataset.title, detail={"reason": reason, "rows": _told(full_values)})
    return full_values


def _need_reason(reason: str) -> None:
    chosen, _, words = reason.partition("：")
    if chosen not in REASONS or (chosen == OTHER and not words.strip()):
        raise RefusedRequest("请选择查看完整信息的理由；选“其他”的，请写明。")


def _full_values(
    session: Session, part: Part, fields: Sequence[Field], places: Sequence[PlaceInFile]
) -> dict[PlaceInFile, dict[str, str]]:
    files = places_in(session, {submission for submission, _, _ in places})
    numbered = {
        (submission, index, row): (submission, sheet, row)
        for submission, sheet, row in places
        if submission in files
        for index, read_as in enumerate(files[submission][1])
        if read_as["name"] == sheet
    }
    values = records_at(session, part, [field.name for field in fields], numbered)
    return {numbered[place]: _hidden(row, fields) for place, row in values.items()}


def _hidden(row: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, str]:
    """Label → what masking changed."""
    people = [row[field.name] for field in fields if field.personal in TELLING]
    return {
        field.label: row[field.name]
        for field in fields
        if row[field.name] and _masked(row[field.name], field.personal, people) != row[field.name]
    }


def _told(values: Mapping[PlaceInFile, Mapping[str, str]]) -> dict[str, list[int]]:
    """“报送 12 Sheet1” → rows."""
    counts: dict[str, list[int]] = {}
    for submission, sheet, row in sorted(values):
        counts.setdefault(f"报送 {submission} {sheet}", []).append(row)
    return counts
