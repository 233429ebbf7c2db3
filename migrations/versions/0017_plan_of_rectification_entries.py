"""Entries and files of a rectification carry the plan it belongs to.

Follows: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("rectification_entry", "rectification_file"):
        op.add_column(table, sa.Column("plan", sa.String(), nullable=False, server_default=""))
    for table, parent, key in (
        ("rectification_entry", "rectification", "rectification_id"),
        ("rectification_file", "rectification_entry", "entry_id"),
    ):
        op.execute(f"UPDATE {table} SET plan = (SELECT plan FROM {parent} WHERE {parent}.id = {key})")  # noqa: S608 ours


def downgrade() -> None:
    for table in ("rectification_file", "rectification_entry"):
        op.drop_column(table, "plan")
