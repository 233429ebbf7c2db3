"""What a plan declares beside its tasks, targets that a figure is to stay below, and questions typed in.

Follows: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("plan", "kind", "key")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("declared", "sheet_row")),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in ("since", "until")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_index("ix_declaration_plan", "declaration", ["plan"])
    with op.batch_alter_table("measure_indicator") as table:
        table.add_column(sa.Column("at_most", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("change_by", sa.Float()))
    with op.batch_alter_table("target_ruling") as table:
        table.add_column(sa.Column("at_most", sa.Boolean()))
        table.add_column(sa.Column("change_by", sa.Float()))
    with op.batch_alter_table("spot_check") as table:
        table.add_column(sa.Column("questions", sa.JSON()))


def downgrade() -> None:
    with op.batch_alter_table("spot_check") as table:
        table.drop_column("questions")
    for name in ("target_ruling", "measure_indicator"):
        with op.batch_alter_table(name) as table:
            table.drop_column("change_by")
            table.drop_column("at_most")
    op.drop_table("declaration")
