"""Rounds of supervision, meetings, talks and instructions, each with what was entered later.

Follows: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _days(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Date(), nullable=False) for name in names]


def _lists(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.JSON(), nullable=False) for name in names]


def _who_and_when() -> list[sa.Column]:
    return [sa.Column("at", MOMENT, nullable=False), *_texts("by", "account")]


def _numbered(table: str, *columns: sa.Column) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), primary_key=True),
        *_texts("plan"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        *columns,
        *_who_and_when(),
        sa.UniqueConstraint("year", "serial"),
    )
    op.create_index(f"ix_{table}_at", table, ["at"])


def _entries(table: str, of: str, *columns: sa.Column) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(f"{of}_id", sa.Integer(), sa.ForeignKey(f"{of}.id"), nullable=False),
        *columns,
        *_who_and_when(),
    )
    op.create_index(f"ix_{table}_{of}_id", table, [f"{of}_id"])


def upgrade() -> None:
    _numbered(
        "round",
        *_texts("name", "kind"),
        *_days("starts_on", "ends_on"),
        *_lists("areas", "tasks", "unit_ids"),
        *_texts("leader"),
        *_lists("members"),
        *_texts("scheme", "legal_basis"),
        sa.Column("sealed", sa.Boolean(), nullable=False),
    )
    _entries("round_entry", "round", *_texts("step", "text"), *_lists("detail"))
    _numbered("meeting", *_texts("name"), *_days("held_on", "since"), *_lists("unit_ids"))
    _entries(
        "meeting_entry",
        "meeting",
        *_texts("act"),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id")),
        *_lists("questions"),
        *_texts("text"),
    )
    _numbered(
        "talk",
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        *_days("held_on"),
        *_texts("attendees", "reason", "text"),
    )
    op.create_index("ix_talk_unit_id", "talk", ["unit_id"])
    _numbered(
        "instruction",
        *_texts("leader"),
        *_days("written_on"),
        *_texts("text", "subject", "about"),
        *_lists("unit_ids"),
        *_days("due"),
    )


def downgrade() -> None:
    for table in ("instruction", "talk", "meeting_entry", "meeting", "round_entry", "round"):
        op.drop_table(table)
