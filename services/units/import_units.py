"""A units workbook: what storing it would change in the register and in the tasks, shown first; then stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import pandas as pd

from catalogue.datasets.plan import UNITS
from data_access.database import Session, reading, writing
from data_access.plan_store import units
from data_access.unit_register import add_unit_row, change_unit_row, order_units
from models.people import Role
from models.plan import UnitInfo
from models.units import UNIT_LABELS, UnitEntry
from services.access.audit_log import log, who_was_first
from services.access.clock import present
from services.access.permission import requires_role
from services.access.personal_data import logged_unit
from services.access.refusal import RefusedRequest
from services.plan.decisions import frames_of, unit_row
from services.units.duties import duty_changes, follow, in_words
from services.units.register import REGISTER_ACTS, checked, entry_of

MAY_BE_BLANK = ("engineering", "leader", "person", "phone")


@dataclass(frozen=True)
class UnitLine:
    """A unit of the workbook. `before` None: new; `changed`: labels of what would be otherwise; `duties`: what follows,
    in words.
    """

    before: UnitEntry | None
    entry: UnitEntry
    changed: tuple[str, ...]
    duties: str


@dataclass(frozen=True)
class UnitsRead:
    """`untouched`: units of the register that the workbook does not name; they stay as they are."""

    lines: tuple[UnitLine, ...]
    untouched: tuple[str, ...]

    @property
    def new(self) -> tuple[UnitLine, ...]:
        return tuple(line for line in self.lines if line.before is None)

    @property
    def changed(self) -> tuple[UnitLine, ...]:
        return tuple(line for line in self.lines if line.before is not None and line.changed)


@requires_role(Role.BUREAU)
def read_units(content: bytes, file_name: str, at: datetime | None = None) -> UnitsRead:
    """Return what storing the workbook at that time would change; nothing is stored. Raises RefusedRequest with the
    first wrong cell.
    """
    given = _entries(content, file_name)
    with reading() as session:
        return _compare(session, given, at or present())


@requires_role(Role.BUREAU)
def store_units(
    content: bytes, file_name: str, *, reason: str, at: datetime | None = None, seen: UnitsRead | None = None
) -> UnitsRead:
    """Bring the register up to date; tasks follow from `at` on. `seen`: what whoever stores it was shown; None where
    they were shown nothing. Raises RefusedRequest, naming who was first where another changed the register meanwhile.
    """
    if not reason.strip():
        raise RefusedRequest("请写明理由。")
    given, instant = _entries(content, file_name), at or present()
    with writing() as session:
        before = units(session)
        differences = _compare(session, given, instant)
        if seen is not None and seen != differences:
            first = who_was_first(session, (*REGISTER_ACTS, "add unit", "import plan"))
            raise RefusedRequest(
                f"单位名册刚才已由{first}更改，您的导入没有保存；请看过重新列出的更改后再决定是否导入。"
            )
        if not differences.new and not differences.changed:
            raise RefusedRequest("与单位名册一致，没有需要导入的内容。")
        numbers = {unit.name: unit.id for unit in before.values()}
        for line in (*differences.new, *differences.changed):
            if line.before is None:
                add_unit_row(session, line.entry)
            else:
                change_unit_row(session, numbers[line.entry.name], line.entry)
        if not differences.untouched:  # a workbook of all units has their order too
            order_units(session, [line.entry.name for line in differences.lines])
        follow(session, before, units(session), instant, reason.strip())
        log(
            session,
            "import units",
            file_name,
            detail={"reason": reason.strip(), "units": len(differences.lines)},
            before={line.before.name: logged_unit(asdict(line.before)) for line in differences.changed if line.before},
            after={
                line.entry.name: logged_unit(asdict(line.entry)) for line in (*differences.changed, *differences.new)
            },
        )
    return differences


@dataclass(frozen=True)
class _Given:
    """A row of the workbook; `blank`: the fields that it leaves open."""

    row: int
    entry: UnitEntry
    blank: frozenset[str]


def _entries(content: bytes, file_name: str) -> list[_Given]:
    rows: list[dict[Any, Any]] = frames_of(content, file_name, UNITS)["units"].to_dict("records")
    return [_given(number, row) for number, row in enumerate(rows)]


def _given(number: int, row: dict[Any, Any]) -> _Given:
    row_given = unit_row(number, row)
    entry = UnitEntry(
        row_given.name,
        row_given.kind,
        tuple(row_given.aliases),
        row_given.engineering,
        row_given.leader,
        row_given.person,
        row_given.phone,
    )
    return _Given(int(row["_row"]), entry, frozenset(field for field in MAY_BE_BLANK if pd.isna(row[field])))


def _compare(session: Session, given: list[_Given], at: datetime) -> UnitsRead:
    before = units(session)
    after, of_line = dict(before), dict[int, UnitEntry]()
    for index, line in enumerate(given, 1):
        number = _known(line.entry.name, before) or -index  # a new unit has no number yet
        if number in of_line:
            raise RefusedRequest(
                f"第 {line.row} 行“{line.entry.name}”与前面的“{of_line[number].name}”是同一单位，请保留一行。"
            )
        others = {other: unit for other, unit in after.items() if other != number}
        try:
            of_line[number] = checked(session, _brought_up_to_date(before.get(number), line), others)
        except RefusedRequest as refused:
            raise RefusedRequest(f"第 {line.row} 行：{refused}") from refused
        after[number] = UnitInfo(id=number, **asdict(of_line[number]))
    changes = [change for change, _ in duty_changes(session, before, after, at)]
    lines = tuple(_line(before.get(number), entry, in_words(changes, number)) for number, entry in of_line.items())
    return UnitsRead(lines, tuple(unit.name for unit in before.values() if unit.id not in of_line))


def _known(name: str, known: Mapping[int, UnitInfo]) -> int | None:
    """By name, else by an older name."""
    named = next((unit.id for unit in known.values() if unit.name == name), None)
    return named or next((unit.id for unit in known.values() if name in unit.aliases), None)


def _brought_up_to_date(unit: UnitInfo | None, given: _Given) -> UnitEntry:
    """A workbook renames nothing, takes no alias away, and leaves alone what it leaves blank."""
    if unit is None:
        return given.entry
    unchanged = {field: getattr(unit, field) for field in given.blank}
    return replace(
        given.entry, name=unit.name, aliases=tuple(dict.fromkeys((*unit.aliases, *given.entry.aliases))), **unchanged
    )


def _line(unit: UnitInfo | None, entry: UnitEntry, duties: str) -> UnitLine:
    if unit is None:
        return UnitLine(None, entry, (), duties)
    before = entry_of(unit)
    changed = tuple(label for field, label in UNIT_LABELS.items() if getattr(before, field) != getattr(entry, field))
    return UnitLine(before, entry, changed, duties)
