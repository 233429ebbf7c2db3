"""The field sheet (supervision.md 2.6): from a kind's questions to its columns as a dataset; from rows to records and
every wrong cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pandas as pd

from models.cells import SheetCells, WorkbookCells, column_letter
from models.definitions import Dataset, Field, Frequency, Kind, Part
from models.spot_checks import Question, Record, SpotCheckKind
from models.validation import Problem, SheetReading
from rules.as_of import SHANGHAI
from rules.intake.words import squeezed
from rules.numbering import number_printed
from rules.spot_checks.results import unanswered
from rules.working_days import Calendar

PART = "抽查记录"
APART = timedelta(minutes=30)
_HEAD_ROWS = 30  # within which the headings stand
_QUESTION = re.compile(r"^问题?\s*(\d+)(?!\d)")
CALLS = ("first_call", "second_call")
TITLE = "抽查"
_TITLE = re.compile(rf"{TITLE}〔\d+〕\d+号")


@dataclass(frozen=True)
class SheetTerms:
    """What a row is held against: what may be asked of each key, the days of the check, the hours of calls."""

    kind: SpotCheckKind
    questions: Mapping[str, tuple[Question, ...]]  # key → its questions
    drawn_on: date
    recorded_on: date
    hours: Sequence[tuple[time, time]]
    calendar: Calendar


def annex_name(number: str) -> str:
    """Return the name of the file of the whole population, the annex of field sheet and control copy."""
    return f"抽查{number}总体.csv"


def question_label(number: int, question: Question) -> str:
    """Return the heading of a question: “问1：…”."""
    return f"问{number}：{question.text}"


def field_sheet(kind: SpotCheckKind, masked: bool = True) -> Dataset:
    """Return the columns of a kind's field sheet, in their order (序号 and the heading lines are no fields)."""
    questions = tuple(
        Field(question.code, question_label(number, question), Kind.YES_NO)
        for number, question in enumerate(kind.questions, 1)
    )
    calls = (Field("first_call", "第一次拨打", Kind.DATETIME), Field("second_call", "第二次拨打", Kind.DATETIME))
    fields = (
        Field("key", "编号", Kind.TEXT, required=True, key=True),
        Field("of_unit", "责任单位"),
        Field("content", "内容"),
        *(() if masked else (Field("claim", "自报"),)),
        *questions,
        Field("unable", "无法核查", Kind.YES_NO),
        Field("note", "情况说明"),
        Field("checker", "核查人"),
        Field("checked_at", "核查时间", Kind.DATETIME),
        *(calls if kind.calls else ()),
    )
    return Dataset(PART, kind.title, Frequency.SNAPSHOT, (Part(PART, fields),), (), unit_field=None)


def with_plain_headings(workbook: WorkbookCells, kind: SpotCheckKind) -> WorkbookCells:
    """Return the cells with every heading that begins 问1, 问2 … as the sheet itself prints it."""
    labels = {number: question_label(number, question) for number, question in enumerate(kind.questions, 1)}
    return replace(workbook, sheets=tuple(_plain(sheet, labels) for sheet in workbook.sheets))


def _plain(sheet: SheetCells, labels: Mapping[int, str]) -> SheetCells:
    text = sheet.text.astype(object)
    head = text.iloc[:_HEAD_ROWS]
    for row, column in zip(*(head != "").to_numpy().nonzero(), strict=True):
        question = _QUESTION.match(squeezed(str(text.iat[row, column])))
        if question and int(question[1]) in labels and _is_heading_row(head.iloc[row]):
            text.iat[row, column] = labels[int(question[1])]
    return replace(sheet, text=text)


def _is_heading_row(cells: pd.Series) -> bool:
    return "编号" in {squeezed(str(cell)) for cell in cells}


def of_another_check(workbook: WorkbookCells, read: Collection[str], number: str) -> Iterator[Problem]:
    """Yield a problem for each sheet read whose title names another check: keys may be the same in several draws."""
    own = number_printed(TITLE, number)
    for sheet in workbook.sheets:
        head = _above_headings(sheet) if sheet.name in read else sheet.text.iloc[:0]
        titles = (
            (row, column, match[0])
            for row, column in zip(*(head != "").to_numpy().nonzero(), strict=True)
            if (match := _TITLE.match(str(head.iat[row, column]).strip()))
        )
        row, column, title = next(titles, (0, 0, own))
        if title != own:
            yield Problem(
                sheet.name,
                sheet.first_row + int(row),
                column_letter(sheet.first_column + int(column)),
                None,
                "another-check",
                "error",
                title,
                f"这是{title}的现场表，不是{own}的；请用本次抽查下载的现场表填写。",
            )


