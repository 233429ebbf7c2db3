"""The parts of an assignment's page: its people and reports, its evidence and its whole history, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.downloads import evidence_link
from components.elements.empty_state import empty_state
from components.elements.facts import clock, facts
from components.elements.lamp import chip
from components.elements.links import link
from components.elements.tables import Column, Row, table
from components.elements.task_table import deadline_in_words
from models.lamps import MeasureLamp
from models.progress import ProgressLine
from rules.file_sizes import size_in_words
from services.milestones.assignment import AssignmentHistory, Event
from services.milestones.evidence import EvidenceFile

EVIDENCE_COLUMNS = (
    Column("编号", number=True),
    Column("文件"),
    Column("类型", css="nowrap"),
    Column("大小", number=True),
    Column("上传人", css="nowrap"),
    Column("上传时间", css="nowrap"),
    Column("状态", css="nowrap"),
)

EVENT_COLUMNS = (
    Column("时间", css="nowrap"),
    Column("事项", css="nowrap"),
    Column("内容", css="prose"),
    Column("经办", css="nowrap"),
    Column("依据", css="nowrap"),
)


def assignment_facts(found: AssignmentHistory, lamp: MeasureLamp) -> Markup:
    """Lamp and reason, deadline, the two named people, and what was last reported."""
    people = f"责任领导 {found.leader or '未报'}，责任人 {found.person or '未报'}" + (
        f"，电话 {found.phone}" if found.phone else ""
    )
    return facts(
        ("红绿灯", chip(lamp.lamp)),
        ("理由", lamp.reason),
        ("任务", f"{found.task.code} {found.task.title}"),
        ("完成时限", deadline_in_words(found.task)),
        ("责任人员", people),
        *_last_said(found.latest),
    )


def _last_said(line: ProgressLine | None) -> Sequence[tuple[str, str]]:
    if line is None:
        return (("进展", "从未报送"),)
    share = f" {line.percent}%" if line.percent is not None else ""
    done = f"，{line.completed_on} 完成" if line.completed_on else ""
    more = (("存在问题", line.difficulty), ("下一步措施", line.next_step))
    return (
        ("进展", f"{line.month} {line.state}{share}{done}：{line.account or ''}"),
        *((name, words) for name, words in more if words),
    )


def evidence_table(files: Sequence[EvidenceFile]) -> Markup:
    """The newest first; a file opens as it was uploaded."""
    if not files:
        return empty_state("没有上传证明材料。")
    return table(EVIDENCE_COLUMNS, [_file(one) for one in reversed(files)])


def _file(one: EvidenceFile) -> Row:
    name = evidence_link(one.number, one.file_name, f"SHA-256 {one.sha256}")
    standing = f"{clock(one.taken_back_at)} 撤回" if one.taken_back_at else "有效"
    return str(one.number), name, one.kind.upper(), size_in_words(one.size), one.by, clock(one.at), standing


def history_table(events: Sequence[Event], here: PageContext) -> Markup:
    if not events:
        return empty_state("截至该日没有任何记录。", "从未报送，不等于未开展。")
    return table(EVENT_COLUMNS, [_event(one, here) for one in events])


def _event(one: Event, here: PageContext) -> Row:
    source: str | Markup = ""
    if one.submission is not None:
        source = link(f"报送 {one.submission}", here.address("submission", number=one.submission))
    elif one.evidence is not None:
        source = evidence_link(one.evidence, f"材料 {one.evidence}")
    return clock(one.at), one.what, one.words, one.by, source
