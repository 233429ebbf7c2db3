"""Kept figures are looked up by the last month counted.

Follows: 0025
"""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_figure_code_unit", "figure")
    op.create_index("ix_figure_code_unit", "figure", ["code", "unit_id", "horizon"])


def downgrade() -> None:
    op.drop_index("ix_figure_code_unit", "figure")
    op.create_index("ix_figure_code_unit", "figure", ["code", "unit_id", "since"])
