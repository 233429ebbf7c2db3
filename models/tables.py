"""The plan, the units, what was submitted and what was decided. Nothing accepted is ever overwritten: changes are
entries.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel


class SettingEntry(SQLModel, table=True):
    """A setting from a time on; the latest entry up to a date is in force then. `since` None: from the beginning.

    `plan`: of this plan alone, beside the board's (""). A null of a plan: as the board has it.
    """

    __tablename__ = "setting_entry"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    value: Any = Field(sa_column=Column(JSON, nullable=False))
    since: datetime | None = None
    reason: str = ""
    by: str = ""
    plan: str = Field(default="", sa_column_kwargs={"server_default": ""})


class CalendarDay(SQLModel, table=True):
    """The official working-day calendar; a year without rows is not entered."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    working: bool


class UnitRow(SQLModel, table=True):
    """A responsible unit (责任单位)."""

    __tablename__ = "unit"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    kind: str  # 镇街 部门 其他
    position: int  # order of the units workbook
    aliases: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    engineering: bool = False  # 工程建设项目审批单位
    leader: str | None = None
    person: str | None = None
    phone: str | None = None


class PlanRow(SQLModel, table=True):
    """A plan (方案) on the board, with the days between which it is supervised."""

    __tablename__ = "plan"

    code: str = Field(primary_key=True)
    title: str
    year: int
    first_month: str | None = None  # first month reported; None: the setting's, or the year's
    begins: date
    ends: date
    document: str = ""  # 来文: title and number
    prefix: str = ""  # what its tasks and measures have before their codes in every table; "" of the board's first plan
    since: datetime | None = None  # put in force; None: from the beginning


class PlanVersion(SQLModel, table=True):
    """A workbook by which a plan was put in force or changed; every one stays."""

    __tablename__ = "plan_version"

    id: int | None = Field(default=None, primary_key=True)
    plan: str = Field(index=True)
    sha256: str = Field(foreign_key="stored_file.sha256")
    file_name: str
    since: datetime | None = None  # in force from then on; None: from the beginning
    reason: str = ""
    at: datetime
    by: str


class PlanDocument(SQLModel, table=True):
    """The text of a plan (.docx, .pdf) as it was issued, attached to the workbook of a number; every one stays."""

    __tablename__ = "plan_document"

    id: int | None = Field(default=None, primary_key=True)
    plan: str = Field(index=True)
    version: int  # the number of the workbook, from 1; 0: none of the plan was kept
    sha256: str = Field(foreign_key="stored_file.sha256", index=True)
    file_name: str
    at: datetime
    by: str


class DeclarationEntry(SQLModel, table=True):
    """What a plan declares beside its tasks (an area, a dataset, an indicator …), from a time on; an entry is never
    changed but for its `until`.

    The last entry of a key tells how it stands. `sheet_row`: the row of the workbook, field name → what was typed.
    """

    __tablename__ = "declaration"

    id: int | None = Field(default=None, primary_key=True)
    plan: str = Field(index=True)
    kind: str
    key: str
    declared: Any = Field(sa_column=Column(JSON, nullable=False))
    sheet_row: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    since: datetime | None = None  # in force from then on; None: from the beginning
    until: datetime | None = None  # a later workbook leaves it out
    at: datetime
    by: str


class UnitChangeRow(SQLModel, table=True):
    """What happened to units (机构变动), from the beginning of a day on; an entry is never changed or removed."""

    __tablename__ = "unit_change"

    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(index=True)
    kind: str
    unit_ids: list[int] = Field(sa_column=Column(JSON, nullable=False))
    successor_ids: list[int] = Field(sa_column=Column(JSON, nullable=False))
    new_ids: list[int] = Field(sa_column=Column(JSON, nullable=False))
    name_before: str = ""
    name_after: str = ""
    tasks: list[str] = Field(sa_column=Column(JSON, nullable=False))
    reason: str
    document: str = ""
    at: datetime
    by: str


