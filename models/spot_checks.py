"""The nouns of spot checks (抽查): kinds and questions as declared, a draw, a size, results, estimates. Source:
supervision.md 1 and 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class Method(StrEnum):
    """How the sample is drawn."""

    SIMPLE = "simple"
    STRATIFIED = "stratified"
    RISK = "risk"

    @property
    def word(self) -> str:
        return {"simple": "简单随机", "stratified": "按单位分层", "risk": "按风险加权"}[self.value]


class State(StrEnum):
    """Where a check stands on its way."""

    DRAWN = "drawn"
    RECORDING = "recording"
    COMPLETE = "complete"
    RELEASED = "released"
    CLOSED = "closed"
    VOID = "void"

    @property
    def word(self) -> str:
        return {
            "drawn": "已抽取",
            "recording": "核查中",
            "complete": "核查完毕",
            "released": "已告知",
            "closed": "结束",
            "void": "作废",
        }[self.value]


class Result(StrEnum):
    """What became of one element."""

    PASS = "pass"  # noqa: S105 no password
    FAIL = "fail"
    UNABLE = "unable"
    UNRECORDED = "unrecorded"

    @property
    def word(self) -> str:
        return {"pass": "合格", "fail": "不合格", "unable": "无法核查", "unrecorded": "未录入"}[self.value]


@dataclass(frozen=True)
class Question:
    """One question on the field sheet. Only counted ones decide between pass and fail.

    `when`: in words, of which elements it is asked; `after`: the question that must have been answered 是 first.
    """

    code: str
    text: str
    counted: bool = True
    when: str = ""
    after: str | None = None


@dataclass(frozen=True)
class Signal:
    """One reason why an element weighs more in a risk draw."""

    code: str
    words: str
    weight: int = 1


@dataclass(frozen=True)
class SpotCheckKind:
    """What can be drawn: one declaration a kind.

    `measure` is the one beside which a confirmed finding leaves its mark, `area` the one whose lamps weigh in a risk
    draw (None: the element's own, or none), `hand_rule` the guide rule that q1 answers, `dataset` the one whose
    corrected report takes the mark away. `monthly`: the population is of report months, not of the last snapshot.
    """

    code: str
    title: str
    population: str  # in words
    element: str  # the noun of what is counted: 号码, 指南
    passes: str  # what a passing element did: 有人接听
    questions: tuple[Question, ...]
    own_signals: tuple[Signal, ...] = ()
    dataset: str | None = None
    area: str | None = None
    measure: str | None = None
    hand_rule: str | None = None
    monthly: bool = False
    sealed: bool = False
    calls: bool = False  # two calls are needed before q1 is 否
    personal: bool = False  # its sheet carries citizens' numbers

    def question(self, code: str) -> Question:
        return next(question for question in self.questions if question.code == code)


@dataclass(frozen=True, slots=True)
class DrawnElement:
    """One element of a sample, in the order of its position. `weight` and `probability` only of a risk draw."""

    position: int
    key: str
    ticket: str  # 64 hexadecimal digits
    weight: int | None = None
    certain: bool = False
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample and the elements that come next in the same order (none for a stratified draw)."""

    sample: tuple[DrawnElement, ...]
    reserve: tuple[DrawnElement, ...] = ()


@dataclass(frozen=True, slots=True)
class Confidence:
    """One of the three levels: `share` as typed, `z` as the document has it, `tail` = 1 − c exactly."""

    share: float
    z: float
    tail: Fraction


CONFIDENCES: Mapping[float, Confidence] = {
    0.90: Confidence(0.90, 1.644854, Fraction(1, 10)),
    0.95: Confidence(0.95, 1.959964, Fraction(1, 20)),
    0.99: Confidence(0.99, 2.575829, Fraction(1, 100)),
}


@dataclass(frozen=True, slots=True)
class Size:
    """How many are drawn and by which reckoning: number, margin, tolerable, all. `requested`: what was typed."""

    by: str
    requested: float | None
    n: int
    margin: float  # reached with n of N at the expected share


@dataclass(frozen=True, slots=True)
class Record:
    """What one checker entered of one element; a later record of the same checker is a revision."""

    key: str
    checker: str
    checked_at: datetime
    answers: Mapping[str, bool]  # of the questions answered
    unable: bool = False
    note: str = ""
    calls: tuple[datetime | None, datetime | None] = (None, None)
    at: datetime | None = None  # when it was entered
    by: str = ""  # who entered it
    account: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the greatest that the results leave open, as shares and, where counted exactly, as counts."""

    rate: float
    low: float
    high: float
    low_count: int | None = None
    high_count: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """An element that passed or failed, for an estimate."""

    unit: str
    passed: bool
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """抽查不符: so many of those checked of a unit did not bear out what it reported; beside a measure, never in it."""

    measure: str
    unit: str
    number: str  # of the spot check
    failed: int
    checked: int
    since: date


@dataclass(frozen=True, slots=True)
class FindingAct:
    """An act on a failed element: accept, object, confirm, drop, settle."""

    act: str
    text: str
    counts_as: Result | None
    at: datetime
    by: str
    account: int | None = None


@dataclass(frozen=True, slots=True)
class CheckFile:
    """A file attached to an element; `purpose`: result or objection."""

    number: int
    purpose: str
    file_name: str
    kind: str
    size: int
    sha256: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Element:
    """One element of a check as it stood at an instant. `record`: the one that counts; `found`: its result."""

    id: int
    drawn: DrawnElement
    unit: str
    claim: bool | None
    questions: tuple[Question, ...]
    signals: tuple[str, ...]
    content: str
    part: str | None
    record_id: int | None
    drawn_at: datetime
    records: tuple[Record, ...] = ()
    record: Record | None = None
    checked_result: Result = Result.UNRECORDED
    acts: tuple[FindingAct, ...] = ()
    files: tuple[CheckFile, ...] = ()
    checker: str | None = None  # to whom it is given
    rectification: str | None = None  # number of the one that its finding became, or that it reopened

    @property
    def key(self) -> str:
        return self.drawn.key

    @property
    def position(self) -> int:
        return self.drawn.position

    @property
    def response(self) -> FindingAct | None:
        """The unit's last word on it."""
        return next((act for act in reversed(self.acts) if act.act in ("accept", "object")), None)

    @property
    def decision(self) -> FindingAct | None:
        return next((act for act in self.acts if act.act in ("confirm", "drop")), None)

    @property
    def settled(self) -> FindingAct | None:
        """Why no rectification is opened."""
        return next((act for act in reversed(self.acts) if act.act == "settle"), None)

    @property
    def result(self) -> Result:
        """As it counts: a dropped finding counts as pass or as unable."""
        decision = self.decision
        return decision.counts_as if decision and decision.counts_as else self.checked_result

    @property
    def is_finding(self) -> bool:
        """Whether it failed when it was checked, whatever was decided since."""
        return self.checked_result is Result.FAIL

    @property
    def is_confirmed(self) -> bool:
        return self.decision is not None and self.decision.act == "confirm"

    @property
    def is_done_with(self) -> bool:
        """Decided, and where confirmed followed by a rectification or by a reason why not."""
        if self.decision is None:
            return False
        return not self.is_confirmed or self.rectification is not None or self.settled is not None


@dataclass(frozen=True)
class SpotCheck:
    """A spot check as it stood at an instant. `strata`: unit → elements of the population, in register order."""

    id: int
    number: str
    plan: str
    kind: SpotCheckKind
    method: Method
    as_of: date
    at: datetime
    by: str
    seed: str
    confidence: Confidence
    expected: float
    size_by: str
    size_asked: float | None
    size_typed: int | None
    units: tuple[str, ...] | None
    month_from: str | None
    month_to: str | None
    minimum: int
    sealed: bool
    masked: bool
    double: bool
    checkers: tuple[str, ...]
    population: int
    digest: str
    strata: Mapping[str, int]
    population_file: str
    listed: str | None
    listed_name: str | None
    attempt: int
    elements: tuple[Element, ...] = ()
    released_at: datetime | None = None
    released_by: str | None = None
    voided_at: datetime | None = None
    void_reason: str | None = None
    withdrawals: tuple[tuple[str, str | None, str], ...] = ()  # checker, key (None: all), reason
    objection_days: int = 0  # working days that units have to answer, by the setting when they were told

    def last_entry_at(self, key: str | None = None) -> datetime:
        """Return when anything was last entered of the whole and of its elements, or of the one with this key."""
        moments = [moment for moment in (self.at, self.released_at, self.voided_at) if moment]
        for element in self.elements if key is None else filter(None, [self.element(key)]):
            moments += [element.drawn_at, *(record.at for record in element.records if record.at)]
            moments += [act.at for act in element.acts]
        return max(moments)

    @property
    def recorded(self) -> int:
        return sum(element.checked_result is not Result.UNRECORDED for element in self.elements)

    @property
    def is_complete(self) -> bool:
        return bool(self.elements) and self.recorded == len(self.elements)

    @property
    def findings(self) -> tuple[Element, ...]:
        return tuple(element for element in self.elements if element.is_finding)

    @property
    def state(self) -> State:
        if self.voided_at is not None:
            return State.VOID
        if self.released_at is not None:
            is_closed = all(element.is_done_with for element in self.findings)
            return State.CLOSED if is_closed else State.RELEASED
        if self.is_complete:
            return State.COMPLETE
        return State.RECORDING if self.recorded else State.DRAWN

    def element(self, key: str) -> Element | None:
        return next((element for element in self.elements if element.key == key), None)


@dataclass(frozen=True, slots=True)
class SpotCheckSummary:
    """A spot check in numbers as it stood at an instant: of all its elements, or of those of one unit.

    `results` by the decisions taken, `recorded` before them; `undecided`: findings that were told and wait for it.
    """

    number: str
    kind: SpotCheckKind
    method: Method
    as_of: date
    at: datetime
    sealed: bool
    population: int
    attempt: int
    released_at: datetime | None
    voided_at: datetime | None
    state: State
    sample: int
    recorded: int
    results: Mapping[Result, int]
    undecided: int

    @property
    def failed(self) -> int:
        return self.results.get(Result.FAIL, 0)

    @property
    def passed(self) -> int:
        return self.results.get(Result.PASS, 0)

    @property
    def unrecorded(self) -> int:
        return self.sample - self.recorded


@dataclass(frozen=True, slots=True)
class ConfirmedFinding:
    """A finding that was confirmed, without its records. `rectification`: as of an Element."""

    number: str  # of the spot check
    kind: SpotCheckKind
    key: str
    unit: str
    content: str
    claim: bool | None
    decided_at: datetime
    rectification: str | None
    last_month: str | None  # of the population of a monthly kind


class SpotCheckRow(SQLModel, table=True):
    """A draw as it was made: never changed, never removed. `units` None: all; `month_from`, `month_to` as typed.

    `population_file` is the list of all elements with weights and signals, kept by its hash; `listed` the uploaded
    list of the kind list. `strata`: [unit id, elements], in the order of the register. `belongs`: [checker, unit] of
    checkers who belong to a unit.
    """

    __tablename__ = "spot_check"
    __table_args__ = (UniqueConstraint("year", "serial"),)

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    year: int
    serial: int
    kind: str = Field(index=True)
    method: str
    as_of: date
    at: datetime
    by: str
    seed: str
    confidence: float
    expected: float
    size_by: str
    size_asked: float | None = None
    size_typed: int | None = None  # n before it was raised for the strata
    units: list[int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    month_from: str | None = None
    month_to: str | None = None
    minimum: int = 1
    sealed: bool = False
    masked: bool = True
    double: bool = False
    checkers: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    belongs: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    population: int
    digest: str
    strata: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    population_file: str = Field(foreign_key="stored_file.sha256")
    listed: str | None = Field(default=None, foreign_key="stored_file.sha256")
    listed_name: str | None = None
    questions: list[str] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
    )  # typed in, of 数据抽查
    attempt: int


class SpotCheckElementRow(SQLModel, table=True):
    """An element drawn, by the draw or an extension (`drawn_at`). `part` and `record_id`: the record that it is."""

    __tablename__ = "spot_check_element"
    __table_args__ = (UniqueConstraint("spot_check_id", "position"), UniqueConstraint("spot_check_id", "key"))

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    spot_check_id: int = Field(foreign_key="spot_check.id")
    position: int
    key: str
    unit_id: int = Field(foreign_key="unit.id", index=True)
    ticket: str
    weight: int | None = None
    signals: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    certain: bool = False
    probability: float | None = None
    claim: bool | None = None
    questions: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    content: str = ""
    part: str | None = None
    record_id: int | None = None
    drawn_at: datetime


class SpotCheckResultRow(SQLModel, table=True):
    """What was found of an element; a later one of the same element is a revision, the earlier stays."""

    __tablename__ = "spot_check_result"

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    element_id: int = Field(foreign_key="spot_check_element.id", index=True)
    checker: str
    checked_at: datetime
    answers: dict[str, bool] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    unable: bool = False
    result: str  # what it comes to by the questions asked: a Result, for counting
    note: str = ""
    first_call: datetime | None = None
    second_call: datetime | None = None
    at: datetime
    by: str
    account_id: int | None = Field(default=None, foreign_key="account.id")


class SpotCheckAct(SQLModel, table=True):
    """An act on a whole check: extend, release, void, stand aside (回避)."""

    __tablename__ = "spot_check_act"

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    spot_check_id: int = Field(foreign_key="spot_check.id", index=True)
    act: str
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    at: datetime
    by: str


class SpotCheckFindingAct(SQLModel, table=True):
    """An act on a failed element: accept, object, confirm, drop, and why no rectification is opened (settle)."""

    __tablename__ = "spot_check_finding_act"

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    element_id: int = Field(foreign_key="spot_check_element.id", index=True)
    act: str
    text: str = ""
    counts_as: str | None = None  # of a dropped one: pass or unable
    at: datetime
    by: str
    account_id: int | None = Field(default=None, foreign_key="account.id")


class SpotCheckFile(SQLModel, table=True):
    """A photograph, recording or paper of an element; `purpose`: result (of the checker) or objection (of the unit)."""

    __tablename__ = "spot_check_file"
    __table_args__ = (Index("ix_spot_check_file_element", "element_id"),)

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    element_id: int = Field(foreign_key="spot_check_element.id")
    purpose: str
    sha256: str = Field(foreign_key="stored_file.sha256")
    file_name: str
    kind: str
    size: int
    at: datetime
    by: str
    taken_back_at: datetime | None = None
