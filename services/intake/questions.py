"""What a person should be asked before a checked workbook is stored: nothing is wrong with it, yet it may not be meant.

Asked again at the moment of storing: a question that was not answered then, because something was reported meanwhile,
refuses the submission.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from catalogue.datasets import DATASETS
from catalogue.datasets.progress import PROGRESS
from data_access.database import Session, reading
from data_access.evidence import evidence_of
from data_access.progress import progress_lines
from data_access.submissions import places_in, reports_in_force
from models.definitions import Frequency
from rules.as_of import day_of, month_of
from rules.duty import last_day
from rules.intake.doubtful_progress import (
    ON_SCREEN,
    ProgressSaid,
    steps_back,
    unfinished_completions,
    unproved_completions,
)
from rules.intake.workbook_months import earlier_months
from rules.sudden_changes import change_in_words
from rules.units.changes import forebears
from services.access.clock import present
from services.access.permission import WHO_REPORTS, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import DistrictState
from services.intake.beside_accepted import records_of_other_months
from services.intake.checked_workbook import CheckedWorkbook
from services.intake.plan_of_report import MeasuresNamed, state_for_report
from services.intake.replacing import ReplacedReport, replaced_reports, rows_by_unit, same_as_before
from services.intake.sudden_changes import UnitChange, changes_in_workbook

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Question:
    """`text`: what would happen, with numbers; confirming it means that it is meant so. `needs_words`: it is answered
    by a sentence, which is kept.
    """

    code: str
    text: str
    needs_words: bool = False


@requires_role(*WHO_REPORTS)
def questions(workbook: CheckedWorkbook, at: datetime | None = None) -> tuple[Question, ...]:
    """Return what to ask before the workbook is stored now, or at that instant."""
    instant = at or present()
    with reading() as session:
        return open_questions(session, state_for_report(session, instant, workbook.report.month), workbook, instant)


def refuse_unasked(
    questions: Collection[Question], answered: Collection[Question] | None, explanation: str = ""
) -> None:
    """Raises RefusedRequest at the first question that was not answered, and where a sentence is asked for and none was
    given. `answered` None: nobody was asked, and what is asked is told with what was done.
    """
    new = [question for question in questions if answered is not None and question not in answered]
    if new:
        raise RefusedRequest(f"确认之前情况有变，没有入库：{new[0].text}请核对后再确认。")
    if answered is not None and not explanation.strip() and any(question.needs_words for question in questions):
        raise RefusedRequest("数据与本单位以前各月相差较大，请写一句话说明原因后再报送。")


def open_questions(
    session: Session, state: DistrictState, workbook: CheckedWorkbook, at: datetime
) -> tuple[Question, ...]:
    """Return what `questions` does, within a transaction."""
    report = workbook.report
    if report.dataset not in DATASETS or not report.accepted:
        return ()
    dataset = DATASETS[report.dataset]
    questions_open = [
        *_about_the_month(session, state, workbook, at),
        *_about_what_is_replaced(replaced_reports(session, state, workbook, at), workbook),
        *_about_former_units(session, state, workbook, at),
        *_about_sudden_changes(changes_in_workbook(session, state, workbook, at), workbook),
    ]
    if dataset.code == PROGRESS.code:
        questions_open += _about_progress(session, state, workbook, at)
    return tuple(questions_open)


@requires_role(*WHO_REPORTS)
def questions_about_measure(
    workbook: CheckedWorkbook, measure: str, at: datetime | None = None
) -> tuple[Question, ...]:
    """Return what to ask of one measure (by its key) of a progress report, and of what the report would replace."""
    instant = at or present()
    with reading() as session:
        state = state_for_report(session, instant, workbook.report.month)
        if not workbook.report.accepted:
            return ()
        return (
            *_about_what_is_replaced(replaced_reports(session, state, workbook, instant), workbook),
            *_about_progress(session, state, workbook, instant, {measure}),
        )


def _about_the_month(
    session: Session, state: DistrictState, workbook: CheckedWorkbook, at: datetime
) -> Iterator[Question]:
    dataset, month, today = DATASETS[str(workbook.report.dataset)], workbook.report.month, day_of(at)
    if dataset.frequency is not Frequency.MONTHLY or month is None:
        return
    if month > month_of(today):
        yield Question("month-to-come", f"{month} 还没有开始（今天是 {today}），确实要报送这个月份吗？")
    elif last_day(month) > today:
        yield Question(
            "month-not-over", f"{month} 还没有结束（今天是 {today}），本次只是到今天为止的内容，月末后需重报全月。"
        )
    records = workbook.report.frames.get(dataset.main.code)
    if records is None or records.empty:
        return
    if dataset.time_field and (earlier := earlier_months(records[dataset.time_field], month)):
        yield Question("last-month", _earlier_in_words(session, state, workbook, earlier))
    elif not dataset.time_field and (same := same_as_before(session, state, workbook, at)):
        yield Question(
            "last-month",
            f"{len(records):,} 行与 {same.month} 已受理的（报送 {same.submission_id}）完全相同，"
            f"像是 {same.month} 的表改了月份。如 {month} 确实如此，确认后照此报送。",
        )


def _earlier_in_words(
    session: Session, state: DistrictState, workbook: CheckedWorkbook, earlier: tuple[str, ...]
) -> str:
    """With the rows that were accepted in those months already: the later month's record takes their place."""
    report = workbook.report
    dataset, records = DATASETS[str(report.dataset)], report.frames[DATASETS[str(report.dataset)].main.code]
    label = dataset.main.field(str(dataset.time_field)).label
    when = earlier[0] if len(earlier) == 1 else f"{earlier[0]} 至 {earlier[-1]}"
    return (
        f"全部 {len(records):,} 行的“{label}”都在 {when}，没有一行在 {report.month}，像是以前月份的表改了标题。"
        f"{_accepted_before(session, state, workbook, records)}"
        f"如确是 {report.month} 仍未办结的事项，确认后按 {report.month} 报送。"
    )