class TaskRow(SQLModel, table=True):
    """A task (任务) as imported: in force from the beginning."""

    __tablename__ = "task"

    code: str = Field(primary_key=True)  # its plan's prefix and its code in the plan: 2.1, 2024/2.1
    plan: str = Field(index=True)
    area: str
    title: str
    requirement: str = ""
    units_text: str = ""  # the plan's own words
    deadline_text: str = ""  # the plan's own words
    deadline: date | None = None
    year: int
    notes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    deadline_doubt: str | None = None  # why the deadline is in doubt
    other_reading: date | None = None
    units_doubt: str | None = None
    position: int
    since: datetime | None = None  # imported into a plan that had been reported on; None: from the beginning
    until: datetime | None = None  # a later import ends it


class MeasureRow(SQLModel, table=True):
    """A measure (举措) of a task."""

    __tablename__ = "measure"

    code: str = Field(primary_key=True)  # as of a task
    task: str = Field(foreign_key="task.code", index=True)
    title: str
    milestone: bool
    warning_days: int | None = None
    district: bool = False  # counts the whole district's records (a lead unit's measure)
    position: int
    since: datetime | None = None  # as of a task
    until: datetime | None = None


class MeasureIndicator(SQLModel, table=True):
    """An indicator by which a measure is judged, with its target as imported. One indicator may judge several measures,
    each with a target of its own.
    """

    __tablename__ = "measure_indicator"

    code: str = Field(primary_key=True)
    measure: str = Field(primary_key=True, foreign_key="measure.code", index=True)
    target: float | None = None
    increases: bool = False
    at_most: bool = False
    change_by: float | None = None  # against the baseline
    position: int
    since: datetime | None = None  # as of a task
    until: datetime | None = None  # a later import judges the measure without it


class Assignment(SQLModel, table=True):
    """A unit that answers for a task as imported: in force from the beginning."""

    __tablename__ = "assignment"

    task: str = Field(primary_key=True, foreign_key="task.code")
    unit_id: int = Field(primary_key=True, foreign_key="unit.id")


