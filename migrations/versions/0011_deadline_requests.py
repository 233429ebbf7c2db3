"""Units ask for later deadlines of tasks; the bureau grants or refuses.

Follows: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "deadline_request",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("task", sa.String(), sa.ForeignKey("task.code"), nullable=False, index=True),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False, index=True),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), sa.ForeignKey("stored_file.sha256"), nullable=False, index=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_table(
        "deadline_decision",
        sa.Column("request_id", sa.Integer(), sa.ForeignKey("deadline_request.id"), primary_key=True),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("deadline_decision")
    op.drop_table("deadline_request")
