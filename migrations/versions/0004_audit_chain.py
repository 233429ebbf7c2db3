"""The audit log is chained: each entry carries the digest of the one before; entries from earlier times are chained as they stand.

Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("address", sa.String(), nullable=False, server_default=""))
    op.add_column("audit_entry", sa.Column("before", sa.JSON()))
    op.add_column("audit_entry", sa.Column("after", sa.JSON()))
    op.add_column("audit_entry", sa.Column("previous", sa.String(), nullable=False, server_default=""))
    op.add_column("audit_entry", sa.Column("digest", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_audit_entry_digest", "audit_entry", ["digest"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("audit_head")
    op.drop_index("ix_audit_entry_digest", "audit_entry")
    for column in ("digest", "previous", "after", "before", "address"):
        op.drop_column("audit_entry", column)