class TaskRuling(SQLModel, table=True):
    """The bureau's decision on a task's deadline or units, from a time on; an import of the plan over one in use makes
    it too.
    """

    __tablename__ = "task_ruling"

    id: int | None = Field(default=None, primary_key=True)
    task: str = Field(foreign_key="task.code", index=True)
    deadline: date | None = None
    unit_ids: list[int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    words: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """Of an import: the columns of the task that say something else from now on."""
    reason: str
    at: datetime
    by: str


class MeasureRuling(SQLModel, table=True):
    """What an import of the plan over one in use says otherwise of a measure, from a time on."""

    __tablename__ = "measure_ruling"

    id: int | None = Field(default=None, primary_key=True)
    measure: str = Field(foreign_key="measure.code", index=True)
    words: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    reason: str
    at: datetime
    by: str


class TargetRuling(SQLModel, table=True):
    """The bureau's decision on an indicator's target or baseline in one measure, from a time on. `measure` None: of
    before an indicator could judge several.
    """

    __tablename__ = "target_ruling"

    id: int | None = Field(default=None, primary_key=True)
    indicator: str = Field(index=True)
    measure: str | None = Field(default=None, foreign_key="measure.code")
    target: float | None = None
    baseline: float | None = None
    increases: bool | None = None  # of an import: 增长, or a value again; None: as it stood
    at_most: bool | None = None  # of an import
    change_by: float | None = None  # of an import
    imported: bool = False
    reason: str
    at: datetime
    by: str


class Exemption(SQLModel, table=True):
    """A unit that need not report a dataset, from a time on (`exempt` False ends it)."""

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    dataset: str
    exempt: bool = True
    reason: str
    at: datetime
    by: str


class StoredFile(SQLModel, table=True):
    """A file as uploaded, kept once by its hash."""

    __tablename__ = "stored_file"

    sha256: str = Field(primary_key=True)
    size: int
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Submission(SQLModel, table=True):
    """An accepted workbook. `unit_id` None: a whole-district ledger."""

    id: int | None = Field(default=None, primary_key=True)
    dataset: str
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    month: str
    sha256: str = Field(foreign_key="stored_file.sha256", index=True)
    file_name: str
    accepted_at: datetime
    by: str
    records: int
    sheets: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """For each sheet: name, part and field → column letter, so that a record's field has a cell."""
    warnings: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    lamps_changed: list[Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """Before → after of the lamps that this submission turned."""
    explanation: str | None = None  # of figures beyond the unit's own history, by whoever sent it


class Withdrawal(SQLModel, table=True):
    """A submission taken back: an entry, the submission stays."""

    submission_id: int = Field(primary_key=True, foreign_key="submission.id")
    at: datetime
    reason: str
    by: str


class Report(SQLModel, table=True):
    """What one submission says for one unit: the unit's report of one dataset for one month."""

    __table_args__ = (
        Index("ix_report_unit_dataset", "unit_id", "dataset", "month"),
        UniqueConstraint("submission_id", "unit_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="submission.id")
    dataset: str
    unit_id: int = Field(foreign_key="unit.id")
    month: str
    revision: int
    records: int
    adds: bool = False  # fields that the unit adds to the bureau's own rows; no report of its own
    accepted_at: datetime
    until: datetime | None = None  # withdrawn at


class Figure(SQLModel, table=True):
    """A kept figure: what one code came to for one unit after one event, over the months from `first` to `horizon`.

    Derived from the records and rebuilt from them at any time; the board reads only these. `since` is the event
    (acceptance or withdrawal) from which it holds, `until` the next one. `first` is the January of a plan's year and
    `horizon` the last month counted, both "" for snapshots. `due` holds per due date what becomes countable:
    [[day, numerator, denominator], …].
    """

    __table_args__ = (Index("ix_figure_code_unit", "code", "unit_id", "horizon"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    first: str
    horizon: str
    since: datetime
    until: datetime | None = None
    numerator: float | None = None
    denominator: float | None = None
    due: list[Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class BreakdownRow(SQLModel, table=True):
    """A kept breakdown: how one unit's records spread over categories after one event, over the months from `first` to
    `horizon`.

    Derived and rebuilt like a figure; area pages read it, no lamp does. `rows`: see models/breakdowns.py.
    """

    __tablename__ = "breakdown"
    __table_args__ = (Index("ix_breakdown_code_unit", "code", "unit_id", "horizon"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str
    unit_id: int = Field(foreign_key="unit.id")
    first: str
    horizon: str
    since: datetime
    until: datetime | None = None
    rows: list[Any] = Field(sa_column=Column(JSON, nullable=False))


class Verification(SQLModel, table=True):
    """The bureau verifies, or returns with a reason, what a unit reported done."""

    id: int | None = Field(default=None, primary_key=True)
    measure: str = Field(foreign_key="measure.code", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    verified: bool
    completed_on: date | None = None  # as reported when it was verified
    reason: str = ""
    at: datetime
    by: str


class Evidence(SQLModel, table=True):
    """A file that a unit attached to its progress with a measure; taken back by an entry, never deleted."""

    id: int | None = Field(default=None, primary_key=True)
    measure: str = Field(foreign_key="measure.code", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    sha256: str = Field(foreign_key="stored_file.sha256")
    file_name: str
    kind: str  # pdf, image, document …, told by content
    size: int
    at: datetime
    by: str
    taken_back_at: datetime | None = None


class GuideRuleEntry(SQLModel, table=True):
    """The bureau switches a guide rule on or off or changes its severity, from a time on, with a reason."""

    __tablename__ = "guide_rule_entry"

    id: int | None = Field(default=None, primary_key=True)
    rule: str = Field(index=True)
    enabled: bool
    severity: str  # error, advice
    reason: str
    at: datetime
    by: str


class HandFinding(SQLModel, table=True):
    """What a person found on a guide for a rule that the sheet cannot decide (G111, G312)."""

    __tablename__ = "hand_finding"

    id: int | None = Field(default=None, primary_key=True)
    rule: str
    unit_id: int = Field(foreign_key="unit.id")
    item_code: str = Field(index=True)
    passed: bool
    note: str = ""
    at: datetime
    by: str


class RememberedColumn(SQLModel, table=True):
    """A heading that an uploader confirmed, for that unit and dataset."""

    __tablename__ = "remembered_column"
    __table_args__ = (UniqueConstraint("unit_id", "dataset", "part", "heading"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    dataset: str
    part: str
    heading: str
    field: str
    at: datetime
    by: str


class CaseNumbering(SQLModel, table=True):
    """From then on the numbers of a unit's ledger begin anew each month, or go on; the last entry stands."""

    __tablename__ = "case_numbering"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    dataset: str
    by_month: bool
    at: datetime
    by: str


class Account(SQLModel, table=True):
    """Someone who may sign in. Disabled, never deleted: what the person did keeps its name."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)  # what is typed to sign in
    person: str  # what records and the log write
    role: str
    unit_id: int | None = Field(default=None, foreign_key="unit.id")  # role unit only
    password: str | None = None  # Argon2; None: single sign-on only
    must_change: bool = True  # the password was given by someone else
    given_at: datetime | None = None  # when it was
    single_sign_on: bool = False  # the bureau lets its person come by single sign-on
    subject: str | None = Field(default=None, unique=True)  # OpenID Connect: issuer and subject, once bound
    created_at: datetime
    disabled_at: datetime | None = None


class SignIn(SQLModel, table=True):
    """A session: only the SHA-256 of its token is kept. `account_id` None: a demonstration sign-in, with the role it
    took.
    """

    __tablename__ = "sign_in"

    token: str = Field(primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    role: str | None = None
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    at: datetime = Field(index=True)
    seen_at: datetime
    ended_at: datetime | None = None
    address: str
    browser: str = ""


class FailedSignIn(SQLModel, table=True):
    """An attempt that failed: what throttling and lock-out count."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (
        Index("ix_failed_sign_in_name", "name", "at"),
        Index("ix_failed_sign_in_address", "address", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str  # of an account; else a short digest of what was typed
    address: str
    at: datetime = Field(index=True)


class RefusedAttempts(SQLModel, table=True):
    """How often an account or an address was refused without a look at the password, until the log tells it."""

    __tablename__ = "refused_attempts"

    key: str = Field(primary_key=True)
    subject: str
    typed: str
    address: str
    reason: str
    since: datetime
    last_at: datetime
    attempts: int


class Correction(SQLModel, table=True):
    """A wrong cell mended on screen: what the file says and what was stored instead, by whom and when."""

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="submission.id", index=True)
    part: str
    sheet: int  # position in Submission.sheets
    row: int
    field: str
    typed: str | None = None  # in the file
    value: str | None = None  # stored instead, as it was typed on screen
    at: datetime
    by: str


class AuditEntry(SQLModel, table=True):
    """Who did what when, from where, what was there before and after; append-only, each chained to the one before by
    hash.
    """

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(index=True)
    by: str
    account: str | None = None  # login name and unit then; null before they were kept, "" for none
    unit: str | None = None
    address: str = ""
    action: str
    subject: str
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    before: Any = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    after: Any = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    previous: str = ""  # digest of the entry before, "" for the first
    digest: str = Field(default="", index=True)


class AuditHead(SQLModel, table=True):
    """One row: how many entries the audit log has, and the digest of the last, so that a missing tail is found."""

    __tablename__ = "audit_head"

    id: int = Field(default=1, primary_key=True)
    entries: int = 0
    digest: str = ""


class DataVersion(SQLModel, table=True):
    """One row that every accepted write raises, so that every session and process sees that answers are stale."""

    __tablename__ = "data_version"

    id: int = Field(default=1, primary_key=True)
    version: int = 0
    # services.figures.refold.FOLDING of the program that folded every figure; 0: from before it was kept
    folding: int = 0
