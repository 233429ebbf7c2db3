"""What happened to units: renamed, merged, split, founded, abolished, each from a day on.

Follows: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unit_change",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("unit_ids", "successor_ids", "new_ids")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name_before", "name_after")),
        sa.Column("tasks", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("reason", "document")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_index("ix_unit_change_day", "unit_change", ["day"])


def downgrade() -> None:
    op.drop_table("unit_change")
