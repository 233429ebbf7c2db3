"""Bulletins as the command line writes them (supervision_cli.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rules.as_of import SHANGHAI
from services.bulletins.register import BulletinDetails, BulletinSummary
from services.bulletins.verification import Verification


def files_json(files: Iterable[tuple[str, bytes]]) -> list[dict[str, Any]]:
    return [
        {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)} for name, content in files
    ]


def draft_json(details: BulletinDetails, files: Iterable[tuple[str, bytes]], warnings: Iterable[str]) -> dict[str, Any]:
    """Return what `bulletin draft` prints, with the figures."""
    return {
        "id": details.summary.id,
        "state": details.summary.state.value,
        "figures": details.figures,
        "digest": details.summary.digest,
        "files": files_json(files),
        "warnings": list(warnings),
    }


def show_json(details: BulletinDetails, files: Iterable[tuple[str, bytes]]) -> dict[str, Any]:
    """Return what `bulletin show` prints: a draft with its number."""
    summary = details.summary
    return draft_json(details, files, ()) | {"number": summary.number, "document_number": summary.document_number}


def step_json(details: BulletinDetails, files: Iterable[tuple[str, bytes]]) -> dict[str, Any]:
    """Return what `submit`, `co-sign` and `issue` print: how far the bulletin is afterwards."""
    document = show_json(details, files)
    return {name: document[name] for name in ("id", "state", "number", "document_number", "digest", "files")}


def list_json(summaries: Iterable[BulletinSummary]) -> dict[str, Any]:
    return {
        "bulletins": [
            {
                "id": summary.id,
                "state": summary.state.value,
                "number": summary.number,
                "document_number": summary.document_number,
                "as_of": summary.as_of.isoformat(),
                "compared": summary.compared and summary.compared.isoformat(),
                "corrects": summary.corrects,
                "digest": summary.digest,
                "at": _instant(summary.at),
                "issued_at": summary.issued_at and _instant(summary.issued_at),
            }
            for summary in summaries
        ]
    }


def verification_json(verification: Verification) -> dict[str, Any]:
    return {
        "number": verification.number,
        "files_intact": verification.files_intact,
        "rendered_equal": verification.rendered_equal,
        "figures_equal": verification.figures_equal,
        "differences": list(verification.differences),
    }


def _instant(at: datetime) -> str:
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")
