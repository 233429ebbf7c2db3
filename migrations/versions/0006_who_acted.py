"""The audit log keeps the account and the unit of whoever acted; an account is bound to single sign-on only where the bureau marked it,
and one bound already counts as marked. Entries from earlier times have neither and stay as they were chained. Back in 0005,
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
    op.add_column("account", sa.Column("single_sign_on", sa.Boolean(), nullable=False, server_default=sa.false()))
    account = sa.table("account", sa.column("subject"), sa.column("single_sign_on"))
    op.execute(sa.update(account).where(account.c.subject.is_not(None)).values(single_sign_on=sa.true()))


def downgrade() -> None:
    op.drop_column("account", "single_sign_on")
    for column in ("unit", "account"):
        op.drop_column("audit_entry", column)
