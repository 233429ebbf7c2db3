"""What keeps the audit log append-only in the database itself: the triggers of migration 0004, and which of them are
gone.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlmodel import Session

REFUSAL = "the audit log is append-only"
SQLITE = {
    name: f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for name, when in (
        ("audit_entry_no_update", "UPDATE ON audit_entry"),
        ("audit_entry_no_delete", "DELETE ON audit_entry"),
        ("audit_entry_no_replace", "INSERT ON audit_entry WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)"),
        ("audit_head_no_delete", "DELETE ON audit_head"),
    )
}
POSTGRESQL = ("audit_entry_no_change", "audit_entry_no_truncate", "audit_head_no_delete")
ENABLED = """
    SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgrelid IN ('audit_entry'::regclass, 'audit_head'::regclass) AND t.tgenabled IN ('O', 'A')
    AND p.proname = 'audit_refuse' AND p.prosrc LIKE '%RAISE EXCEPTION%'
"""


def missing_guards(session: Session) -> tuple[str, ...]:
    """Names of the triggers that are not there, are switched off, or do something else."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        triggers = {
            row.name: row.sql
            for row in connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        }
        return tuple(name for name, statement in SQLITE.items() if triggers.get(name) != statement)
    enabled = set(connection.execute(text(ENABLED)).scalars())
    return tuple(name for name in POSTGRESQL if name not in enabled)