def _above_headings(sheet: SheetCells) -> pd.DataFrame:
    head = sheet.text.astype(object).iloc[:_HEAD_ROWS]
    return head.iloc[: next((row for row in range(len(head)) if _is_heading_row(head.iloc[row])), 0)]


def hidden_sheets(names: Iterable[str]) -> Iterator[Problem]:
    """Yield for each hidden sheet that nothing of it was read."""
    for name in names:
        message = f"工作表“{name}”是隐藏的，没有读取；其中有核查结果的，请取消隐藏后重新上传。"
        yield Problem(name, None, None, None, "hidden-sheet", "warning", None, message)


def missing_headings(kind: SpotCheckKind, reading: SheetReading) -> Iterator[Problem]:
    """Yield a problem for each column without which no result can be read."""
    present = {column.name for column in reading.columns}
    for field in field_sheet(kind).main.fields:
        if field.name not in present and field.name not in ("of_unit", "content", "key"):
            yield Problem(
                reading.name,
                None,
                None,
                field.label,
                "missing-column",
                "error",
                None,
                f"缺少“{field.label}”列，请用本次抽查下载的现场表填写。",
            )


def read_rows(
    reading: SheetReading, wrong: set[tuple[int, str]], terms: SheetTerms
) -> tuple[list[Record], list[Problem]]:
    """Return the records of the rows that say anything, and what is wrong with them beyond unreadable cells.

    `wrong`: (row, field name) of the cells that could not be read; each has its problem already.
    """
    letters = {column.name: column.column for column in reading.columns}
    records, problems = [], []
    for values in reading.records.to_dict("records"):
        row = _Row({str(name): _plain_value(value) for name, value in values.items()}, reading.name, letters, terms)
        problems += [problem for field, problem in row.problems() if (row.number, field) not in wrong]
        if row.says_anything:
            records.append(row.record())
    return records, problems


def _plain_value(value: Any) -> Any:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