def _accepted_before(session: Session, state: DistrictState, workbook: CheckedWorkbook, records: pd.DataFrame) -> str:
    """“其中 3 行已随 2023-07 受理（报送 74：BB1、BB2等）…”, empty where none was."""
    report = workbook.report
    dataset = DATASETS[str(report.dataset)]
    if not dataset.is_case:
        return ""
    keys = [field.name for field in dataset.main.keys]
    accepted = records_of_other_months(session, state, dataset, report, workbook.request)
    again = accepted[accepted["month"] < str(report.month)].merge(records[keys].dropna().drop_duplicates(), on=keys)
    if again.empty:
        return ""
    codes = again[keys[0]].drop_duplicates()
    months, numbers = sorted(set(again["month"])), sorted(set(again["submission_id"]))
    return (
        f"其中 {len(again.drop_duplicates(keys)):,} 行已随 {_some(months)} 受理"
        f"（报送 {_some(map(str, numbers))}：{_some(codes)}），确认后以本次的为准。"
    )


def _about_what_is_replaced(replaced: list[ReplacedReport], workbook: CheckedWorkbook) -> Iterator[Question]:
    crossing = [report for report in replaced if report.whole_district is not workbook.request.district]
    if crossing:
        yield Question("replaces-another-kind", _crossing_in_words(crossing, workbook))
    fewer = [report for report in replaced if report.stored_rows > report.rows and report not in crossing]
    if fewer:
        rows, stored_rows = sum(report.rows for report in fewer), sum(report.stored_rows for report in fewer)
        yield Question(
            "replaces-more",
            f"本次 {rows:,} 行，将取代{_whose(fewer)}已受理的 {stored_rows:,} 行（报送 {_numbers(fewer)}）。"
            "报送以整份为准，不与以前的合并：如果只是补报其中几行，请先并入整份工作簿再报。",
        )


def _about_former_units(
    session: Session, state: DistrictState, workbook: CheckedWorkbook, at: datetime
) -> Iterator[Question]:
    """Figures of a month are those of a unit and of whom it came from: the same rows under both names count twice."""
    dataset, month = DATASETS[str(workbook.report.dataset)], workbook.report.month
    if dataset.frequency is not Frequency.MONTHLY or dataset.code == PROGRESS.code or not state.plan.unit_changes:
        return
    plan, rows = state.plan, rows_by_unit(workbook)
    reports = {
        report.unit_id: report
        for report in reports_in_force(session, at, dataset=dataset.code)
        if report.month == month and report.records
    }
    for unit in plan.units.values():
        for forebear in forebears(unit.id, plan.unit_changes) if unit.name in rows else ():
            former = plan.units[forebear].name
            if forebear in reports and former not in rows:
                report = reports[forebear]
                yield Question(
                    "reported-under-former-name",
                    f"{month} 已有原{former}的 {report.records:,} 行（报送 {report.submission_id}），"
                    f"将与本次{unit.name}的 {rows[unit.name]:,} 行合计。如果是同一批内容，请在全区台账中仍写原名称；"
                    "确是另外的内容，确认后照此报送。",
                )


