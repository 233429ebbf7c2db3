"""The way of a bulletin after its draft: submitted to the units named, objected to, co-signed or returned, issued."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from data_access.bulletins import acts_of, add_act, add_issue
from data_access.database import Session, writing
from data_access.numbering import next_serial
from models.bulletins import Act, Bulletin, BulletinAct, BulletinIssue
from models.people import Role
from rules.as_of import SHANGHAI, day_of
from rules.bulletins.particulars import Particulars, document_number
from rules.bulletins.procedure import (
    Way,
    issue_refused,
    object_refused,
    sign_refused,
    submit_refused,
    way_of,
)
from rules.bulletins.unit_lines import units_named
from rules.numbering import number_of
from rules.working_days import CalendarMissing
from services.access.audit_log import log
from services.access.current_user import current_user
from services.access.permission import BUREAU_ALONE, own_units, requires_role
from services.access.refusal import RefusedRequest, refuse_without_reason
from services.bulletins.printing import pictures_of, print_files
from services.bulletins.register import (
    bulletin,
    check_until,
    last_day_of_check,
    named_bulletin,
    objections_of,
    summary_of,
)
from services.figures.district_state import DistrictState, district_state, settings_in_force


@dataclass(frozen=True)
class Handled:
    """A bulletin in the hands of somebody at an instant."""

    session: Session
    row: Bulletin
    acts: list[BulletinAct]
    way: Way
    at: datetime

    @property
    def id(self) -> int:
        assert self.row.id is not None
        return self.row.id

    @property
    def today(self) -> date:
        return day_of(self.at)

    @property
    def check_until(self) -> date | None:
        return check_until(self.session, self.way, self.row.at)


@contextmanager
def _in_hand(bulletin_id: int, at: datetime) -> Iterator[Handled]:
    """One transaction. Raises RefusedRequest where there is no such bulletin, or something later was done already."""
    with writing() as session:
        row = named_bulletin(session, str(bulletin_id))
        acts = acts_of(session, [bulletin_id])[bulletin_id]
        last = acts[-1].at if acts else row.at
        if at < last:
            raise RefusedRequest(f"办理时间不能早于上一步（{last.astimezone(SHANGHAI):%Y-%m-%d %H:%M}）。")
        yield Handled(session, row, acts, way_of([(Act(act.act), day_of(act.at)) for act in acts]), at)


@requires_role(*BUREAU_ALONE)
def submit(bulletin_id: int, *, at: datetime) -> None:
    """Give a draft to the units that it names for their check. Raises RefusedRequest."""
    with _in_hand(bulletin_id, at) as handled:
        _refuse(submit_refused(handled.way))
        _refuse_without_calendar(handled)
        _enter(handled, Act.SUBMIT, "submit bulletin")


def _refuse_without_calendar(handled: Handled) -> None:
    """Where the year is not entered nobody could say when the fact check is over."""
    try:
        last_day_of_check(handled.session, handled.today)
    except CalendarMissing as missing:
        raise RefusedRequest(f"不能算出事实核对的截止日期：{missing}") from missing


@requires_role(Role.UNIT, own="unit")
def object_to(bulletin_id: int, unit: str, *, reason: str, at: datetime) -> None:
    """Enter a unit's objection to the lines about it; the clock does not stop. Raises RefusedRequest."""
    with _in_hand(bulletin_id, at) as handled:
        _refuse(object_refused(handled.way, handled.check_until, handled.today))
        named = units_named(handled.row.figures, Particulars.of_json(handled.row.particulars))
        own = next((name for name in (unit, *(own_units() or ())) if name in named), None)
        if own is None:
            raise RefusedRequest(f"该通报没有涉及{unit}的内容。")
        refuse_without_reason(reason, "请写明意见。")
        _enter(handled, Act.OBJECT, "object to bulletin", unit=own, reason=reason)


@requires_role(*BUREAU_ALONE)
def settle_objection(bulletin_id: int, unit: str, *, reason: str, at: datetime) -> None:
    """Enter the bureau's answer to an objection, which is then no longer printed. Raises RefusedRequest."""
    with _in_hand(bulletin_id, at) as handled:
        units = dict(_state(handled).plan.units)
        open_ones = {objection.unit for objection in objections_of(units, handled.acts) if not objection.settled}
        if unit not in open_ones:
            raise RefusedRequest(f"{unit}没有待处理的意见。")
        refuse_without_reason(reason, "请写明如何处理该意见。")
        _enter(handled, Act.SETTLE, "settle objection", unit=unit, reason=reason)