class _Row:
    """One row of the sheet: the record it makes, and what is wrong with it."""

    def __init__(self, values: dict[str, Any], sheet: str, letters: Mapping[str, str], terms: SheetTerms) -> None:
        self.values, self.sheet, self.letters, self.terms = values, sheet, letters, terms
        self.number = int(values["_row"])
        self.key = str(values.get("key") or "")
        self.questions = terms.questions.get(self.key, ())
        given = {
            question.code: bool(values[question.code])
            for question in self.questions
            if values.get(question.code) is not None
        }
        self.questions_asked = {
            question.code for question in self.questions if given.get(question.after or "") is not False
        }
        self.answers = {code: answer for code, answer in given.items() if code in self.questions_asked}
        self.unable = values.get("unable") is True

    @property
    def says_anything(self) -> bool:
        return bool(self.answers) or self.unable

    @property
    def unanswered_call(self) -> bool:
        return self.terms.kind.calls and self.answers.get("q1") is False

    def record(self) -> Record:
        checked_at = self.values.get("checked_at")
        return Record(
            self.key,
            str(self.values.get("checker") or ""),
            _in_shanghai(checked_at) or datetime.min.replace(tzinfo=SHANGHAI),
            self.answers,
            self.unable,
            str(self.values.get("note") or ""),
            (_in_shanghai(self.values.get("first_call")), _in_shanghai(self.values.get("second_call"))),
        )

    def problems(self) -> Iterator[tuple[str, Problem]]:
        """Yield (field name, problem), at most one a cell."""
        if self.key not in self.terms.questions:
            if self.key:
                yield self._wrong("key", "unknown-element", f"本次抽查没有抽到“{self.key}”，请核对编号，不要增加行。")
            return
        yield from self._answers_not_asked()
        if not self.says_anything:
            yield from self._half_filled()
            return
        if not self.unable:
            for question in unanswered(self.questions, self.answers):
                yield self._wrong(question.code, "answer-missing", "同一行其他问题已经答复，请补填“是”或“否”。")
        if self.values.get("note") is None and (self.unable or False in self.answers.values()):
            yield self._wrong("note", "missing-value", "有“否”或无法核查的，请写明情况。")
        if self.values.get("checker") is None:
            yield self._wrong("checker", "missing-value", "请填写核查人。")
        yield from self._checked_at()
        if self.unanswered_call:
            yield from self._calls()

    def _answers_not_asked(self) -> Iterator[tuple[str, Problem]]:
        for question in self.terms.kind.questions:
            if question.code not in self.questions_asked and self.values.get(question.code) is not None:
                why = "前面的问题答“否”，不再问此题" if question in self.questions else "这一对象不问此题"
                yield self._wrong(question.code, "not-asked", f"{why}，答复不计。", "warning")

    def _half_filled(self) -> Iterator[tuple[str, Problem]]:
        if self.questions and any(self.values.get(name) is not None for name in ("note", *CALLS)):
            yield self._wrong(self.questions[0].code, "answer-missing", "还没有核查结果，这一行暂不计入。", "warning")

    def _checked_at(self) -> Iterator[tuple[str, Problem]]:
        checked_at = self.values.get("checked_at")
        if checked_at is None:
            yield self._wrong("checked_at", "missing-value", "请填写核查时间。")
        elif not self._is_within(checked_at):
            yield self._wrong("checked_at", "out-of-range", self._days())

    def _calls(self) -> Iterator[tuple[str, Problem]]:
        """Two calls, at least 30 minutes apart, on working days within the hours."""
        first, second = (self.values.get(name) for name in CALLS)
        for name, call in zip(CALLS, (first, second), strict=True):
            if call is None:
                yield self._wrong(name, "attempt-missing", "无人接听须拨打两次，请填写这一次拨打的时间。")
            elif not self._is_within(call):
                yield self._wrong(name, "out-of-range", self._days())
            elif not self._is_in_hours(call):
                yield self._wrong(name, "outside-hours", f"拨打须在工作日 {hours_in_words(self.terms.hours)} 之内。")
            elif name == "second_call" and first is not None and second - first < APART:
                yield self._wrong(name, "attempts-too-close", "两次拨打须相隔 30 分钟以上，第二次在后。")

    def _is_within(self, moment: datetime) -> bool:
        return self.terms.drawn_on <= moment.date() <= self.terms.recorded_on

    def _is_in_hours(self, call: datetime) -> bool:
        clock = call.time()
        return self.terms.calendar.is_working(call.date()) and any(
            start <= clock <= end for start, end in self.terms.hours
        )

    def _days(self) -> str:
        return f"应在抽取之日 {self.terms.drawn_on} 至录入之日 {self.terms.recorded_on} 之间。"

    def _wrong(self, name: str, code: str, message: str, severity: str = "error") -> tuple[str, Problem]:
        label = next(
            field.label for field in field_sheet(self.terms.kind, masked=False).main.fields if field.name == name
        )
        value = self.values.get(name)
        typed = None if value is None else str(value)
        return name, Problem(self.sheet, self.number, self.letters.get(name), label, code, severity, typed, message)


def _in_shanghai(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=SHANGHAI)


def parse_hours(text: str) -> tuple[tuple[time, time], ...]:
    """Return the spans of “09:00-12:00,14:00-17:30”. Raises ValueError."""
    spans = []
    for span in text.replace("，", ",").replace("：", ":").split(","):
        start, end = (time.fromisoformat(moment.strip().zfill(5)) for moment in re.split(r"[-–—]", span.strip()))
        if start >= end:
            raise ValueError(span)
        spans.append((start, end))
    return tuple(spans)


def hours_in_words(hours: Sequence[tuple[time, time]]) -> str:
    """Return “09:00–12:00、14:00–17:30”."""
    return "、".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in hours)


def entry_problem(record: Record, questions: Sequence[Question], terms: SheetTerms) -> str | None:
    """Return what is wrong with a record entered on screen, in one sentence, or None."""
    values: dict[str, Any] = {
        "_row": 0,
        "key": record.key,
        "note": record.note or None,
        "checker": record.checker or None,
        "checked_at": _as_clock(record.checked_at),
        "unable": record.unable or None,
        "first_call": _as_clock(record.calls[0]),
        "second_call": _as_clock(record.calls[1]),
        **record.answers,
    }
    row = _Row(values, "", {}, replace(terms, questions={record.key: tuple(questions)}))
    wrong = [problem for _, problem in row.problems() if problem.severity == "error"]
    if not row.says_anything:
        return "请至少答复一个问题，或者选择“无法核查”。"
    return f"{wrong[0].field}：{wrong[0].message}" if wrong else None


def _as_clock(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(SHANGHAI).replace(tzinfo=None)
