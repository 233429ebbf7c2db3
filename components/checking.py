"""The workbook just uploaded, checked once: its content and what was said of it in, report and cells out."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components.cache import current_version
from components.progress import shown_progress
from models.cells import WorkbookCells
from models.validation import ValidationReport
from services.upload import Request, Submitted, check_cells


@dataclass
class Checked:
    """What this visit holds of one upload; `outcome` once it was confirmed."""

    key: tuple[str, Request]
    content: bytes
    report: ValidationReport
    cells: WorkbookCells | None
    outcome: Submitted | None = None
    version: int = -1  # data version at the check: units, plan and remembered columns may have changed since


def checked(file: UploadedFile, request: Request) -> Checked:
    """Checks again only for another file, another request or changed data. Raises RefusedRequest."""
    key, held = (file.file_id, request), st.session_state.get("checked")
    if held is None or held.key != key or (held.outcome is None and held.version != current_version()):
        with shown_progress() as progress:
            content = file.getvalue()
            report, cells = check_cells(content, file.name, request, progress=progress)
        held = st.session_state["checked"] = Checked(key, content, report, cells, version=current_version())
    return held


def forget() -> None:
    st.session_state.pop("checked", None)
