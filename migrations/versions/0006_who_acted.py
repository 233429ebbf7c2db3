"""The audit log keeps the account and the unit of whoever acted. Entries from earlier times have neither and stay as they were chained. Back in 0005,
entries made since do not hold any more: what their digests cover is gone.

Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("account", sa.String()))
    op.add_column("audit_entry", sa.Column("unit", sa.String()))


def downgrade() -> None:
    for column in ("unit", "account"):
        op.drop_column("audit_entry", column)
