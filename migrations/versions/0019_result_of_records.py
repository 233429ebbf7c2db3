"""A record of a spot check carries what it comes to, so that the database can count.

Follows: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

UNCOUNTED = {"phones": ("q3",), "tickets": ("q2", "q3")}
"""Questions that decided nothing when this was written."""

CHECKS = sa.table("spot_check", sa.column("id"), sa.column("kind"))
ELEMENTS = sa.table("spot_check_element", sa.column("id"), sa.column("spot_check_id"), sa.column("questions", sa.JSON))
RECORDS = sa.table(
    "spot_check_result",
    sa.column("id"),
    sa.column("element_id"),
    sa.column("answers", sa.JSON),
    sa.column("unable", sa.Boolean),
    sa.column("result", sa.String),
)


def upgrade() -> None:
    op.add_column("spot_check_result", sa.Column("result", sa.String(), nullable=False, server_default="unrecorded"))
    connection = op.get_bind()
    records = connection.execute(
        sa.select(RECORDS.c.id, RECORDS.c.answers, RECORDS.c.unable, ELEMENTS.c.questions, CHECKS.c.kind)
        .join(ELEMENTS, ELEMENTS.c.id == RECORDS.c.element_id)
        .join(CHECKS, CHECKS.c.id == ELEMENTS.c.spot_check_id)
    ).all()
    for record in records:
        result = _result_of(record.kind, record.questions, record.answers, record.unable)
        connection.execute(RECORDS.update().where(RECORDS.c.id == record.id).values(result=result))


def downgrade() -> None:
    op.drop_column("spot_check_result", "result")


def _result_of(kind: str, questions: list[str], answers: dict[str, bool], unable: bool) -> str:
    counted = [question for question in questions if question not in UNCOUNTED.get(kind, ())]
    if kind == "phones" and answers.get("q1") is not True:
        counted = [question for question in counted if question == "q1"]
    if any(answers.get(question) is False for question in counted):
        return "fail"
    if counted and all(answers.get(question) is True for question in counted):
        return "pass"
    return "unable" if unable else "unrecorded"
