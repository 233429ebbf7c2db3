"""Bulletins: drafts with their figures, the acts on their way, their issue with number and files.

Follows: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "bulletin",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("plan", sa.String(), nullable=False, index=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("compared", sa.Date()),
        sa.Column("corrects", sa.String()),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("particulars", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_table(
        "bulletin_act",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("bulletin_id", sa.Integer(), sa.ForeignKey("bulletin.id"), nullable=False, index=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id")),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_table(
        "bulletin_issue",
        sa.Column("bulletin_id", sa.Integer(), sa.ForeignKey("bulletin.id"), primary_key=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("particulars", sa.JSON(), nullable=False),
        sa.Column("skipped", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.UniqueConstraint("year", "serial"),
    )
    op.create_table(
        "bulletin_file",
        sa.Column("bulletin_id", sa.Integer(), sa.ForeignKey("bulletin.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), sa.ForeignKey("stored_file.sha256"), nullable=False, index=True),
        sa.Column("size", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    for table in ("bulletin_file", "bulletin_issue", "bulletin_act", "bulletin"):
        op.drop_table(table)
