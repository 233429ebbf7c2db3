"""One rectification: what it is, where it stands, and everything that was said and decided on it, the newest last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from catalogue.areas import area_of
from components.elements.context import PLAN, PageContext
from components.elements.downloads import answer_file_link
from components.elements.facts import facts
from components.elements.lamp import chip
from components.elements.links import link
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from models.meetings import INSTRUCTION, MEETING, TALK
from models.rectifications import Act, Rectification, RectificationState, Source
from rules.measure_addresses import read_address
from rules.rectifications.sources import Reference, read_reference
from services.rectifications.course import AttachedFile, CourseEntry, RectificationCourse

LISTS = {TALK: "talks", INSTRUCTION: "instructions"}
"""What a unit took on is from → the page that lists those of the unit."""
WHERE_IT_WAITS = {
    RectificationState.OPEN: "等待责任单位答复",
    RectificationState.ANSWERED: "等待管理局或督查室复核",
    RectificationState.CLOSED: "已经销号",
    RectificationState.WITHDRAWN: "已经终止",
}


def rectification_facts(item: Rectification, here: PageContext) -> Markup:
    course = item.course
    moved = f"（原 {course.due_first}）" if course.due != course.due_first else ""
    pairs: list[tuple[str, str | Markup]] = [
        ("红绿灯", chip(item.lamp)),
        ("状态", f"{course.state.word}，{WHERE_IT_WAITS[course.state]}"),
        ("责任单位", link(item.unit, here.address("unit", unit=item.unit))),
        ("问题", item.issue),
        ("整改要求", item.requirement or "未另写要求"),
        ("来源", _source(item, here)),
        ("立项日期", course.opened_on.isoformat()),
        ("时限", f"{course.due}{moved}{_days_in_words(item.days)}"),
    ]
    if item.area:
        pairs.append(("领域", area_of(item.area).title))
    if item.cause:
        pairs.append(("原因", item.cause))
    if item.repeats:
        pairs.append(("重复发生", link(f"此前整改 {item.repeats}", here.address("rectification", number=item.repeats))))
    return facts(*pairs)


def _days_in_words(days: int | None) -> str:
    if days is None:
        return ""
    return f"，已逾期 {-days} 个工作日" if days < 0 else f"，还有 {days} 个工作日"


def _source(item: Rectification, here: PageContext) -> str | Markup:
    reference = read_reference(item.source)
    if reference is None:
        return item.source
    href = _source_address(reference, item.unit, here)
    return link(reference.words, href) if href else reference.words


def _source_address(reference: Reference, unit: str, here: PageContext) -> str | None:
    match reference.source:
        case Source.MEASURE:
            plan, measure = read_address(reference.about)
            return here.address("lamp", **({PLAN: plan} if plan else {}), measure=measure, unit=unit)
        case Source.CASE:
            return here.address("cases", kind=reference.about, unit=unit)
        case Source.SPOT_CHECK | Source.BULLETIN | Source.NOTICE:
            return here.address(reference.source.value.replace("-", "_"), number=reference.about)
        case Source.INSTRUCTION if reference.is_of_record:
            what, number = reference.about.split(" ")
            return here.address("meeting", number=number) if what == MEETING else here.address(LISTS[what], unit=unit)
    return None


@dataclass(frozen=True)
class _Line:
    at: datetime
    by: str
    what: str
    text: str
    due: date | None = None
    day: date | None = None
    files: Sequence[AttachedFile] = ()


def course_table(course: RectificationCourse, here: PageContext) -> Parts:
    """Return a row an act in the order in which they happened."""
    item = course.rectification
    opening = _Line(item.opened_at, course.opened_by, "立项", item.issue, item.course.due_first)
    return table_parts(COURSE, [opening, *map(_line, course.entries)], here)


def _line(entry: CourseEntry) -> _Line:
    cause = f"（原因：{entry.cause}）" if entry.cause else ""
    return _Line(entry.at, entry.by, entry.act.word, f"{entry.text}{cause}", entry.due, _told(entry), entry.files)


def _told(entry: CourseEntry) -> date | None:
    return entry.day if entry.act in (Act.ANSWER, Act.EXTEND) else None


def _files(line: _Line) -> Markup:
    return Markup("、").join(
        answer_file_link(file.number, file.file_name, f"{file.size / 1024:,.0f} KB") for file in line.files
    )


COURSE: Table[_Line] = Table(
    "course",
    "整改经过",
    (
        Column("at", "时间", lambda line: line.at, Kind.MOMENT, Width.UNBROKEN, sortable=False),
        Column("by", "经办", lambda line: line.by, width=Width.UNBROKEN, sortable=False),
        Column("what", "事项", lambda line: line.what, width=Width.UNBROKEN, sortable=False),
        Column("text", "内容", lambda line: line.text, width=Width.PROSE, sortable=False),
        Column("due", "时限", lambda line: line.due, Kind.DAY, Width.UNBROKEN, sortable=False),
        Column("day", "完成或申请日期", lambda line: line.day, Kind.DAY, Width.UNBROKEN, sortable=False, folds=True),
        Column(
            "files",
            "附件",
            lambda line: "、".join(file.file_name for file in line.files),
            drawn=_files,
            sortable=False,
            folds=True,
        ),
    ),
    counted="条",
    page_size=None,
)
