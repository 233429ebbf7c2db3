"""A bulletin is drafted: as-of date and the date compared with in; figures stored as they are told at that time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

from data_access.bulletins import add_bulletin, issues_until
from data_access.database import Session, reading, writing
from models.bulletins import Bulletin
from rules.as_of import day_of, end_of_day
from rules.bulletins.figures import digest_of
from rules.bulletins.procedure import draft_refused
from services.access.audit_log import log
from services.access.current_user import current_user
from services.access.permission import BUREAU_ALONE, requires_role
from services.access.refusal import RefusedRequest
from services.bulletins.gathering import figures_of, particulars_of
from services.bulletins.register import named_bulletin
from services.figures.district_state import district_state

LAST: Final = "last"
Compared = date | Literal["last"] | None
"""A day, the as-of date of the last bulletin issued before, or none."""


@requires_role(*BUREAU_ALONE)
def draft(as_of: date, *, compare: Compared = LAST, corrects: str | None = None, at: datetime) -> int:
    """Store a draft as of a day that is over; gives its id. `corrects`: the number of the issued bulletin that it puts
    right. Raises RefusedRequest, CalendarMissing.
    """
    with reading() as session:
        plan = district_state(session, end_of_day(as_of)).plan
        compared = _last_issued(session, plan.code, as_of, at) if compare == LAST else compare
        if refusal := draft_refused(as_of, compared, day_of(at), plan.year):
            raise RefusedRequest(refusal)
        figures = figures_of(session, as_of, compared)
        particulars = particulars_of(session, figures, at, _document_number(session, corrects, at))
    with writing() as session:
        bulletin_id = add_bulletin(
            session,
            Bulletin(
                plan=plan.code,
                as_of=as_of,
                compared=compared,
                corrects=corrects,
                figures=figures,
                particulars=particulars.as_json(),
                digest=digest_of(figures),
                at=at,
                by=current_user().name,
            ),
        )
        log(
            session,
            "draft bulletin",
            f"通报 {bulletin_id}",
            detail={"as_of": as_of, "compared": compared, "corrects": corrects, "at": at.isoformat()},
            after={"digest": digest_of(figures)},
        )
    return bulletin_id


def _last_issued(session: Session, plan: str, as_of: date, at: datetime) -> date | None:
    """The as-of date of the last bulletin of the plan issued before; one of the same day or later is put right, not
    continued.
    """
    issued = [bulletin for bulletin, _ in issues_until(session, at) if bulletin.plan == plan]
    days = [bulletin.as_of for bulletin in issued if bulletin.as_of < as_of]
    return days[-1] if days else None


def _document_number(session: Session, corrects: str | None, at: datetime) -> str:
    """The 发文字号 of the bulletin that is put right."""
    if corrects is None:
        return ""
    wrong = named_bulletin(session, corrects).id
    number = next((issue.document_number for row, issue in issues_until(session, at) if row.id == wrong), None)
    if number is None:
        raise RefusedRequest(f"通报“{corrects}”尚未印发，不能更正；草稿有误的，重新起草即可。")
    return number
