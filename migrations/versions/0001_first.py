"""First: the plan, what was submitted and decided, and one table for each part of each dataset.

Follows: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "audit_entry",
    "calendar_day",
    "data_version",
    "guide_rule_entry",
    "setting_entry",
    "stored_file",
    "task",
    "unit",
    "assignment",
    "exemption",
    "figure",
    "hand_finding",
    "measure",
    "remembered_column",
    "submission",
    "task_ruling",
    "evidence",
    "measure_indicator",
    "report",
    "verification",
    "withdrawal",
    "target_ruling",
    "guide_item",
    "guide_material",
    "guide_step",
    "monthly_cases",
    "reviews",
    "bad_reviews",
    "hotline_tickets",
    "hotline_calls",
    "help_cases",
    "approvals",
    "engineering_monthly",
    "catalogue_claims",
    "assessment_problems",
    "progress",
)
"""In the order in which they can be made; dropped the other way round."""


def record_columns() -> list[sa.Column]:
    """What every record carries: whose it is, which submission brought it, and where it stands in that file."""
    return [
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("submission_id", sa.Integer(), sa.ForeignKey("submission.id"), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
    ]


def upgrade() -> None:
    plan_and_decisions()
    records()


def plan_and_decisions() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
    )
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("working", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "data_version",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "guide_rule_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_index("ix_guide_rule_entry_rule", "guide_rule_entry", ["rule"])
    op.create_table(
        "setting_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_index("ix_setting_entry_name", "setting_entry", ["name"])
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(), primary_key=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "task",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("requirement", sa.String(), nullable=False),
        sa.Column("units_text", sa.String(), nullable=False),
        sa.Column("deadline_text", sa.String(), nullable=False),
        sa.Column("deadline", sa.Date()),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("deadline_doubt", sa.String()),
        sa.Column("other_reading", sa.Date()),
        sa.Column("units_doubt", sa.String()),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False, unique=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("engineering", sa.Boolean(), nullable=False),
        sa.Column("leader", sa.String()),
        sa.Column("person", sa.String()),
        sa.Column("phone", sa.String()),
    )
    op.create_table(
        "assignment",
        sa.Column("task", sa.String(), sa.ForeignKey("task.code"), primary_key=True),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), primary_key=True),
    )
    op.create_table(
        "exemption",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("exempt", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_index("ix_exemption_unit_id", "exemption", ["unit_id"])
    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id")),
        sa.Column("horizon", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("numerator", sa.Float()),
        sa.Column("denominator", sa.Float()),
        sa.Column("due", sa.JSON()),
    )
    op.create_index("ix_figure_code_unit", "figure", ["code", "unit_id", "since"])
    op.create_table(
        "hand_finding",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_index("ix_hand_finding_item_code", "hand_finding", ["item_code"])
    op.create_table(
        "measure",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("task", sa.String(), sa.ForeignKey("task.code"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("milestone", sa.Boolean(), nullable=False),
        sa.Column("warning_days", sa.Integer()),
        sa.Column("district", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    op.create_index("ix_measure_task", "measure", ["task"])
    op.create_table(
        "remembered_column",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id")),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.UniqueConstraint("unit_id", "dataset", "part", "heading"),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id")),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), sa.ForeignKey("stored_file.sha256"), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("lamps_changed", sa.JSON()),
    )
    op.create_index("ix_submission_sha256", "submission", ["sha256"])
    op.create_table(
        "task_ruling",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("task", sa.String(), sa.ForeignKey("task.code"), nullable=False),
        sa.Column("deadline", sa.Date()),
        sa.Column("unit_ids", sa.JSON()),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_index("ix_task_ruling_task", "task_ruling", ["task"])
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("measure", sa.String(), sa.ForeignKey("measure.code"), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("sha256", sa.String(), sa.ForeignKey("stored_file.sha256"), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_evidence_measure", "evidence", ["measure"])
    op.create_table(
        "measure_indicator",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("measure", sa.String(), sa.ForeignKey("measure.code"), nullable=False),
        sa.Column("target", sa.Float()),
        sa.Column("increases", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    op.create_index("ix_measure_indicator_measure", "measure_indicator", ["measure"])
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("submission_id", sa.Integer(), sa.ForeignKey("submission.id"), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("submission_id", "unit_id"),
    )
    op.create_index("ix_report_unit_dataset", "report", ["unit_id", "dataset", "month"])
    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("measure", sa.String(), sa.ForeignKey("measure.code"), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("completed_on", sa.Date()),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_index("ix_verification_measure", "verification", ["measure"])
    op.create_table(
        "withdrawal",
        sa.Column("submission_id", sa.Integer(), sa.ForeignKey("submission.id"), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_table(
        "target_ruling",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("indicator", sa.String(), sa.ForeignKey("measure_indicator.code"), nullable=False),
        sa.Column("target", sa.Float()),
        sa.Column("baseline", sa.Float()),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_index("ix_target_ruling_indicator", "target_ruling", ["indicator"])


def records() -> None:
    op.create_table(
        "guide_item",
        *record_columns(),
        sa.Column("item_code", sa.String()),
        sa.Column("item_name", sa.String()),
        sa.Column("basic_code", sa.String()),
        sa.Column("item_type", sa.String()),
        sa.Column("level", sa.String()),
        sa.Column("clients", sa.String()),
        sa.Column("case_type", sa.String()),
        sa.Column("statutory_days", sa.Float()),
        sa.Column("statutory_by_law", sa.Boolean()),
        sa.Column("promised_days", sa.Float()),
        sa.Column("visits", sa.BigInteger()),
        sa.Column("visit_reason", sa.String()),
        sa.Column("online", sa.Boolean()),
        sa.Column("online_depth", sa.String()),
        sa.Column("special", sa.Boolean()),
        sa.Column("special_reason", sa.String()),
        sa.Column("keywords", sa.String()),
        sa.Column("in_hall", sa.Boolean()),
        sa.Column("same_source", sa.Boolean()),
        sa.Column("cross_region", sa.String()),
        sa.Column("published", sa.Boolean()),
        sa.Column("address", sa.String()),
        sa.Column("office_hours", sa.String()),
        sa.Column("phone", sa.String()),
        sa.Column("complaint_phone", sa.String()),
        sa.Column("has_intermediary", sa.Boolean()),
        sa.Column("intermediary_note", sa.String()),
        sa.Column("has_special_step", sa.Boolean()),
        sa.Column("special_step_note", sa.String()),
        sa.Column("flow_chart", sa.String()),
        sa.Column("chart_shows_times", sa.Boolean()),
        sa.Column("charged", sa.Boolean()),
        sa.Column("charge_basis", sa.String()),
        sa.Column("result_name", sa.String()),
        sa.Column("result_sample", sa.Boolean()),
        sa.Column("questions", sa.String()),
        sa.Column("legal_basis", sa.String()),
        sa.Column("remark", sa.String()),
    )
    op.create_index("ix_guide_item_item_code", "guide_item", ["item_code"])
    op.create_index("ix_guide_item_submission_id", "guide_item", ["submission_id"])
    op.create_table(
        "guide_material",
        *record_columns(),
        sa.Column("item_code", sa.String()),
        sa.Column("material_name", sa.String()),
        sa.Column("material_type", sa.String()),
        sa.Column("originals", sa.BigInteger()),
        sa.Column("copies", sa.BigInteger()),
        sa.Column("source", sa.String()),
        sa.Column("issuer", sa.String()),
        sa.Column("basis", sa.String()),
        sa.Column("clause", sa.String()),
        sa.Column("filled_by_applicant", sa.Boolean()),
        sa.Column("blank_form", sa.String()),
        sa.Column("sample_form", sa.String()),
        sa.Column("remark", sa.String()),
    )
    op.create_index("ix_guide_material_item_code", "guide_material", ["item_code"])
    op.create_index("ix_guide_material_submission_id", "guide_material", ["submission_id"])
    op.create_table(
        "guide_step",
        *record_columns(),
        sa.Column("item_code", sa.String()),
        sa.Column("step_number", sa.BigInteger()),
        sa.Column("step_name", sa.String()),
        sa.Column("step_content", sa.String()),
        sa.Column("step_staff", sa.String()),
        sa.Column("step_days", sa.Float()),
        sa.Column("step_standard", sa.String()),
        sa.Column("step_result", sa.String()),
    )
    op.create_index("ix_guide_step_item_code", "guide_step", ["item_code"])
    op.create_index("ix_guide_step_submission_id", "guide_step", ["submission_id"])
    op.create_table(
        "monthly_cases",
        *record_columns(),
        sa.Column("item_code", sa.String()),
        sa.Column("cases", sa.BigInteger()),
        sa.Column("online_cases", sa.BigInteger()),
        sa.Column("pushed_cases", sa.BigInteger()),
        sa.Column("linked_cases", sa.BigInteger()),
        sa.Column("closed_cases", sa.BigInteger()),
        sa.Column("rated_cases", sa.BigInteger()),
        sa.Column("default_rated_cases", sa.BigInteger()),
        sa.Column("licence_calls", sa.BigInteger()),
    )
    op.create_index("ix_monthly_cases_item_code", "monthly_cases", ["item_code"])
    op.create_index("ix_monthly_cases_submission_id", "monthly_cases", ["submission_id"])
    op.create_table(
        "reviews",
        *record_columns(),
        sa.Column("case_code", sa.String()),
        sa.Column("round", sa.BigInteger()),
        sa.Column("item_code", sa.String()),
        sa.Column("item_name", sa.String()),
        sa.Column("channel", sa.String()),
        sa.Column("satisfaction", sa.String()),
        sa.Column("comment", sa.String()),
        sa.Column("rated_at", sa.DateTime()),
        sa.Column("closed_at", sa.DateTime()),
        sa.Column("applicant", sa.String()),
        sa.Column("phone", sa.String()),
        sa.Column("named", sa.Boolean()),
    )
    op.create_index("ix_reviews_case_code", "reviews", ["case_code"])
    op.create_index("ix_reviews_submission_id", "reviews", ["submission_id"])
    op.create_table(
        "bad_reviews",
        *record_columns(),
        sa.Column("bad_review_code", sa.String()),
        sa.Column("case_code", sa.String()),
        sa.Column("item_name", sa.String()),
        sa.Column("rated_at", sa.DateTime()),
        sa.Column("comment", sa.String()),
        sa.Column("named", sa.Boolean()),
        sa.Column("true", sa.Boolean()),
        sa.Column("called_back", sa.Boolean()),
        sa.Column("called_back_at", sa.DateTime()),
        sa.Column("measures_taken", sa.String()),
        sa.Column("due_on", sa.Date()),
        sa.Column("rectified_at", sa.Date()),
        sa.Column("outcome", sa.String()),
        sa.Column("person", sa.String()),
        sa.Column("mistaken", sa.Boolean()),
    )
    op.create_index("ix_bad_reviews_bad_review_code", "bad_reviews", ["bad_review_code"])
    op.create_index("ix_bad_reviews_submission_id", "bad_reviews", ["submission_id"])
    op.create_table(
        "hotline_tickets",
        *record_columns(),
        sa.Column("ticket_code", sa.String()),
        sa.Column("received_at", sa.DateTime()),
        sa.Column("source", sa.String()),
        sa.Column("ticket_type", sa.String()),
        sa.Column("request", sa.String()),
        sa.Column("sent_at", sa.DateTime()),
        sa.Column("signed_at", sa.DateTime()),
        sa.Column("due_on", sa.Date()),
        sa.Column("closed_at", sa.DateTime()),
        sa.Column("extended", sa.Boolean()),
        sa.Column("called_back", sa.Boolean()),
        sa.Column("solved", sa.Boolean()),
        sa.Column("satisfied", sa.String()),
        sa.Column("redone", sa.Boolean()),
        sa.Column("caller", sa.String()),
        sa.Column("phone", sa.String()),
    )
    op.create_index("ix_hotline_tickets_submission_id", "hotline_tickets", ["submission_id"])
    op.create_index("ix_hotline_tickets_ticket_code", "hotline_tickets", ["ticket_code"])
    op.create_table(
        "hotline_calls",
        *record_columns(),
        sa.Column("day", sa.Date()),
        sa.Column("calls", sa.BigInteger()),
        sa.Column("answered", sa.BigInteger()),
        sa.Column("answered_in_15s", sa.BigInteger()),
        sa.Column("answered_at_night", sa.BigInteger()),
    )
    op.create_index("ix_hotline_calls_submission_id", "hotline_calls", ["submission_id"])
    op.create_table(
        "help_cases",
        *record_columns(),
        sa.Column("help_code", sa.String()),
        sa.Column("received_on", sa.Date()),
        sa.Column("client", sa.String()),
        sa.Column("client_kind", sa.String()),
        sa.Column("matter", sa.String()),
        sa.Column("way", sa.String()),
        sa.Column("helper", sa.String()),
        sa.Column("phone", sa.String()),
        sa.Column("project", sa.String()),
        sa.Column("due_on", sa.Date()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("difficulty", sa.String()),
        sa.Column("satisfaction", sa.String()),
    )
    op.create_index("ix_help_cases_help_code", "help_cases", ["help_code"])
    op.create_index("ix_help_cases_submission_id", "help_cases", ["submission_id"])
    op.create_table(
        "approvals",
        *record_columns(),
        sa.Column("project_code", sa.String()),
        sa.Column("matter", sa.String()),
        sa.Column("project_name", sa.String()),
        sa.Column("builder", sa.String()),
        sa.Column("project_kind", sa.String()),
        sa.Column("stage", sa.String()),
        sa.Column("received_on", sa.Date()),
        sa.Column("promised_days", sa.Float()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("papers_missing", sa.Boolean()),
        sa.Column("papers_due_on", sa.Date()),
        sa.Column("papers_supplied_on", sa.Date()),
        sa.Column("notified_promise", sa.Boolean()),
        sa.Column("regional_possible", sa.Boolean()),
        sa.Column("regional_used", sa.Boolean()),
        sa.Column("survey_needed", sa.Boolean()),
        sa.Column("survey_joint", sa.Boolean()),
        sa.Column("result_uploaded", sa.Boolean()),
    )
    op.create_index("ix_approvals_project_code", "approvals", ["project_code"])
    op.create_index("ix_approvals_submission_id", "approvals", ["submission_id"])
    op.create_table(
        "engineering_monthly",
        *record_columns(),
        sa.Column("of_month", sa.String()),
        sa.Column("selections", sa.BigInteger()),
        sa.Column("water", sa.BigInteger()),
        sa.Column("heat", sa.BigInteger()),
        sa.Column("gas", sa.BigInteger()),
        sa.Column("power", sa.BigInteger()),
        sa.Column("telecom", sa.BigInteger()),
    )
    op.create_index("ix_engineering_monthly_submission_id", "engineering_monthly", ["submission_id"])
    op.create_table(
        "catalogue_claims",
        *record_columns(),
        sa.Column("basic_code", sa.String()),
        sa.Column("item_name", sa.String()),
        sa.Column("claim", sa.String()),
        sa.Column("reason", sa.String()),
    )
    op.create_index("ix_catalogue_claims_basic_code", "catalogue_claims", ["basic_code"])
    op.create_index("ix_catalogue_claims_submission_id", "catalogue_claims", ["submission_id"])
    op.create_table(
        "assessment_problems",
        *record_columns(),
        sa.Column("problem_code", sa.String()),
        sa.Column("dimension", sa.String()),
        sa.Column("problem", sa.String()),
        sa.Column("found_on", sa.Date()),
        sa.Column("due_on", sa.Date()),
        sa.Column("rectified_on", sa.Date()),
        sa.Column("note", sa.String()),
    )
    op.create_index("ix_assessment_problems_problem_code", "assessment_problems", ["problem_code"])
    op.create_index("ix_assessment_problems_submission_id", "assessment_problems", ["submission_id"])
    op.create_table(
        "progress",
        *record_columns(),
        sa.Column("measure", sa.String()),
        sa.Column("state", sa.String()),
        sa.Column("percent", sa.BigInteger()),
        sa.Column("completed_on", sa.Date()),
        sa.Column("account", sa.String()),
        sa.Column("difficulty", sa.String()),
        sa.Column("next_step", sa.String()),
        sa.Column("leader", sa.String()),
        sa.Column("person", sa.String()),
        sa.Column("phone", sa.String()),
    )
    op.create_index("ix_progress_measure", "progress", ["measure"])
    op.create_index("ix_progress_submission_id", "progress", ["submission_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
