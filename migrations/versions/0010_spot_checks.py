"""Spot checks (抽查): draws, elements drawn, results, acts and files; each row carries its plan.

Follows: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spot_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("expected", sa.Float(), nullable=False),
        sa.Column("size_by", sa.String(), nullable=False),
        sa.Column("size_asked", sa.Float(), nullable=True),
        sa.Column("size_typed", sa.Integer(), nullable=True),
        sa.Column("units", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("month_from", sa.String(), nullable=True),
        sa.Column("month_to", sa.String(), nullable=True),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("masked", sa.Boolean(), nullable=False),
        sa.Column("double", sa.Boolean(), nullable=False),
        sa.Column("checkers", sa.JSON(), nullable=False),
        sa.Column("belongs", sa.JSON(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("strata", sa.JSON(), nullable=False),
        sa.Column("population_file", sa.String(), nullable=False),
        sa.Column("listed", sa.String(), nullable=True),
        sa.Column("listed_name", sa.String(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listed"],
            ["stored_file.sha256"],
        ),
        sa.ForeignKeyConstraint(
            ["population_file"],
            ["stored_file.sha256"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("year", "serial"),
    )
    op.create_index("ix_spot_check_kind", "spot_check", ["kind"])

    op.create_table(
        "spot_check_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("spot_check_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["spot_check_id"],
            ["spot_check.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_spot_check_act_spot_check_id", "spot_check_act", ["spot_check_id"])

    op.create_table(
        "spot_check_element",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("spot_check_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=True),
        sa.Column("claim", sa.Boolean(), nullable=True),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=True),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["spot_check_id"],
            ["spot_check.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("spot_check_id", "key"),
        sa.UniqueConstraint("spot_check_id", "position"),
    )
    op.create_index("ix_spot_check_element_unit_id", "spot_check_element", ["unit_id"])

    op.create_table(
        "spot_check_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("element_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["element_id"],
            ["spot_check_element.id"],
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["stored_file.sha256"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_spot_check_file_element", "spot_check_file", ["element_id"])

    op.create_table(
        "spot_check_finding_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("element_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("counts_as", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["element_id"],
            ["spot_check_element.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_spot_check_finding_act_element_id", "spot_check_finding_act", ["element_id"])

    op.create_table(
        "spot_check_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("element_id", sa.Integer(), nullable=False),
        sa.Column("checker", sa.String(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("unable", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("first_call", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_call", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["element_id"],
            ["spot_check_element.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_spot_check_result_element_id", "spot_check_result", ["element_id"])


def downgrade() -> None:
    op.drop_index("ix_spot_check_result_element_id", "spot_check_result")

    op.drop_table("spot_check_result")
    op.drop_index("ix_spot_check_finding_act_element_id", "spot_check_finding_act")

    op.drop_table("spot_check_finding_act")
    op.drop_index("ix_spot_check_file_element", "spot_check_file")

    op.drop_table("spot_check_file")
    op.drop_index("ix_spot_check_element_unit_id", "spot_check_element")

    op.drop_table("spot_check_element")
    op.drop_index("ix_spot_check_act_spot_check_id", "spot_check_act")

    op.drop_table("spot_check_act")
    op.drop_index("ix_spot_check_kind", "spot_check")

    op.drop_table("spot_check")