@requires_role(Role.INSPECTOR)
def co_sign(bulletin_id: int, *, at: datetime) -> None:
    """Enter that the inspector agrees. Raises RefusedRequest."""
    with _in_hand(bulletin_id, at) as handled:
        _refuse(sign_refused(handled.way))
        _enter(handled, Act.CO_SIGN, "co-sign bulletin")


@requires_role(Role.INSPECTOR)
def send_back(bulletin_id: int, *, reason: str, at: datetime) -> None:
    """Send a bulletin back with the inspector's reason; it may be submitted again. Raises RefusedRequest."""
    with _in_hand(bulletin_id, at) as handled:
        _refuse(sign_refused(handled.way))
        refuse_without_reason(reason, "请写明退回的理由。")
        _enter(handled, Act.RETURN, "return bulletin", reason=reason)


@requires_role(*BUREAU_ALONE)
def issue(bulletin_id: int, *, skip_fact_check: str | None = None, at: datetime) -> str:
    """Issue a bulletin: number and files are fixed for ever; gives its number. `skip_fact_check`: why its end is not
    waited for. Raises RefusedRequest.
    """
    drafted = bulletin(str(bulletin_id))
    pictures = pictures_of(drafted.figures, drafted.particulars)  # seconds, for which nobody has to wait to write
    with _in_hand(bulletin_id, at) as handled:
        settings = settings_in_force(handled.session, at)
        if skip_fact_check is not None:
            refuse_without_reason(skip_fact_check, "请写明不等事实核对结束的理由。")
        _refuse(
            issue_refused(
                handled.way,
                handled.check_until,
                handled.today,
                needs_co_sign=bool(settings["bulletin_cosign"]),
                skips=skip_fact_check is not None,
            )
        )
        year = handled.today.year
        serial = next_serial(handled.session, BulletinIssue, year)
        particulars = _printed_at_issue(handled, document_number(settings["document_number"], year, serial))
        entry = BulletinIssue(
            bulletin_id=bulletin_id,
            year=year,
            serial=serial,
            document_number=particulars.document_number,
            particulars=particulars.as_json(),
            skipped=(skip_fact_check or "").strip(),
            at=at,
            by=current_user().name,
        )
        add_issue(handled.session, entry, print_files(drafted.figures, particulars, pictures))
        name = number_of(year, serial)
        _enter(handled, Act.ISSUE, "issue bulletin", reason=(skip_fact_check or "").strip(), number=name)
    return name


def _printed_at_issue(handled: Handled, document_number: str) -> Particulars:
    """The particulars of the draft with number, day and the objections that still stand."""
    summary = summary_of(handled.session, handled.row, handled.acts)
    objectors = [objection.unit for objection in summary.objections if not objection.settled]
    made = handled.at.astimezone(SHANGHAI).isoformat(timespec="seconds")
    return Particulars.of_json(handled.row.particulars).issued(document_number, made, objectors)


def _enter(
    handled: Handled, act: Act, action: str, *, unit: str | None = None, reason: str = "", number: str = ""
) -> None:
    """The act into the bulletin's way and into the log."""
    unit_id = _state(handled).plan.unit_id(unit) if unit else None
    add_act(
        handled.session,
        handled.id,
        act,
        at=handled.at,
        by=current_user().name,
        unit_id=unit_id,
        reason=reason.strip(),
    )
    after = way_of([*((Act(act.act), day_of(act.at)) for act in handled.acts), (act, handled.today)])
    detail = {"reason": reason.strip(), "unit": unit, "number": number}
    log(
        handled.session,
        action,
        f"通报 {handled.id}",
        before={"state": handled.way.state.word},
        after={"state": after.state.word},
        detail={name: value for name, value in detail.items() if value} | {"at": handled.at.isoformat()},
    )


def _state(handled: Handled) -> DistrictState:
    return district_state(handled.session, handled.at)


def _refuse(sentence: str | None) -> None:
    if sentence:
        raise RefusedRequest(sentence)
