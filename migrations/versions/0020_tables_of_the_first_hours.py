"""Three tables that the first migration did not make yet when the first databases were made.

Follows: 0019

0001 was extended on the day on which it was written; a database from before says 0001 and lacks them.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    there = set(sa.inspect(op.get_bind()).get_table_names())
    for name, (columns, index) in tables().items():
        if name not in there:
            op.create_table(name, sa.Column("id", sa.Integer(), primary_key=True), *columns)
            op.create_index(f"ix_{name}_{index}", name, [index])


def downgrade() -> None:
    """Leave them: the first migration drops them."""


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def tables() -> dict[str, tuple[list[sa.Column[Any]], str]]:
    """Return name → its columns, and the one with an index, as 0001 makes them now."""
    return {
        "guide_rule_entry": (
            [
                _text("rule"),
                sa.Column("enabled", sa.Boolean(), nullable=False),
                _text("severity"),
                _text("reason"),
                _instant("at"),
                _text("by"),
            ],
            "rule",
        ),
        "hand_finding": (
            [
                _text("rule"),
                sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
                _text("item_code"),
                sa.Column("passed", sa.Boolean(), nullable=False),
                _text("note"),
                _instant("at"),
                _text("by"),
            ],
            "item_code",
        ),
        "evidence": (
            [
                sa.Column("measure", sa.String(), sa.ForeignKey("measure.code"), nullable=False),
                sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
                sa.Column("sha256", sa.String(), sa.ForeignKey("stored_file.sha256"), nullable=False),
                _text("file_name"),
                _text("kind"),
                sa.Column("size", sa.Integer(), nullable=False),
                _instant("at"),
                _text("by"),
                _instant("taken_back_at", nullable=True),
            ],
            "measure",
        ),
    }
