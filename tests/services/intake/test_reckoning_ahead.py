"""Figures are made before the lock is taken, and a preview takes none: others write meanwhile, and what is stored is
what would have been made under the lock.
"""

from pathlib import Path
from threading import Event, Thread

import pytest

import services.intake.upload as upload
from catalogue.datasets import DATASETS
from data_access.database import NOT_AT_ALL, noting, reading, writing
from data_access.figures import figures_kept
from models.definitions import Dataset, Frequency
from services.access.audit_log import log
from services.figures.fold import keep_dataset
from services.figures.refold import refold
from services.intake.checked_workbook import CheckedWorkbook, Request
from services.intake.checking import check
from services.intake.upload import rehearse, submit

ROOT = Path(__file__).resolve().parents[3]
CLEAN = ROOT / "sample_data" / "clean"
REVIEWS = CLEAN / "reviews.xlsx"


@pytest.fixture
def workbook(sample_database: str) -> CheckedWorkbook:
    checked = check(REVIEWS.read_bytes(), REVIEWS.name, Request("reviews", None, True, "2023-06"))
    assert checked.accepted, checked.report.problems[:3]
    return checked


def stored_figures() -> list[str]:
    with reading() as session:
        return figures_kept(session)


@pytest.mark.long
def test_a_preview_is_made_while_another_writes_and_leaves_nothing(workbook: CheckedWorkbook) -> None:
    figures = stored_figures()
    with writing():
        turned = rehearse(workbook)
    assert stored_figures() == figures
    assert submit(workbook).turned == turned


def accepted_workbook(dataset: Dataset) -> CheckedWorkbook:
    """The clean workbook of a dataset, for the first month for which it is accepted."""
    path, whole = CLEAN / f"{dataset.code}.xlsx", dataset.unit_field is not None
    months = ("2023-06", "2023-07") if dataset.frequency is Frequency.MONTHLY else (None,)
    workbooks = (
        check(path.read_bytes(), path.name, Request(dataset.code, None if whole else "三维数字中心", whole, month))
        for month in months
    )
    return next(workbook for workbook in workbooks if workbook.accepted)


@pytest.mark.long
def test_what_is_made_ahead_is_what_the_records_give(sample_database: str) -> None:
    """Of every dataset one after another; folding all records again, which takes longest, is done once."""
    for dataset in DATASETS.values():
        workbook = accepted_workbook(dataset)
        turned, done = rehearse(workbook), submit(workbook)
        assert (done.unchanged, done.turned) == (False, turned), dataset.code
    figures = stored_figures()
    assert refold().changed is False
    assert stored_figures() == figures


@pytest.mark.long
def test_others_write_while_figures_are_made(workbook: CheckedWorkbook, monkeypatch: pytest.MonkeyPatch) -> None:
    made, go_on = Event(), Event()
    fold = upload.keep_figures

    def slow(*arguments: object) -> None:
        made.set()
        assert go_on.wait(30)
        fold(*arguments)

    monkeypatch.setattr(upload, "keep_figures", slow)
    sending = Thread(target=submit, args=(workbook,))
    sending.start()
    assert made.wait(30)
    with noting(NOT_AT_ALL) as session:
        log(session, "log", "试")
    go_on.set()
    sending.join(30)
    assert submit(workbook).unchanged


@pytest.mark.long
def test_what_was_accepted_meanwhile_makes_the_figures_be_made_again(
    workbook: CheckedWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    times, fold = [], upload.keep_figures

    def interrupted(*arguments: object) -> None:
        fold(*arguments)
        times.append(1)
        if len(times) == 1:
            with writing():  # raises the version of the data
                pass

    monkeypatch.setattr(upload, "keep_figures", interrupted)
    assert submit(workbook).submission is not None
    assert len(times) == 2
    figures = stored_figures()
    with writing() as session:
        keep_dataset(session, "reviews")
    assert stored_figures() == figures
