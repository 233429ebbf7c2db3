"""Records are found by submission and unit together, so that one unit's part of a
whole-district ledger is read without the rest, and closed tickets are counted without their rows.

Follows: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    "guide_item",
    "guide_material",
    "guide_step",
    "monthly_cases",
    "reviews",
    "bad_reviews",
    "hotline_tickets",
    "hotline_calls",
    "help_cases",
    "approvals",
    "engineering_monthly",
    "catalogue_claims",
    "assessment_problems",
    "progress",
)
COUNTED = {"hotline_tickets": ("ticket_code", "closed_at", "due_on")}


def upgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_submission_id", table)
        op.create_index(f"ix_{table}_report", table, ["submission_id", "unit_id", *COUNTED.get(table, ())])


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_report", table)
        op.create_index(f"ix_{table}_submission_id", table, ["submission_id"])
