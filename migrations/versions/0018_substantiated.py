"""是否属实 of a bad review is called substantiated: SQLite gives a column named true another name in a view.

Follows: 0017
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rename("true", "substantiated")


def downgrade() -> None:
    _rename("substantiated", "true")


def _rename(before: str, after: str) -> None:
    """The column, and where headings and corrections name it."""
    op.execute(f'ALTER TABLE bad_reviews RENAME COLUMN "{before}" TO "{after}"')
    for table in ("remembered_column", "correction"):
        op.execute(f"UPDATE {table} SET field = '{after}' WHERE part = 'bad_reviews' AND field = '{before}'")  # noqa: S608 ours
