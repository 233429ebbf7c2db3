"""The parts of an assignment's page: its people and reports, its evidence and its whole history, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.downloads import evidence_link
from components.elements.facts import clock, facts
from components.elements.lamp import chip
from components.elements.links import link
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.elements.task_table import deadline_in_words
from models.lamps import MeasureLamp
from models.progress import ProgressLine
from rules.file_sizes import size_in_words
from services.milestones.assignment import AssignmentHistory, Event
from services.milestones.evidence import EvidenceFile

EVENTS_ON_A_PAGE = 30


def assignment_facts(assignment: AssignmentHistory, lamp: MeasureLamp) -> Markup:
    """Return lamp and reason, deadline, the two named people, and what was last reported."""
    people = f"责任领导 {assignment.leader or '未报'}，责任人 {assignment.person or '未报'}" + (
        f"，电话 {assignment.phone}" if assignment.phone else ""
    )
    return facts(
        ("红绿灯", chip(lamp.lamp)),
        ("理由", lamp.reason),
        ("任务", f"{assignment.task.code} {assignment.task.title}"),
        ("完成时限", deadline_in_words(assignment.task)),
        ("责任人员", people),
        *_last_progress(assignment.latest),
    )


def _last_progress(line: ProgressLine | None) -> Sequence[tuple[str, str]]:
    if line is None:
        return (("进展", "从未报送"),)
    share = f" {line.percent}%" if line.percent is not None else ""
    done = f"，{line.completed_on} 完成" if line.completed_on else ""
    more = (("存在问题", line.difficulty), ("下一步措施", line.next_step))
    return (
        ("进展", f"{line.month} {line.state}{share}{done}：{line.account or ''}"),
        *((name, words) for name, words in more if words),
    )


def evidence_table(files: Sequence[EvidenceFile], here: PageContext) -> Parts:
    """Return the files, the newest first; a file opens as it was uploaded."""
    columns = (
        Column[EvidenceFile](
            "number", "编号", lambda file: file.number, Kind.NUMBER, drawn=lambda file: str(file.number)
        ),
        Column[EvidenceFile](
            "file",
            "文件",
            lambda file: file.file_name,
            drawn=lambda file: evidence_link(file.number, file.file_name, f"SHA-256 {file.sha256}"),
        ),
        Column[EvidenceFile]("kind", "类型", lambda file: file.kind.upper(), width=Width.UNBROKEN),
        Column[EvidenceFile](
            "size", "大小", lambda file: file.size, Kind.NUMBER, drawn=lambda file: size_in_words(file.size)
        ),
        Column[EvidenceFile]("by", "上传人", lambda file: file.by, width=Width.UNBROKEN),
        Column[EvidenceFile]("at", "上传时间", lambda file: file.at, Kind.MOMENT, Width.UNBROKEN),
        Column[EvidenceFile](
            "state",
            "状态",
            lambda file: f"{clock(file.taken_back_at)} 撤回" if file.taken_back_at else "有效",
            width=Width.UNBROKEN,
        ),
    )
    table = Table("evidence", "证明材料", columns, counted="份材料", page_size=None, nothing="没有上传证明材料。")
    return table_parts(table, list(reversed(files)), here)


def history_table(events: Sequence[Event], here: PageContext) -> Parts:
    """Return all that happened, in the order given."""
    columns = (
        Column[Event]("at", "时间", lambda event: event.at, Kind.MOMENT, Width.UNBROKEN),
        Column[Event]("what", "事项", lambda event: event.what, width=Width.UNBROKEN, is_filter=True),
        Column[Event]("words", "内容", lambda event: event.words, width=Width.PROSE),
        Column[Event]("by", "经办", lambda event: event.by, width=Width.UNBROKEN),
        Column[Event](
            "source", "依据", _source_in_words, width=Width.UNBROKEN, drawn=lambda event: _source(event, here)
        ),
    )
    table = Table(
        "events",
        "全部历史",
        columns,
        counted="条",
        page_size=EVENTS_ON_A_PAGE,
        nothing="截至该日没有任何记录。",
        what_to_do="从未报送，不等于未开展。",
    )
    return table_parts(table, events, here)


def _source_in_words(event: Event) -> str:
    if event.submission is not None:
        return f"报送 {event.submission}"
    return f"材料 {event.evidence}" if event.evidence is not None else ""


def _source(event: Event, here: PageContext) -> str | Markup:
    words = _source_in_words(event)
    if event.submission is not None:
        return link(words, here.address("submission", number=event.submission))
    return evidence_link(event.evidence, words) if event.evidence is not None else words
