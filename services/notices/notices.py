"""Notices: sent to a unit about matters that stand, opened and received by its people, listed as of any day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from data_access.database import Session, reading, writing
from data_access.notices import add, notice_row, notice_rows, receipts
from data_access.numbering import next_serial
from data_access.plan_store import plan_at, units
from models.lamps import Scorecard
from models.notices import Level, Matter, Notice, NoticeReceipt, NoticeRow
from models.people import Role
from rules.as_of import EVER, SHANGHAI, day_of, end_of_day
from rules.notices.matters import FORMS, is_matter
from rules.numbering import number_of
from rules.units.changes import heir, names_answering
from services.access.audit_log import log
from services.access.chosen_plan import asking_of
from services.access.clock import present
from services.access.current_user import current_user
from services.access.numbers import row_numbered
from services.access.permission import EVERYONE, WHO_SUPERVISES, is_own, refuse_unless_own, requires_role
from services.access.refusal import RefusedRequest, refuse_longer_than
from services.figures.district_state import plan_on_board
from services.notices.matters import DistrictMatters, matters_in

LONGEST = 2000
"""Characters of what is asked."""


@requires_role(*WHO_SUPERVISES)
def send_notice(
    unit: str, level: Level, matters: Sequence[str], *, reply_by: date, text: str = "", at: datetime | None = None
) -> Notice:
    """Return the notice as sent. Raises RefusedRequest, CalendarMissing."""
    at = at or present()
    codes = list(dict.fromkeys(matters))
    _refuse_unreadable(codes, text)
    if reply_by <= day_of(at):
        raise RefusedRequest(f"答复期限（{reply_by}）应晚于发出当天（{day_of(at)}）。")
    with writing() as session:
        district = matters_in(session, day_of(at), unit)
        [owner] = district.units
        current = [matter.code for matter in district.units[owner].matters]
        if gone := [code for code in codes if code not in current]:
            there = f"，现有：{'、'.join(current)}" if current else "，该单位目前没有可催办的事项"
            raise RefusedRequest(f"{owner}没有事项 {'、'.join(gone)}{there}。")
        row = NoticeRow(
            plan=district.state.plan.code,
            year=day_of(at).year,
            serial=next_serial(session, NoticeRow, day_of(at).year),
            unit_id=district.ids[owner],
            level=level.value,
            matters=codes,
            text=text.strip(),
            reply_by=reply_by,
            at=at,
            by=current_user().name,
            account=current_user().login,
        )
        add(session, row)
        number = number_of(row.year, row.serial)
        log(
            session,
            "send notice",
            f"{number} {owner}",
            after={"level": level.value, "matters": codes, "reply_by": reply_by},
            detail={"text": row.text, "at": at.isoformat()},
        )
        return _notice(row, owner, {}, False)


def _refuse_unreadable(codes: Sequence[str], text: str) -> None:
    if not codes:
        raise RefusedRequest("请至少写明一个催办事项。")
    if unreadable := [code for code in codes if not is_matter(code)]:
        raise RefusedRequest(f"事项“{unreadable[0]}”不能识别，应写成 {FORMS}。")
    refuse_longer_than(LONGEST, text)


@requires_role(Role.UNIT, own="unit")
def receive_notice(number: str, unit: str | None = None, *, at: datetime | None = None) -> Notice:
    """Return the notice after somebody of the unit received it (签收). Raises RefusedRequest."""
    at = at or present()
    with writing() as session:
        row, owner = _own_notice(session, number, unit)
        if at < row.at:
            raise RefusedRequest(f"签收时间不能早于发出时间（{_clock(row.at)}）。")
        known = receipts(session, EVER)
        if (first := known.get((row.id, True))) is not None:
            raise RefusedRequest(f"通知 {number} 已于 {_clock(first.at)} 由{first.by}签收。")
        add(session, _receipt(row, True, at))
        log(
            session,
            "receive notice",
            f"{number} {owner}",
            before={"received": False},
            after={"received": True},
            detail={"at": at.isoformat()},
        )
        return _notice(row, owner, receipts(session, EVER), False)


@requires_role(Role.UNIT)
def note_opened(number: str, *, at: datetime | None = None) -> None:
    """Note who of the unit opened a notice first. Opened again, nothing is written. Raises RefusedRequest."""
    with reading() as session:
        row, owner = _own_notice(session, number, current_user().unit)
        if _is_opened(session, row):
            return
    with writing() as session:
        if _is_opened(session, row):  # by a colleague, meanwhile
            return
        at = max(at or present(), row.at)
        add(session, _receipt(row, False, at))
        log(session, "open notice", f"{number} {owner}", detail={"at": at.isoformat()})


def _is_opened(session: Session, row: Any) -> bool:
    return (row.id, False) in receipts(session, EVER)


def _own_notice(session: Session, number: str, unit: str | None) -> tuple[Any, str]:
    """Return the notice with its unit's name. Raises RefusedRequest for an unknown one or another unit's."""
    row = _numbered(session, number)
    owner = units(session)[row.unit_id].name
    if not is_own(owner):
        raise RefusedRequest(f"通知 {number} 不是发给{unit}的。")
    return row, owner


def _numbered(session: Session, number: str) -> Any:
    return row_numbered(number, "催办督办", "催办督办通知", partial(notice_row, session))


def _receipt(row: Any, received: bool, at: datetime) -> NoticeReceipt:
    person = current_user()
    return NoticeReceipt(notice_id=row.id, received=received, at=at, by=person.name, account=person.login)


@requires_role(*EVERYONE)
def notice_of(number: str, as_of: date) -> tuple[Notice, tuple[Matter, ...]]:
    """Return one as it stood at the end of the day, with the matters of its unit that stand then.

    Raises RefusedRequest for an unknown number, another unit's, or one that was sent later; CalendarMissing.
    """
    with reading() as session:
        row = _numbered(session, number)
        refuse_unless_own(units(session)[row.unit_id].name)
        plan = plan_at(session, end_of_day(as_of))
        owner = names_answering(plan)[row.unit_id]
        district = matters_in(session, as_of, owner)
        sent = notices_in(session, district)
    notice = next((notice for notice in sent if notice.number == number), None)
    if notice is None:
        raise RefusedRequest(f"通知 {number} 在 {as_of} 尚未发出，请换一个截至日期。")
    return notice, district.units[owner].matters


@requires_role(*EVERYONE)
def sent_notice(number: str) -> Notice:
    """Return one as it stood at the end of the day on which it was sent. Raises as `notice_of`."""
    with reading() as session:
        sent_on = day_of(_numbered(session, number).at)
    return notice_of(number, sent_on)[0]


@requires_role(*EVERYONE, own="unit")
def notices_as_of(as_of: date, unit: str | None = None, *, card: Scorecard | None = None) -> tuple[Notice, ...]:
    """Return the notices sent by the end of the day, by number; of one unit or of all.

    `card`: the board of that day, where it has been judged already.

    Raises RefusedRequest for an unknown unit, CalendarMissing.
    """
    with reading() as session:
        if unit is None and not notice_rows(session, end_of_day(as_of)):
            return ()  # whatever the matters are
        return notices_in(session, matters_in(session, as_of, unit, card))


def notices_in(session: Session, district: DistrictMatters) -> tuple[Notice, ...]:
    """Return what `notices_as_of` does, within a transaction and of the units whose matters are known."""
    end = end_of_day(district.as_of)
    ids, changes = {district.ids[name] for name in district.units}, district.state.plan.unit_changes
    names = {
        number: name for number, name in names_answering(district.state.plan).items() if heir(number, changes) in ids
    }
    known = receipts(session, end)
    rows = [row for row in notice_rows(session, end) if row.unit_id in names]
    current = {district.state.plan.code: _current_codes(district)}
    for plan in {row.plan for row in rows} - current.keys():
        current[plan] = _current_codes_in(session, district, plan)
    return tuple(
        _notice(row, names[row.unit_id], known, current[row.plan][names[row.unit_id]].isdisjoint(row.matters))
        for row in rows
    )


def _current_codes(district: DistrictMatters) -> dict[str, set[str]]:
    """Unit → the codes of its matters."""
    return {name: {matter.code for matter in unit.matters} for name, unit in district.units.items()}


def _current_codes_in(session: Session, district: DistrictMatters, plan: str) -> dict[str, set[str]]:
    """What stands of another plan, of which some notices are."""
    if plan_on_board(session, plan) is None:
        return _current_codes(district)
    names = list(district.units)
    with asking_of(plan):
        return _current_codes(matters_in(session, district.as_of, names[0] if len(names) == 1 else None))


def _notice(row: Any, unit: str, known: dict[tuple[int, bool], Any], settled: bool) -> Notice:
    opened, received = known.get((row.id, False)), known.get((row.id, True))
    return Notice(
        number_of(row.year, row.serial),
        unit,
        Level(row.level),
        tuple(row.matters),
        row.text,
        row.reply_by,
        row.at,
        row.by,
        opened.at if opened else None,
        opened.by if opened else "",
        received.at if received else None,
        received.by if received else "",
        settled,
    )


def notice_json(notice: Notice, file: str | None = None) -> dict[str, Any]:
    """Return what `notice send` prints."""
    return {
        "number": notice.number,
        "unit": notice.unit,
        "level": notice.level.value,
        "matters": list(notice.matters),
        "reply_by": notice.reply_by.isoformat(),
        "file": file,
    }


def listed_json(notice: Notice) -> dict[str, Any]:
    """Return a notice as `notice list` prints it."""
    return notice_json(notice) | {
        "sent_on": day_of(notice.sent_at).isoformat(),
        "received_on": day_of(notice.received_at).isoformat() if notice.received_at else None,
        "settled": notice.settled,
    }


def _clock(instant: datetime) -> str:
    return f"{instant.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
