"""The database knows by which folding its figures and breakdowns were made; those from before are made again by init.

Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("data_version", sa.Column("folding", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("data_version", "folding")
