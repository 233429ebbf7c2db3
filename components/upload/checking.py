"""The workbooks just uploaded, as this visit holds them: checked once, corrected on screen, submitted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from catalogue.datasets import DATASETS
from components.elements.cache import current_version
from components.upload.progress import shown_progress
from models.corrections import CellCorrection, Place
from models.definitions import Frequency
from models.validation import ValidationReport
from rules.intake.normalised_values import NormalisedColumn
from services.board.lamp_changes import LampChange
from services.intake.checked_workbook import CheckedWorkbook, Request
from services.intake.checking import check
from services.intake.corrections import check_again, correct
from services.intake.normalised_values import normalised_columns_in
from services.intake.questions import Question, questions
from services.intake.replacing import RowsReplaced, replaced_rows
from services.intake.upload import Submitted, earlier_submission, rehearse

Answer = TypeVar("Answer")


@dataclass
class Upload:
    """What this visit holds of one report; `outcome` once it was confirmed.

    `key`: the file's id and the request; `at`: when it will count as sent, None: now. What is asked of the board beside
    the workbook is asked once for each state of both.
    """

    key: tuple[str, Request]
    workbook: CheckedWorkbook
    version: int  # data version at the check: units, plan and remembered columns may have changed since
    at: datetime | None = None
    outcome: Submitted | None = None
    explanation: str = ""  # of figures beyond the unit's own history
    _answers: dict[str, object] = field(default_factory=dict)

    @property
    def report(self) -> ValidationReport:
        return self.workbook.report

    @property
    def lacks_month(self) -> bool:
        """Whether neither the file nor the uploader says of which month the report is."""
        dataset = DATASETS.get(self.report.dataset or "")
        monthly = dataset is not None and dataset.frequency is Frequency.MONTHLY
        return monthly and self.report.month is None

    @property
    def earlier(self) -> int | None:
        """Return the number under which this very file stands already."""
        return self._once("earlier", lambda: earlier_submission(self.workbook))

    def questions(self) -> tuple[Question, ...]:
        return self._once("questions", lambda: questions(self.workbook, self.at))

    def replaced_rows(self) -> RowsReplaced | None:
        return self._once("replaced", lambda: replaced_rows(self.workbook, self.at))

    def rehearsed(self) -> tuple[LampChange, ...]:
        return self._once("rehearsed", lambda: rehearse(self.workbook, at=self.at))

    def normalised_columns(self) -> Sequence[NormalisedColumn]:
        return self._once("read otherwise", lambda: normalised_columns_in(self.workbook))

    def _once(self, name: str, ask: Callable[[], Answer]) -> Answer:
        if name not in self._answers:
            self._answers[name] = ask()
        return self._answers[name]  # type: ignore[return-value]

    def forget_what_stands(self) -> None:
        """Forget what was asked of the database: something was reported meanwhile."""
        self._answers.clear()

    def correct(self, typed: Iterable[CellCorrection], taken_back: Collection[Place]) -> None:
        """Judge the whole file again with the corrections. Raises RefusedRequest and changes nothing."""
        corrections = {correction.place: correction for correction in (*self.workbook.corrections, *typed)}
        self.workbook = correct(
            self.workbook, [correction for place, correction in corrections.items() if place not in taken_back]
        )
        self.forget_what_stands()


def checked(files: Sequence[UploadedFile], request: Request, at: datetime | None) -> list[Upload]:
    """Return each file, checked again only for another request or changed data; a workbook of several months as a
    report for each, once that was asked for. Raises RefusedRequest.
    """
    checked_uploads: dict[tuple[str, Request], Upload] = st.session_state.get("checked", {})
    now = [upload for file in files for upload in _of_file(file, request, checked_uploads, at)]
    st.session_state["checked"] = {upload.key: upload for upload in now}
    return now


def _of_file(
    file: UploadedFile, request: Request, checked_uploads: dict[tuple[str, Request], Upload], at: datetime | None
) -> list[Upload]:
    whole = _held_or_checked(file, request, checked_uploads, at)
    if not whole.report.months or file.file_id not in st.session_state.get("by month", ()):
        return [whole]
    requests = [replace(request, month=month) for month in whole.report.months]
    return [_held_or_checked(file, of_month, checked_uploads | {whole.key: whole}, at) for of_month in requests]


def _held_or_checked(
    file: UploadedFile, request: Request, checked_uploads: dict[tuple[str, Request], Upload], at: datetime | None
) -> Upload:
    key, version = (file.file_id, request), current_version()
    same = checked_uploads.get(key)
    if same is not None and (same.outcome is not None or (same.version == version and _on(same.at) == _on(at))):
        return same
    known = same or next(
        (upload for upload in checked_uploads.values() if upload.key[0] == file.file_id and upload.outcome is None),
        None,
    )
    if known is not None:
        with st.spinner("正在重新检查"):
            return Upload(key, check_again(known.workbook, request), version, at)
    with shown_progress() as progress:
        return Upload(key, check(file.getvalue(), file.name, request, progress=progress), version, at)


def _on(at: datetime | None) -> date | None:
    """Return the day. With sample data the clock goes on within the as-of date; only the day decides what is asked."""
    return at and at.date()


def split_by_month(upload: Upload) -> None:
    """Split the file: from the next run on, each month of the file is a report of its own."""
    st.session_state["by month"] = {*st.session_state.get("by month", ()), upload.key[0]}


def check_anew() -> None:
    """Check the same files once more, since a heading is known now that was not."""
    for upload in st.session_state.get("checked", {}).values():
        upload.version = -1
