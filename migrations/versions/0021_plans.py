"""Several plans on one board: tasks belong to a plan, measures and tasks may end, workbooks are kept, and figures are
counted from the January of each plan's year.

Follows: 0020

What is there belongs to the plan whose year its tasks have; its codes stay as they are in every table.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEPT = ("figure", "breakdown")


def upgrade() -> None:
    plan = op.create_table(
        "plan",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("first_month", sa.String()),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), sa.ForeignKey("stored_file.sha256"), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_index("ix_plan_version_plan", "plan_version", ["plan"])
    year = op.get_bind().execute(sa.text("SELECT year FROM task ORDER BY position")).scalar()
    if year is not None:
        row = {"code": f"{year}", "title": f"{year}年方案", "year": year, "document": "", "prefix": ""}
        op.bulk_insert(plan, [row | {"begins": date(year, 1, 1), "ends": date(year + 1, 3, 31)}])
    for table in ("task", "measure"):
        op.add_column(table, sa.Column("until", sa.DateTime(timezone=True)))
    op.add_column("task", sa.Column("plan", sa.String(), nullable=False, server_default=f"{year or ''}"))
    op.create_index("ix_task_plan", "task", ["plan"])
    for table in KEPT:
        op.add_column(table, sa.Column("first", sa.String(), nullable=False, server_default=""))
        if year is not None:
            op.execute(f"UPDATE {table} SET first = '{year}-01' WHERE horizon <> ''")  # noqa: S608 ours


def downgrade() -> None:
    for table in KEPT:
        op.drop_column(table, "first")
    op.drop_index("ix_task_plan", "task")
    op.drop_column("task", "plan")
    for table in ("measure", "task"):
        op.drop_column(table, "until")
    op.drop_table("plan_version")
    op.drop_table("plan")
