"""The workbook just uploaded, checked once: its content and what was said of it in, report and cells out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components.elements.cache import current_version
from components.upload.progress import shown_progress
from models.cells import WorkbookCells
from models.corrections import CellCorrection, Place
from models.validation import ValidationReport
from rules.intake.normalised_values import ColumnReadAs
from services.intake.checking import Request, check_cells
from services.intake.corrections import correct, correct_again
from services.intake.normalised_values import read_otherwise_in
from services.intake.upload import Submitted


@dataclass
class Checked:
    """What this visit holds of one upload; `outcome` once it was confirmed."""

    key: tuple[str, Request]
    content: bytes
    as_read: ValidationReport  # of the file itself
    report: ValidationReport  # of the file with what was mended on screen
    cells: WorkbookCells | None
    outcome: Submitted | None = None
    version: int = -1  # data version at the check: units, plan and remembered columns may have changed since
    _read_otherwise: tuple[ValidationReport, Sequence[ColumnReadAs]] | None = None

    @property
    def corrections(self) -> list[CellCorrection]:
        return list(
            {one.anchor: CellCorrection(*one.anchor, one.value or "") for one in self.report.corrected}.values()
        )

    @property
    def mended(self) -> int:
        """How many cells are right now that were not."""
        wrong = {(one.sheet, one.row, one.column) for one in self.report.problems if one.severity == "error"}
        return sum(one.place not in wrong for one in self.report.corrected)

    def read_otherwise(self) -> Sequence[ColumnReadAs]:
        """Found once for each report."""
        if self._read_otherwise is None or self._read_otherwise[0] is not self.report:
            self._read_otherwise = self.report, read_otherwise_in(self.cells, self.report) if self.cells else ()
        return self._read_otherwise[1]

    def correct(self, typed: Iterable[CellCorrection], taken_back: Collection[Place]) -> None:
        """The whole file is judged again. Raises RefusedRequest and changes nothing."""
        if self.cells is not None:
            wanted = {one.place: one for one in (*self.corrections, *typed)}
            left = [one for place, one in wanted.items() if place not in taken_back]
            self.report = correct(self.cells, self.as_read, self.key[1], left)

    def again(self, corrections: Sequence[CellCorrection]) -> None:
        """What was mended before the file was checked anew, as far as it still is wrong."""
        if self.cells is not None and corrections and self.as_read.refused is None:
            self.report = correct_again(self.cells, self.as_read, self.key[1], corrections)


def checked(file: UploadedFile, request: Request) -> Checked:
    """Checks again only for another file, another request or changed data. Raises RefusedRequest."""
    key = file.file_id, request
    held: Checked | None = st.session_state.get("checked")
    if held is None or held.key != key or (held.outcome is None and held.version != current_version()):
        with shown_progress() as progress:
            content = file.getvalue()
            report, cells = check_cells(content, file.name, request, progress=progress)
        now = Checked(key, content, report, report, cells, version=current_version())
        if held is not None and held.key[0] == file.file_id and held.outcome is None:
            now.again(held.corrections)
        held = st.session_state["checked"] = now
    return held


def check_anew() -> None:
    """The same file is checked once more, since a heading is known now that was not."""
    if held := st.session_state.get("checked"):
        held.version = -1
