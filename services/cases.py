"""Cases with lamps of their own: a kind of case and a day in, counts by unit and lamp and the open cases with their cells out.

Closed cases are counted by the database; only open ones are read, so that a page does not grow with a ledger.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from catalogue.cases import CASE_KINDS
from catalogue.datasets import DATASETS
from data_access.case_rows import CaseRows, ClosedGroup, OpenRow
from data_access.database import Session, reading
from data_access.submissions import places_in
from models.cases import Case, CaseKind, Caseload
from models.lamps import Lamp
from rules.as_of import end_of_day
from rules.lamp import case_lamp
from rules.working_days import CalendarMissing
from services.in_force import InForce, in_force
from services.records_in_force import standing_reports
from services.refusal import RefusedRequest

WORST_FIRST = tuple(Lamp)


def caseload(kind: str, as_of: date) -> Caseload:
    """Every case of a kind as of the end of a day. Raises RefusedRequest for an unknown kind."""
    if kind not in CASE_KINDS:
        raise RefusedRequest(f"没有名为“{kind}”的案件类别，可用：{'、'.join(CASE_KINDS)}。")
    with reading() as session:
        known = in_force(session, end_of_day(as_of))
        return _caseload(session, CASE_KINDS[kind], as_of, known)


def _caseload(session: Session, kind: CaseKind, as_of: date, known: InForce) -> Caseload:
    dataset = DATASETS[kind.dataset]
    rows = CaseRows(session, kind, dataset, standing_reports(session, dataset, end_of_day(as_of), known), as_of)
    judge = _Judge(kind, as_of, known)
    names = {unit.id: unit.name for unit in known.plan.units.values()}
    opened = [(row, *judge.open(row)) for row in rows.open()]
    counts: dict[str, Counter[Lamp]] = defaultdict(Counter)
    for row, _, lamp in opened:
        counts[names[row.unit_id]][lamp] += 1
    for group in rows.closed():
        counts[names[group.unit_id]][judge.closed(group)] += group.number
    return Caseload(kind, as_of, counts, _listed(session, kind, opened, names), tuple(sorted(judge.years_missing)))


class _Judge:
    """The lamp of each case; a due day that the calendar cannot give is doubt, never guessed."""

    def __init__(self, kind: CaseKind, as_of: date, known: InForce) -> None:
        self.as_of, self.known = as_of, known
        self.days = known.settings[kind.days_setting] if kind.days_setting else None
        self.warning = int(known.settings["case_warning_days"])
        self.years_missing: set[int] = set()

    def open(self, row: OpenRow) -> tuple[date | None, Lamp]:
        due = row.due
        try:
            due = due or self._counted(row.start, row.days)
            return due, case_lamp(due, None, self.as_of, self.known.calendar, self.warning)
        except CalendarMissing as missing:
            self.years_missing.add(missing.year)
            return due, Lamp.DOUBT

    def closed(self, group: ClosedGroup) -> Lamp:
        if group.late is not None:
            return Lamp.DONE_LATE if group.late else Lamp.DONE
        try:
            return case_lamp(self._counted(group.start, group.days), group.closed, self.as_of, self.known.calendar)
        except CalendarMissing as missing:
            self.years_missing.add(missing.year)
            return Lamp.DOUBT

    def _counted(self, start: date | None, days: float | None) -> date | None:
        """Working days after the start: the row's own promise, else the setting."""
        number = days if days is not None else self.days
        return None if start is None or number is None else self.known.calendar.add_working_days(start, int(number))


def _listed(session: Session, kind: CaseKind, opened: Iterable[tuple[OpenRow, date | None, Lamp]], names: dict[int, str]) -> tuple[Case, ...]:
    found = sorted(opened, key=lambda one: (WORST_FIRST.index(one[2]), one[1] or date.max, one[0].unit_id, one[0].key))
    places = places_in(session, {row.submission_id for row, _, _ in found})
    key = DATASETS[kind.dataset].main.keys[0].name
    return tuple(_case(row, due, lamp, names, places[row.submission_id], key) for row, due, lamp in found)


def _case(row: OpenRow, due: date | None, lamp: Lamp, names: dict[int, str], place: tuple[str, list], key: str) -> Case:
    file, sheets = place
    sheet = sheets[row.sheet]
    return Case(row.key, "，".join(row.subject), names[row.unit_id], row.start, due, lamp, row.submission_id, file,
                sheet["name"], row.row, f"{sheet['columns'].get(key, '')}{row.row}")
