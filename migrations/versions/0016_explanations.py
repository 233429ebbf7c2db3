"""A sentence that explains a figure beyond the unit's own history is kept with the submission.

Follows: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("submission", sa.Column("explanation", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("submission", "explanation")
