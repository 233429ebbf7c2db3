"""One table for each part of each dataset: the accepted rows, each with its place in the file as uploaded.

The columns are the `Field.name`s of the catalogue (tests/test_house.py holds them together). A row is never changed or
deleted; which rows are in force at a date follows from the reports (models/tables.py).
"""

from __future__ import annotations

from datetime import date

from pydantic import NaiveDatetime
from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class RecordRow(SQLModel):
    """What every record carries: whose it is, which submission brought it, and where it stands in that file."""

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="submission.id")
    unit_id: int = Field(foreign_key="unit.id")
    month: str  # YYYY-MM of the report
    sheet: int  # index into the submission's sheets
    row: int  # as Excel shows it


class GuideItem(RecordRow, table=True):
    """办事指南 · 事项"""

    __tablename__ = "guide_item"

    item_code: str | None = Field(default=None, index=True)
    item_name: str | None = None
    basic_code: str | None = None
    item_type: str | None = None
    level: str | None = None
    clients: str | None = None
    case_type: str | None = None
    statutory_days: float | None = None
    statutory_by_law: bool | None = None
    promised_days: float | None = None
    visits: int | None = Field(default=None, sa_type=BigInteger)
    visit_reason: str | None = None
    online: bool | None = None
    online_depth: str | None = None
    special: bool | None = None
    special_reason: str | None = None
    keywords: str | None = None
    in_hall: bool | None = None
    same_source: bool | None = None
    cross_region: str | None = None
    published: bool | None = None
    address: str | None = None
    office_hours: str | None = None
    phone: str | None = None
    complaint_phone: str | None = None
    has_intermediary: bool | None = None
    intermediary_note: str | None = None
    has_special_step: bool | None = None
    special_step_note: str | None = None
    flow_chart: str | None = None
    chart_shows_times: bool | None = None
    charged: bool | None = None
    charge_basis: str | None = None
    result_name: str | None = None
    result_sample: bool | None = None
    questions: str | None = None
    legal_basis: str | None = None
    remark: str | None = None


class GuideMaterial(RecordRow, table=True):
    """办事指南 · 材料"""

    __tablename__ = "guide_material"

    item_code: str | None = Field(default=None, index=True)
    material_name: str | None = None
    material_type: str | None = None
    originals: int | None = Field(default=None, sa_type=BigInteger)
    copies: int | None = Field(default=None, sa_type=BigInteger)
    source: str | None = None
    issuer: str | None = None
    basis: str | None = None
    clause: str | None = None
    filled_by_applicant: bool | None = None
    blank_form: str | None = None
    sample_form: str | None = None
    remark: str | None = None


class GuideStep(RecordRow, table=True):
    """办事指南 · 流程"""

    __tablename__ = "guide_step"

    item_code: str | None = Field(default=None, index=True)
    step_number: int | None = Field(default=None, sa_type=BigInteger)
    step_name: str | None = None
    step_content: str | None = None
    step_staff: str | None = None
    step_days: float | None = None
    step_standard: str | None = None
    step_result: str | None = None


class MonthlyCases(RecordRow, table=True):
    """月度办件统计"""

    __tablename__ = "monthly_cases"

    item_code: str | None = Field(default=None, index=True)
    cases: int | None = Field(default=None, sa_type=BigInteger)
    online_cases: int | None = Field(default=None, sa_type=BigInteger)
    pushed_cases: int | None = Field(default=None, sa_type=BigInteger)
    linked_cases: int | None = Field(default=None, sa_type=BigInteger)
    closed_cases: int | None = Field(default=None, sa_type=BigInteger)
    rated_cases: int | None = Field(default=None, sa_type=BigInteger)
    default_rated_cases: int | None = Field(default=None, sa_type=BigInteger)
    licence_calls: int | None = Field(default=None, sa_type=BigInteger)


class Review(RecordRow, table=True):
    """好差评明细"""

    __tablename__ = "reviews"

    case_code: str | None = Field(default=None, index=True)
    round: int | None = Field(default=None, sa_type=BigInteger)
    item_code: str | None = None
    item_name: str | None = None
    channel: str | None = None
    satisfaction: str | None = None
    comment: str | None = None
    rated_at: NaiveDatetime | None = None
    closed_at: NaiveDatetime | None = None
    applicant: str | None = None
    phone: str | None = None
    named: bool | None = None


class BadReview(RecordRow, table=True):
    """差评整改台账"""

    __tablename__ = "bad_reviews"

    bad_review_code: str | None = Field(default=None, index=True)
    case_code: str | None = None
    item_name: str | None = None
    rated_at: NaiveDatetime | None = None
    comment: str | None = None
    named: bool | None = None
    true: bool | None = None
    called_back: bool | None = None
    called_back_at: NaiveDatetime | None = None
    measures_taken: str | None = None
    due_on: date | None = None
    rectified_at: date | None = None
    outcome: str | None = None
    person: str | None = None
    mistaken: bool | None = None


