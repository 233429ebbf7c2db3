"""Settings of a plan's own.

Follows: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("setting_entry") as table:
        table.add_column(sa.Column("plan", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("setting_entry") as table:
        table.drop_column("plan")
