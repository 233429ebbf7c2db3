"""The whole history of one assignment (measure × unit): reports, evidence, decisions, rulings and the lamps that
turned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from catalogue.datasets import DATASETS
from catalogue.datasets.progress import PROGRESS
from catalogue.indicators import INDICATORS
from data_access.database import Session, reading
from data_access.milestones import decisions_of
from data_access.plan_store import rulings_on, sets_no_deadline
from data_access.progress import progress_lines
from data_access.submissions import lamps_turned_by
from models.lamps import FACES, Lamp
from models.plan import Measure, Plan, Task, UnitInfo
from models.progress import ProgressLine
from models.tables import TargetRuling
from rules.as_of import end_of_day
from rules.units.changes import begins, family
from services.access.permission import EVERYONE, own_unit, requires_role
from services.access.personal_data import masked_line, masked_unit
from services.access.refusal import RefusedRequest
from services.board.scorecard import counted_datasets
from services.figures.district_state import plan_asked_about
from services.milestones.evidence import EvidenceFile, evidence_as_of
from services.milestones.progress import as_typed, fields_added
from services.plan.import_again import words_ruled
from services.units.changes import UnitHistoryEntry, unit_history

FEW = 5


@dataclass(frozen=True)
class Event:
    """Something that happened to an assignment. `submission`, `evidence`: the number of what it speaks of."""

    at: datetime
    what: str  # 报送 证明材料 核验 退回 核定存疑 调整目标 机构变动 红绿灯
    words: str
    by: str
    submission: int | None = None
    evidence: int | None = None


@dataclass(frozen=True)
class AssignmentHistory:
    """`events` newest first; `reports` in the order of acceptance, replaced and withdrawn ones among them."""

    task: Task
    measure: Measure
    unit: str
    leader: str | None
    person: str | None
    phone: str | None
    reports: tuple[ProgressLine, ...]
    evidence: tuple[EvidenceFile, ...]
    events: tuple[Event, ...]

    @property
    def latest(self) -> ProgressLine | None:
        """The row of the latest month that stands."""
        lines_in_force = [line for line in self.reports if line.in_force]
        return max(lines_in_force, key=lambda line: (line.month, line.accepted_at), default=None)


@requires_role(*EVERYONE, own="unit")
def assignment_history(measure: str, unit: str, as_of: date) -> AssignmentHistory:
    """Return the history of a measure × unit as known at the end of the day. Raises RefusedRequest where the unit does
    not answer for the measure.
    """
    end = end_of_day(as_of)
    files, changes = evidence_as_of(as_of, unit, measure), unit_history(as_of, unit)
    with reading() as session:
        plan = plan_asked_about(session, end)
        task, judged, unit_id = _assigned(plan, measure, unit)
        members = family(plan, unit_id)
        reports = tuple(masked_line(line, unit) for line in _lines(session, end, members, judged))
        events = [
            *_reports(reports),
            *_evidence(files),
            *(event for member in members for event in _decisions(session, judged.key, member, end)),
            *_changes(changes),
            *_rulings(session, plan, task, judged, end),
            *_turned(session, judged, plan.units[unit_id], end),
        ]
    registered = masked_unit(plan.units[unit_id])
    latest = max(
        (line for line in reports if line.in_force), key=lambda line: (line.month, line.accepted_at), default=None
    )
    leader, person, phone = (
        (getattr(latest, name, None) or getattr(registered, name)) for name in ("leader", "person", "phone")
    )
    return AssignmentHistory(
        task,
        judged,
        unit,
        leader,
        person,
        phone,
        reports,
        files,
        tuple(sorted(events, key=lambda event: event.at, reverse=True)),
    )


def _lines(session: Session, end: datetime, members: Sequence[int], judged: Measure) -> list[ProgressLine]:
    return progress_lines(session, DATASETS[PROGRESS.code], end, members, judged.key)


def _assigned(plan: Plan, measure: str, unit: str) -> tuple[Task, Measure, int]:
    judged, unit_id = plan.measure(measure), plan.unit_id(unit)
    task = plan.task(judged.task) if judged else None
    if judged is None or task is None:
        raise RefusedRequest(f"方案中没有举措“{measure}”。")
    if unit_id is None or unit_id not in task.units:
        raise RefusedRequest(f"{unit or '未定单位'}不承担举措 {measure}。")
    return task, judged, unit_id


def _added_in_words(line: ProgressLine) -> str:
    """“（投资额：3.5；开工日期：2024-03-01）”, without what tells of people."""
    said = [
        f"{field.label}：{as_typed(value)}"
        for field in fields_added()
        if field.personal is None and (value := line.added.get(field.name)) is not None
    ]
    return f"（{'；'.join(said)}）" if said else ""


def _reports(reports: tuple[ProgressLine, ...]) -> Iterator[Event]:
    for line in reports:
        done = f"，{line.completed_on} 完成" if line.completed_on else ""
        share = f" {line.percent}%" if line.percent is not None else ""
        yield Event(
            line.accepted_at,
            "报送",
            f"{line.month} 进展：{line.state}{share}{done}。{line.account or ''}{_added_in_words(line)}",
            line.by,
            line.submission,
        )
        if line.withdrawn_at:
            yield Event(
                line.withdrawn_at, "撤回", f"{line.month} 进展（报送 {line.submission}）撤回", "", line.submission
            )


def _evidence(files: tuple[EvidenceFile, ...]) -> Iterator[Event]:
    for file in files:
        yield Event(file.at, "证明材料", f"上传“{file.file_name}”", file.by, evidence=file.number)
        if file.taken_back_at:
            yield Event(file.taken_back_at, "证明材料", f"撤回“{file.file_name}”", file.by, evidence=file.number)


def _decisions(session: Session, measure: str, unit_id: int, end: datetime) -> Iterator[Event]:
    for decision in decisions_of(session, measure, unit_id, end):
        because = f"，理由：{decision.reason}" if decision.reason else ""
        verified = f"核验通过，完成日期 {decision.completed_on}{because}"
        words = verified if decision.verified else f"退回：{decision.reason}"
        yield Event(decision.at, "核验" if decision.verified else "退回", words, decision.by)


def _changes(changes: Sequence[UnitHistoryEntry]) -> Iterator[Event]:
    for change in changes:
        if not change.is_to_come:
            document = f"，依据{change.document}" if change.document else ""
            yield Event(
                begins(change.day), "机构变动", f"{change.in_words}；理由：{change.reason}{document}", change.by
            )


def _rulings(session: Session, plan: Plan, task: Task, measure: Measure, end: datetime) -> Iterator[Event]:
    indicators = [target.indicator for target in measure.targets]
    on_task, on_targets = rulings_on(session, task.key, indicators, end, measure.key)
    for ruling in on_task:
        deadline = f"完成时限定为 {ruling.deadline}；" if ruling.deadline else ""
        if sets_no_deadline(ruling):
            deadline = "定为长期坚持，不设完成时限；"
        units = f"责任单位定为{_named(plan, ruling.unit_ids)}；" if ruling.unit_ids else ""
        words = "".join(f"{label}改为“{value}”；" for label, value in words_ruled(ruling.words or {}))
        kind = "核定存疑" if ruling.words is None or sets_no_deadline(ruling) else "方案变更"
        yield Event(ruling.at, kind, f"{deadline}{units}{words}理由：{ruling.reason}", ruling.by)
    for change in on_targets:
        yield Event(
            change.at,
            "调整目标",
            f"{INDICATORS[change.indicator].title}{_target_ruled(change)}；理由：{change.reason}",
            change.by,
        )


def _target_ruled(change: TargetRuling) -> str:
    if change.increases:
        return f"目标定为{'下降' if change.at_most else '增长'}"
    return f"目标定为 {change.target:.4g}" if change.target is not None else f"基数定为 {change.baseline:.4g}"


def _named(plan: Plan, unit_ids: list[int]) -> str:
    """The first few, and how many there are."""
    first = "、".join(plan.units[unit_id].name for unit_id in unit_ids[:FEW])
    return first if len(unit_ids) <= FEW else f"{first}等 {len(unit_ids)} 个单位"


def _turned(session: Session, measure: Measure, unit: UnitInfo, end: datetime) -> Iterator[Event]:
    """By submissions of the datasets that the measure counts; whole-district measures turn with any unit's, of which a
    unit's person sees the own.
    """
    whose = None if measure.district and own_unit() is None else unit.id
    names = {unit.name, *unit.aliases}  # as it was called at the time
    for number, at, by, turned in lamps_turned_by(session, counted_datasets(measure), whose, end):
        for decision in turned:
            if decision["measure"] == measure.code and decision["unit"] in names:
                words = f"{FACES[Lamp(decision['before'])].word} → {FACES[Lamp(decision['after'])].word}"
                yield Event(at, "红绿灯", words, by, number)
