"""The bulletins of the board: a list as of a day, one with its way and files; a unit sees those that are issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data_access.bulletins import (
    acts_of,
    bulletin_of,
    bulletins_until,
    issue_numbered,
    issue_of,
    issued_files,
)
from data_access.database import Session, reading
from models.bulletins import Act, Bulletin, BulletinAct, BulletinState, Figures
from models.official_document import OfficialDocument
from models.people import Role
from models.plan import UnitInfo
from rules.as_of import day_of, end_of_day
from rules.bulletins.particulars import Particulars
from rules.bulletins.procedure import Way, last_day_to_object, way_of
from rules.bulletins.text import document_of
from rules.numbering import number_of, number_read
from rules.working_days import CalendarMissing
from services.access.current_user import current_user
from services.access.permission import EVERYONE, Forbidden, requires_role
from services.access.refusal import RefusedRequest
from services.bulletins.printing import print_files
from services.figures.district_state import district_state, entered_calendar, settings_in_force


@dataclass(frozen=True)
class Objection:
    """What a unit has against the lines about it; `settled`: no longer printed."""

    unit: str
    reason: str
    at: datetime
    by: str
    settled: bool


@dataclass(frozen=True)
class BulletinSummary:
    """A bulletin as a list shows it. `number` and `document_number` None before issue; `check_until`: the last day of
    its fact check, None where there is none.
    """

    id: int
    state: BulletinState
    as_of: date
    compared: date | None
    number: str | None
    document_number: str | None
    corrects: str | None
    digest: str
    at: datetime
    by: str
    issued_at: datetime | None
    submitted_on: date | None
    co_signed_on: date | None
    check_until: date | None
    objections: tuple[Objection, ...]


@dataclass(frozen=True)
class BulletinStep:
    """One act on the way of a bulletin, as people read it."""

    act: Act
    unit: str | None
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True)
class BulletinDetails:
    """One bulletin with its figures, the document as it prints, and its way. `skipped`: why the fact check was not
    waited for.
    """

    summary: BulletinSummary
    figures: Figures
    particulars: Particulars
    steps: tuple[BulletinStep, ...]
    skipped: str

    @property
    def document(self) -> OfficialDocument:
        return document_of(self.figures, self.particulars)


@requires_role(*EVERYONE)
def bulletins(as_of: date) -> list[BulletinSummary]:
    """Return the bulletins drafted by the end of that day as they stood then, newest first; for a unit those that were
    issued by then.
    """
    end = end_of_day(as_of)
    with reading() as session:
        rows = bulletins_until(session, end)
        acts = acts_of(session, [row.id or 0 for row in rows], end)
        summaries = [summary_of(session, row, acts[row.id or 0], end) for row in rows]
    if current_user().role is Role.UNIT:
        summaries = [summary for summary in summaries if summary.state is BulletinState.ISSUED]
    return summaries[::-1]


@requires_role(*EVERYONE)
def bulletin(name: str, as_of: date | None = None) -> BulletinDetails:
    """Return a bulletin by its id or its number (2023-1), as it stands now or stood at the end of a day. Raises
    RefusedRequest, Forbidden for a unit's person before it is issued.
    """
    end = end_of_day(as_of) if as_of else None
    with reading() as session:
        row = named_bulletin(session, name)
        assert row.id is not None
        if end is not None and row.at >= end:
            raise RefusedRequest(f"截至 {as_of} 还没有这份通报，它在 {day_of(row.at)} 起草。")
        acts = acts_of(session, [row.id], end)[row.id]
        summary = summary_of(session, row, acts, end)
        refuse_unless_open(summary)
        issue = issue_of(session, row.id) if summary.state is BulletinState.ISSUED else None
        units = _units(session, row)
    steps = tuple(
        BulletinStep(Act(act.act), units[act.unit_id].name if act.unit_id else None, act.reason, act.at, act.by)
        for act in acts
    )
    particulars = Particulars.of_json(issue.particulars if issue else row.particulars)
    return BulletinDetails(summary, row.figures, particulars, steps, issue.skipped if issue else "")


@requires_role(*EVERYONE)
def bulletin_files(name: str, as_of: date | None = None) -> list[tuple[str, bytes]]:
    """Return (name, content) of a bulletin's files: as stored at issue, as they would print before. Raises as
    `bulletin`.
    """
    details = bulletin(name, as_of)
    if details.summary.state is not BulletinState.ISSUED:
        return print_files(details.figures, details.particulars)
    with reading() as session:
        files = issued_files(session, details.summary.id)
    return [(file.name, content) for file, content in files if content is not None]


def refuse_unless_open(summary: BulletinSummary) -> None:
    """Raises Forbidden where a unit's person asks for what is not issued yet."""
    if current_user().role is Role.UNIT and summary.state is not BulletinState.ISSUED:
        raise Forbidden("该通报尚未印发；本单位需核对的内容在“通报”页面列出。")