class HotlineTicket(RecordRow, table=True):
    """12345工单台账"""

    __tablename__ = "hotline_tickets"

    ticket_code: str | None = Field(default=None, index=True)
    received_at: NaiveDatetime | None = None
    source: str | None = None
    ticket_type: str | None = None
    request: str | None = None
    sent_at: NaiveDatetime | None = None
    signed_at: NaiveDatetime | None = None
    due_on: date | None = None
    closed_at: NaiveDatetime | None = None
    extended: bool | None = None
    called_back: bool | None = None
    solved: bool | None = None
    satisfied: str | None = None
    redone: bool | None = None
    caller: str | None = None
    phone: str | None = None


class HotlineCalls(RecordRow, table=True):
    """热线话务日报"""

    __tablename__ = "hotline_calls"

    day: date | None = None
    calls: int | None = Field(default=None, sa_type=BigInteger)
    answered: int | None = Field(default=None, sa_type=BigInteger)
    answered_in_15s: int | None = Field(default=None, sa_type=BigInteger)
    answered_at_night: int | None = Field(default=None, sa_type=BigInteger)


class HelpCase(RecordRow, table=True):
    """帮代办台账"""

    __tablename__ = "help_cases"

    help_code: str | None = Field(default=None, index=True)
    received_on: date | None = None
    client: str | None = None
    client_kind: str | None = None
    matter: str | None = None
    way: str | None = None
    helper: str | None = None
    phone: str | None = None
    project: str | None = None
    due_on: date | None = None
    closed_on: date | None = None
    difficulty: str | None = None
    satisfaction: str | None = None


class Approval(RecordRow, table=True):
    """工程建设项目审批台账"""

    __tablename__ = "approvals"

    project_code: str | None = Field(default=None, index=True)
    matter: str | None = None
    project_name: str | None = None
    builder: str | None = None
    project_kind: str | None = None
    stage: str | None = None
    received_on: date | None = None
    promised_days: float | None = None
    closed_on: date | None = None
    papers_missing: bool | None = None
    papers_due_on: date | None = None
    papers_supplied_on: date | None = None
    notified_promise: bool | None = None
    regional_possible: bool | None = None
    regional_used: bool | None = None
    survey_needed: bool | None = None
    survey_joint: bool | None = None
    result_uploaded: bool | None = None


class EngineeringMonthly(RecordRow, table=True):
    """工改月报"""

    __tablename__ = "engineering_monthly"

    of_month: str | None = None
    selections: int | None = Field(default=None, sa_type=BigInteger)
    water: int | None = Field(default=None, sa_type=BigInteger)
    heat: int | None = Field(default=None, sa_type=BigInteger)
    gas: int | None = Field(default=None, sa_type=BigInteger)
    power: int | None = Field(default=None, sa_type=BigInteger)
    telecom: int | None = Field(default=None, sa_type=BigInteger)


class CatalogueClaim(RecordRow, table=True):
    """事项认领情况"""

    __tablename__ = "catalogue_claims"

    basic_code: str | None = Field(default=None, index=True)
    item_name: str | None = None
    claim: str | None = None
    reason: str | None = None


class AssessmentProblem(RecordRow, table=True):
    """第三方评估问题清单"""

    __tablename__ = "assessment_problems"

    problem_code: str | None = Field(default=None, index=True)
    dimension: str | None = None
    problem: str | None = None
    found_on: date | None = None
    due_on: date | None = None
    rectified_on: date | None = None
    note: str | None = None


class Progress(RecordRow, table=True):
    """任务进展"""

    __tablename__ = "progress"

    measure: str | None = Field(default=None, index=True)
    state: str | None = None
    percent: int | None = Field(default=None, sa_type=BigInteger)
    completed_on: date | None = None
    account: str | None = None
    difficulty: str | None = None
    next_step: str | None = None
    leader: str | None = None
    person: str | None = None
    phone: str | None = None


RECORD_TABLES: dict[str, type[RecordRow]] = {
    "事项": GuideItem,
    "材料": GuideMaterial,
    "流程": GuideStep,
    "monthly_cases": MonthlyCases,
    "reviews": Review,
    "bad_reviews": BadReview,
    "hotline_tickets": HotlineTicket,
    "hotline_calls": HotlineCalls,
    "help_cases": HelpCase,
    "approvals": Approval,
    "engineering_monthly": EngineeringMonthly,
    "catalogue_claims": CatalogueClaim,
    "assessment_problems": AssessmentProblem,
    "progress": Progress,
}
"""Part code → table."""

for _row in RECORD_TABLES.values():
    _table = _row.__table__  # type: ignore[attr-defined]
    # A whole-district ledger is read for one unit at a time: by submission alone every proof would walk all of it.
    # Tickets are many and mostly closed: counted from the index alone, without their rows.
    _counted = ("ticket_code", "closed_at", "due_on") if _row is HotlineTicket else ()
    Index(f"ix_{_table.name}_report", *(_table.c[name] for name in ("submission_id", "unit_id", *_counted)))
