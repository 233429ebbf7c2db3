"""A plan in use is changed by importing it again, from a time on: tasks, measures and indicators know since when,
rulings carry words; one indicator may judge several measures. A report may only add to the bureau's.

Follows: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("adds", sa.Boolean(), nullable=False, server_default=sa.false()))
    for table in ("task", "measure"):
        op.add_column(table, sa.Column("since", sa.DateTime(timezone=True)))
    op.add_column("task_ruling", sa.Column("words", sa.JSON()))
    op.create_table(
        "measure_ruling",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("measure", sa.String(), sa.ForeignKey("measure.code"), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_index("ix_measure_ruling_measure", "measure_ruling", ["measure"])
    target_rulings = op.f("ix_target_ruling_indicator")
    _anew(
        "target_ruling",
        'id, indicator, target, baseline, imported, reason, at, "by"',
        'id, indicator, target, baseline, false, reason, at, "by"',
        [
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("indicator", sa.String(), nullable=False),
            sa.Column("measure", sa.String(), sa.ForeignKey("measure.code")),
            sa.Column("target", sa.Float()),
            sa.Column("baseline", sa.Float()),
            sa.Column("increases", sa.Boolean()),
            sa.Column("imported", sa.Boolean(), nullable=False),
            sa.Column("reason", sa.String(), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("by", sa.String(), nullable=False),
        ],
        {target_rulings: ["indicator"]},
    )
    _anew(
        "measure_indicator",
        INDICATOR_COLUMNS,
        INDICATOR_COLUMNS,
        [
            sa.Column("code", sa.String(), primary_key=True),
            sa.Column("measure", sa.String(), sa.ForeignKey("measure.code"), primary_key=True),
            *_indicator_columns(),
            sa.Column("since", sa.DateTime(timezone=True)),
            sa.Column("until", sa.DateTime(timezone=True)),
        ],
        {"ix_measure_indicator_measure": ["measure"]},
    )


INDICATOR_COLUMNS = "code, measure, target, increases, position"


def _indicator_columns() -> list[sa.Column]:
    return [
        sa.Column("target", sa.Float()),
        sa.Column("increases", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
    ]


def _anew(table: str, into: str, values: str, columns: list[sa.Column], indexes: dict[str, list[str]]) -> None:
    """Make the table again with these columns and its rows in it: its primary key or a foreign key changes."""
    for index in indexes:
        op.drop_index(index, table)
    op.create_table(f"{table}_new", *columns)
    op.execute(f"INSERT INTO {table}_new ({into}) SELECT {values} FROM {table}")  # noqa: S608 names are ours
    op.drop_table(table)
    op.rename_table(f"{table}_new", table)
    for index, of in indexes.items():
        op.create_index(index, table, of)
    if op.get_bind().dialect.name == "postgresql" and columns[0].name == "id":
        op.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 1)) FROM {table}")  # noqa: S608


def downgrade() -> None:
    _anew(
        "measure_indicator",
        INDICATOR_COLUMNS,
        INDICATOR_COLUMNS,
        [
            sa.Column("code", sa.String(), primary_key=True),
            sa.Column("measure", sa.String(), sa.ForeignKey("measure.code"), nullable=False),
            *_indicator_columns(),
        ],
        {"ix_measure_indicator_measure": ["measure"]},
    )
    columns = 'id, indicator, target, baseline, reason, at, "by"'
    _anew(
        "target_ruling",
        columns,
        columns,
        [
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("indicator", sa.String(), sa.ForeignKey("measure_indicator.code"), nullable=False),
            sa.Column("target", sa.Float()),
            sa.Column("baseline", sa.Float()),
            sa.Column("reason", sa.String(), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("by", sa.String(), nullable=False),
        ],
        {"ix_target_ruling_indicator": ["indicator"]},
    )
    op.drop_table("measure_ruling")
    op.drop_column("task_ruling", "words")
    for table in ("measure", "task"):
        op.drop_column(table, "since")
    op.drop_column("report", "adds")
