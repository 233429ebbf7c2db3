"""The audit log is chained and append-only: entries from earlier times are chained as they stand, then never changed
again.

Follows: 0003
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REFUSAL = "the audit log is append-only"
SQLITE = tuple(
    f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for name, when in (
        ("audit_entry_no_update", "UPDATE ON audit_entry"),
        ("audit_entry_no_delete", "DELETE ON audit_entry"),
        ("audit_entry_no_replace", "INSERT ON audit_entry WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)"),
        ("audit_head_no_delete", "DELETE ON audit_head"),
    )
)
POSTGRESQL = (
    f"CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    *(
        f"CREATE TRIGGER {name} BEFORE {when} EXECUTE FUNCTION audit_refuse()"
        for name, when in (
            ("audit_entry_no_change", "UPDATE OR DELETE ON audit_entry FOR EACH ROW"),
            ("audit_entry_no_truncate", "TRUNCATE ON audit_entry FOR EACH STATEMENT"),
            ("audit_head_no_delete", "DELETE ON audit_head FOR EACH ROW"),
        )
    ),
)
SQLITE_DOWN = tuple(
    f"DROP TRIGGER {name}"
    for name in ("audit_entry_no_update", "audit_entry_no_delete", "audit_entry_no_replace", "audit_head_no_delete")
)
POSTGRESQL_DOWN = (
    "DROP TRIGGER audit_entry_no_change ON audit_entry",
    "DROP TRIGGER audit_entry_no_truncate ON audit_entry",
    "DROP TRIGGER audit_head_no_delete ON audit_head",
    "DROP FUNCTION audit_refuse()",
)


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("address", sa.String(), nullable=False, server_default=""))
    op.add_column("audit_entry", sa.Column("before", sa.JSON()))
    op.add_column("audit_entry", sa.Column("after", sa.JSON()))
    op.add_column("audit_entry", sa.Column("previous", sa.String(), nullable=False, server_default=""))
    op.add_column("audit_entry", sa.Column("digest", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_audit_entry_digest", "audit_entry", ["digest"])
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
    )
    chain_what_is_there()
    for statement in SQLITE if is_sqlite() else POSTGRESQL:
        op.execute(statement)


def chain_what_is_there() -> None:
    """As rules/audit_chain.digest_of does, in words of its own: what was chained then must stay so."""
    entry = sa.table(
        "audit_entry",
        sa.column("id"),
        sa.column("at", sa.DateTime(timezone=True)),
        *map(sa.column, ("by", "action", "subject")),
        sa.column("detail", sa.JSON()),
        sa.column("previous"),
        sa.column("digest"),
    )
    connection, digest, chained = op.get_bind(), "", []
    for row in connection.execute(sa.select(entry).order_by(entry.c.id)):
        at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
        previous, digest = digest, digest_of(digest, at, row.by, row.action, row.subject, row.detail)
        chained.append({"number": row.id, "before_it": previous, "own": digest})
    if chained:
        given: dict[str, Any] = {"previous": sa.bindparam("before_it"), "digest": sa.bindparam("own")}
        connection.execute(sa.update(entry).where(entry.c.id == sa.bindparam("number")).values(given), chained)
    head = sa.table("audit_head", sa.column("id"), sa.column("entries"), sa.column("digest"))
    connection.execute(sa.insert(head).values(id=1, entries=len(chained), digest=digest))


def digest_of(previous: str, at: datetime, by: str, action: str, subject: str, detail: object) -> str:
    content = [
        previous,
        at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        by,
        "",
        action,
        subject,
        detail,
        None,
        None,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def is_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def downgrade() -> None:
    for statement in SQLITE_DOWN if is_sqlite() else POSTGRESQL_DOWN:
        op.execute(statement)
    op.drop_table("audit_head")
    op.drop_index("ix_audit_entry_at", "audit_entry")
    op.drop_index("ix_audit_entry_digest", "audit_entry")
    for column in ("digest", "previous", "after", "before", "address"):
        op.drop_column("audit_entry", column)
