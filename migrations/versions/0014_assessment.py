"""The rules of the assessment, each version with its workbook.

Follows: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessment_version",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), sa.ForeignKey("stored_file.sha256"), nullable=False, index=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("by", sa.String(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("assessment_version")
