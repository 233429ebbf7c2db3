"""Files as they were uploaded: an anchor for those who may have them, for others the name, or the page that tells of
the file.
"""

from __future__ import annotations

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.links import download, link
from services.access.permission import is_own, may
from services.intake.files import uploaded_file
from services.milestones.evidence import evidence_content
from services.rectifications.course import answer_file
from services.spot_checks.attachments import attached_file


def file_link(number: int, label: str, unit: str | None) -> str | Markup:
    """Return a submission's workbook; `unit`: for which it was sent, None: a whole-district ledger."""
    return download(label, f"/files/{number}") if may(uploaded_file) and is_own(unit) else label


def source_link(number: int, file_name: str, here: PageContext) -> Markup:
    """Return where a row came from, whoever sent it: the file, else the page of the submission."""
    if may(uploaded_file) and is_own(None):
        return download(str(number), f"/files/{number}", file_name)
    return link(str(number), here.address("submission", number=number), file_name)


def evidence_link(number: int, label: str, title: str = "") -> str | Markup:
    return download(label, f"/evidence/{number}", title) if may(evidence_content) else label


def answer_file_link(number: int, label: str, title: str = "") -> str | Markup:
    """Return a file that came with the answer to a rectification."""
    return download(label, f"/answer-files/{number}", title) if may(answer_file) else label


def spot_check_file_link(number: int, label: str) -> str | Markup:
    """Return a photograph, recording or paper of an element of a spot check."""
    return download(label, f"/spot-check-files/{number}") if may(attached_file) else label
