"""Rectifications with their entries and files; notices with their receipts, and suggestions declined with the reason.

Follows: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _number() -> list[sa.Column]:
    return [sa.Column("year", sa.Integer(), nullable=False), sa.Column("serial", sa.Integer(), nullable=False)]


def _who_and_when() -> list[sa.Column]:
    return [sa.Column("at", MOMENT, nullable=False), *_texts("by", "account")]


def _reference(name: str, to: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(to), nullable=False)


def upgrade() -> None:
    op.create_table(
        "rectification",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_texts("plan"),
        *_number(),
        _reference("unit_id", "unit.id"),
        *_texts("issue", "requirement", "source"),
        sa.Column("measure", sa.String()),
        sa.Column("rule", sa.String()),
        sa.Column("due", sa.Date(), nullable=False),
        *_who_and_when(),
        sa.UniqueConstraint("year", "serial"),
    )
    op.create_index("ix_rectification_unit_id", "rectification", ["unit_id"])
    op.create_index("ix_rectification_at", "rectification", ["at"])
    op.create_table(
        "rectification_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("rectification_id", "rectification.id"),
        *_texts("act", "text"),
        sa.Column("cause", sa.String()),
        sa.Column("due", sa.Date()),
        sa.Column("day", sa.Date()),
        *_who_and_when(),
    )
    op.create_index("ix_rectification_entry_rectification_id", "rectification_entry", ["rectification_id"])
    op.create_table(
        "rectification_file",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("entry_id", "rectification_entry.id"),
        sa.Column("sha256", sa.String(), sa.ForeignKey("stored_file.sha256"), nullable=False),
        *_texts("file_name", "kind"),
        sa.Column("size", sa.Integer(), nullable=False),
    )
    op.create_index("ix_rectification_file_entry_id", "rectification_file", ["entry_id"])
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_texts("plan"),
        *_number(),
        _reference("unit_id", "unit.id"),
        *_texts("level"),
        sa.Column("matters", sa.JSON(), nullable=False),
        *_texts("text"),
        sa.Column("reply_by", sa.Date(), nullable=False),
        *_who_and_when(),
        sa.UniqueConstraint("year", "serial"),
    )
    op.create_index("ix_notice_unit_id", "notice", ["unit_id"])
    op.create_index("ix_notice_at", "notice", ["at"])
    op.create_table(
        "notice_receipt",
        sa.Column("id", sa.Integer(), primary_key=True),
        _reference("notice_id", "notice.id"),
        sa.Column("received", sa.Boolean(), nullable=False),
        *_who_and_when(),
        sa.UniqueConstraint("notice_id", "received"),
    )
    op.create_index("ix_notice_receipt_notice_id", "notice_receipt", ["notice_id"])
    op.create_table(
        "suggestion_declined",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_texts("plan"),
        _reference("unit_id", "unit.id"),
        *_texts("matter", "suggestion", "reason"),
        *_who_and_when(),
    )
    op.create_index("ix_suggestion_declined_unit_id", "suggestion_declined", ["unit_id"])


def downgrade() -> None:
    for table in (
        "suggestion_declined",
        "notice_receipt",
        "notice",
        "rectification_file",
        "rectification_entry",
        "rectification",
    ):
        op.drop_table(table)
