"""Room for breakdowns: how a unit's records spread over categories, kept per event like figures.

Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "breakdown",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("horizon", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("rows", sa.JSON(), nullable=False),
    )
    op.create_index("ix_breakdown_code_unit", "breakdown", ["code", "unit_id", "horizon"])


def downgrade() -> None:
    op.drop_table("breakdown")
