"""Notices and meeting packs as .docx, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from catalogue.indicators import INDICATORS
from data_access.bulletin_files.document import draw
from data_access.database import reading
from models.definitions import NumberFormat
from models.notices import Notice
from rules.as_of import day_of, end_of_day
from rules.notices.document import Office, notice_document
from rules.notices.pack_document import KEPT, NOT_DUE, FigureLine, PackedUnit, pack_document
from services.access.permission import EVERYONE, WHO_SEES_ALL, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import DistrictState, district_state
from services.notices.matters import matters_in
from services.notices.meeting_pack import MeetingPack, UnitPage
from services.notices.notices import sent_notice


@requires_role(*EVERYONE)
def notice_file(number: str) -> bytes:
    """Return a notice's document, with its matters as they stood when it was sent.

    Raises RefusedRequest for an unknown number or another unit's.
    """
    notice = sent_notice(number)
    with reading() as session:
        district = matters_in(session, day_of(notice.sent_at), notice.unit)
        current_matters = {matter.code: matter for matter in district.units[notice.unit].matters}
        office = _office(district.state)
    matters = [current_matters[code] for code in notice.matters if code in current_matters]
    document = notice_document(notice, matters, district.state.plan.year, office)
    made = notice.sent_at.astimezone(UTC).replace(tzinfo=None)  # as the properties of a file have it
    return draw(document, {}, made)


@requires_role(*WHO_SEES_ALL)
def pack_file(pack: MeetingPack) -> bytes:
    """Return the pack's document. Raises RefusedRequest where there is no page in it."""
    if not pack.units:
        raise RefusedRequest("没有可以列入会议材料的单位。")
    with reading() as session:
        office = _office(district_state(session, end_of_day(pack.as_of)))
    document = pack_document([_packed(page) for page in pack.units], pack.as_of, pack.since, office)
    return draw(document, {}, datetime.combine(pack.as_of, time()))


def _office(state: DistrictState) -> Office:
    return Office(state.settings["masthead"], state.settings["issuer"])


def _packed(page: UnitPage) -> PackedUnit:
    return PackedUnit(
        page.unit,
        [
            (item.number, item.issue, item.course.due.isoformat(), KEPT.get(item.lamp, NOT_DUE))
            for commitment in page.commitments
            for item in [commitment.rectification]
        ],
        page.lamps,
        page.lamps_before,
        [
            FigureLine(indicator.title, figure.now, figure.before, indicator.number_format is NumberFormat.SHARE)
            for figure in page.figures
            for indicator in [INDICATORS[figure.now.code]]
        ],
        [*_open_rectifications(page), *(_open_notice(notice) for notice in page.notices)],
        [
            (item.check, item.content, item.decided_on.isoformat(), "是" if item.claimed else "否或未报")
            for item in page.findings
        ],
        [question.text for question in page.questions],
    )


def _open_rectifications(page: UnitPage) -> Iterator[tuple[str, str, str, str]]:
    for item in page.rectifications:
        yield item.number, item.issue, item.course.due.isoformat(), item.course.state.word


def _open_notice(notice: Notice) -> tuple[str, str, str, str]:
    received = "已签收" if notice.received_at else "未签收"
    return notice.number, f"{notice.level.word}单，{len(notice.matters)} 个事项", notice.reply_by.isoformat(), received
