"""The audit log keeps the account and the unit of whoever acted; an account is bound to single sign-on only where the
bureau marked it, one bound already counts as marked. One-time passwords have a date, those given before count from now.
Attempts refused while locked out are counted; names that are no account's are kept no longer, they may be passwords.
Entries from earlier times have neither and stay as they were chained. Back in 0005, entries made since do not hold any
more: what their digests cover is gone.

Follows: 0005
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("account", sa.String()))
    op.add_column("audit_entry", sa.Column("unit", sa.String()))
    op.add_column("account", sa.Column("single_sign_on", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("account", sa.Column("given_at", MOMENT))
    account = sa.table(
        "account", *map(sa.column, ("name", "subject", "single_sign_on", "must_change")), sa.column("given_at", MOMENT)
    )
    op.execute(sa.update(account).where(account.c.must_change).values(given_at=datetime.now(UTC)))
    op.execute(sa.update(account).where(account.c.subject.is_not(None)).values(single_sign_on=sa.true()))
    failed = sa.table("failed_sign_in", sa.column("name"))
    op.execute(sa.delete(failed).where(failed.c.name.not_in(sa.select(account.c.name))))
    op.create_index("ix_sign_in_at", "sign_in", ["at"])
    op.create_index("ix_failed_sign_in_at", "failed_sign_in", ["at"])
    op.create_table(
        "refused_attempts",
        sa.Column("key", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("subject", "typed", "address", "reason")),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("refused_attempts")
    op.drop_index("ix_failed_sign_in_at", "failed_sign_in")
    op.drop_index("ix_sign_in_at", "sign_in")
    for column in ("given_at", "single_sign_on"):
        op.drop_column("account", column)
    for column in ("unit", "account"):
        op.drop_column("audit_entry", column)