def named_bulletin(session: Session, name: str) -> Bulletin:
    """Return the bulletin of an id or a number. Raises RefusedRequest."""
    if read := number_read(name):
        issue = issue_numbered(session, *read)
        row = bulletin_of(session, issue.bulletin_id) if issue else None
        if row is None:
            raise RefusedRequest(f"没有{name}号通报，印发过的可用 bulletin list 查看。")
        return row
    row = bulletin_of(session, int(name)) if name.isascii() and name.isdigit() and len(name) < 10 else None
    if row is None:
        raise RefusedRequest(f"没有编号为“{name}”的通报；草稿写编号（如 3），已印发的也可写 2023-1。")
    return row


def summary_of(
    session: Session, row: Bulletin, acts: Sequence[BulletinAct], end: datetime | None = None
) -> BulletinSummary:
    """Return where a bulletin stands after these acts; its issue counts where it was made before `end`."""
    assert row.id is not None
    issue = issue_of(session, row.id)
    if issue is not None and end is not None and issue.at >= end:
        issue = None
    way = way_of([(Act(act.act), day_of(act.at)) for act in acts])
    return BulletinSummary(
        row.id,
        way.state,
        row.as_of,
        row.compared,
        number_of(issue.year, issue.serial) if issue else None,
        issue.document_number if issue else None,
        row.corrects,
        row.digest,
        row.at,
        row.by,
        issue.at if issue else None,
        way.submitted_on,
        way.co_signed_on,
        check_until(session, way, row.at),
        objections_of(_units(session, row), acts),
    )


def check_until(session: Session, way: Way, at: datetime) -> date | None:
    """Return the last day of the fact check, by the setting in force when it was submitted; None where there is none
    or no calendar tells it.
    """
    if way.submitted_on is None:
        return None
    try:
        return last_day_of_check(session, way.submitted_on)
    except CalendarMissing:
        return None


def last_day_of_check(session: Session, submitted_on: date) -> date | None:
    """Return the last day of a fact check that was submitted then; None for no check. Raises CalendarMissing."""
    settings = settings_in_force(session, end_of_day(submitted_on))
    return last_day_to_object(submitted_on, int(settings["fact_check_days"]), entered_calendar(session))


def objections_of(units: dict[int, UnitInfo], acts: Sequence[BulletinAct]) -> tuple[Objection, ...]:
    """Return the objections since the last submission, each with whether it was settled."""
    open_objections: dict[int, Objection] = {}
    for act in acts:
        match Act(act.act), act.unit_id:
            case Act.SUBMIT, _:
                open_objections = {}
            case Act.OBJECT, int(unit_id):
                open_objections[unit_id] = Objection(units[unit_id].name, act.reason, act.at, act.by, False)
            case Act.SETTLE, int(unit_id) if unit_id in open_objections:
                known = open_objections[unit_id]
                open_objections[unit_id] = Objection(known.unit, known.reason, known.at, known.by, True)
    return tuple(open_objections.values())


def _units(session: Session, row: Bulletin) -> dict[int, UnitInfo]:
    return dict(district_state(session, end_of_day(row.as_of)).plan.units)