def _about_sudden_changes(changes: Sequence[UnitChange], workbook: CheckedWorkbook) -> Iterator[Question]:
    if not changes:
        return
    lines = [
        f"{change.unit}{change_in_words(change.title, change.change)}"
        if workbook.request.district
        else change_in_words(change.title, change.change)
        for change in changes
    ]
    more = f"等 {len(lines)} 处" if len(lines) > MOST_NAMED else ""
    text = f"与以前各月相差较大：{'。'.join(lines[:MOST_NAMED])}{more}。请写一句话说明原因。"
    yield Question("sudden-change", text, needs_words=True)


def _crossing_in_words(crossing: list[ReplacedReport], workbook: CheckedWorkbook) -> str:
    rows, stored_rows = sum(report.rows for report in crossing), sum(report.stored_rows for report in crossing)
    if workbook.request.district:
        return f"全区台账中的 {rows:,} 行，将取代{_whose(crossing)}自行报送的 {stored_rows:,} 行（报送 {_numbers(crossing)}）。"  # noqa: E501
    return f"本次 {rows:,} 行，将取代全区台账中{_whose(crossing)}的 {stored_rows:,} 行（报送 {_numbers(crossing)}）。"


def _whose(replaced: list[ReplacedReport]) -> str:
    if len(replaced) == 1:
        return replaced[0].unit
    return f" {len(replaced)} 个单位（{_some(report.unit for report in replaced)}）"


def _numbers(replaced: list[ReplacedReport]) -> str:
    return _some(str(number) for number in sorted({report.submission for report in replaced}))


def _some(words: Iterable[str]) -> str:
    every = list(words)
    return "、".join(every[:MOST_NAMED]) + ("等" if len(every) > MOST_NAMED else "")


def _about_progress(
    session: Session,
    state: DistrictState,
    workbook: CheckedWorkbook,
    at: datetime,
    measures: Collection[str] | None = None,
) -> Iterator[Question]:
    """`measures`: those that are asked about, None: all."""
    named = MeasuresNamed(session, state, at, workbook.report.month)
    rows = [row for row in _said_now(workbook, named) if measures is None or row.measure in measures]
    units = [unit_id for unit in {row.unit for row in rows} if (unit_id := state.plan.unit_id(unit)) is not None]
    names = {number: unit.name for number, unit in state.plan.units.items()}
    proved = {
        (names[evidence.unit_id], evidence.measure)
        for evidence in evidence_of(session, at, units)
        if evidence.taken_back_at is None
    }
    before = _said_before(session, names, workbook, units, at)
    if back := steps_back(rows, {key: row for key, row in before.items() if measures is None or key[1] in measures}):
        yield Question(
            "steps-back",
            f"{_measures(back, workbook)}此前已报“已完成”或已在屏幕上填报，本次写的不同或没有写，确认后以本次为准。",
        )
    if unfinished := unfinished_completions(rows):
        yield Question(
            "unfinished", f"{_measures(unfinished, workbook)}报为“已完成”，完成比例却不足 100%，确已完成吗？"
        )
    if unproved := unproved_completions(rows, proved):
        yield Question(
            "unproved",
            f"{_measures(unproved, workbook)}报为“已完成”，还没有证明材料；可以先报送，再到“进展”页上传，否则可能被退回。",  # noqa: E501
        )


def _said_now(workbook: CheckedWorkbook, named: MeasuresNamed) -> list[ProgressSaid]:
    records = workbook.report.frames[PROGRESS.main.code]
    units = records["unit"].where(records["unit"].notna(), workbook.report.unit)
    return [
        ProgressSaid(unit, measure, state, None if pd.isna(percent) else int(percent))
        for unit, measure, state, percent in zip(
            units, named.keys(records["measure"]), records["state"], records["percent"], strict=True
        )
    ]


def _said_before(
    session: Session, names: dict[int, str], workbook: CheckedWorkbook, units: list[int], at: datetime
) -> dict[tuple[str, str], ProgressSaid]:
    lines = [
        line
        for line in progress_lines(session, PROGRESS, at, units)
        if line.in_force and line.month == workbook.report.month
    ]
    files = places_in(session, {line.submission for line in lines})
    return {
        (names[line.unit_id], line.measure): ProgressSaid(
            names[line.unit_id], line.measure, line.state, line.percent, ON_SCREEN in files[line.submission][0]
        )
        for line in lines
    }


def _measures(rows: list[ProgressSaid], workbook: CheckedWorkbook) -> str:
    """“举措 1.2.2（40%）、2.4.1”, with whose they are in a ledger of several units."""
    named = (
        f"{row.unit} {row.measure}" if workbook.request.district else row.measure
        for row in sorted(rows, key=lambda row: (row.unit, row.measure))
    )
    return f"举措 {_some(named)}"
