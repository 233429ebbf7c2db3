"""A workbook is judged in a process with limits: what would take minutes ends with a sentence."""

from collections.abc import Callable
from time import monotonic

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import data_access.judging as judging
from catalogue.datasets import DATASETS
from data_access.judging import JudgingFailed, understand_apart
from data_access.spreadsheets import read
from models.cells import Refused, SheetCells, WorkbookCells
from rules.intake import IntakeContext, UnitNames, understand
from tests.data_access.workbooks import xlsx_of_xml

REVIEWS = DATASETS["reviews"]
CONTEXT = IntakeContext(UnitNames(("区人社局",)), unit="区人社局", month="2023-05")
HEADINGS = ["办件编号", "责任单位", "评价时间", "评价渠道", "评价等级", "评价内容"]


def ledger(rows: int) -> list[list[str]]:
    return [HEADINGS, *([f"DW{row:010}", "区人社局", "2023-05-03", "窗口", "满意", "好"] for row in range(rows))]


def cells_of(rows: int) -> WorkbookCells:
    text = pd.DataFrame(ledger(rows), dtype=pd.ArrowDtype(pa.large_string()))
    return WorkbookCells("xlsx", (SheetCells("表", text, np.ones(text.shape, np.uint8)),))


def test_the_judging_process_says_what_the_rules_say() -> None:
    cells, candidates = cells_of(30), list(DATASETS.values())
    there, here = understand_apart(cells, candidates, CONTEXT), understand(cells, candidates, CONTEXT)
    assert there.dataset is REVIEWS
    assert (there.unit, there.month, there.problems) == (here.unit, here.month, here.problems)
    pd.testing.assert_frame_equal(there.frames["reviews"], here.frames["reviews"])
    assert there.sheets[0].records is there.frames["reviews"]


@pytest.mark.long
def test_what_takes_longer_than_its_size_allows_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "LEAST_SECONDS", 1)
    monkeypatch.setattr(judging, "CELLS_A_SECOND", 10**9)
    begun = monotonic()
    with pytest.raises(Refused, match="检查超过了时限，没有接收") as refused:
        understand_apart(cells_of(1_000_000), list(DATASETS.values()), CONTEXT)
    assert refused.value.refusal.code == "unsafe"
    assert monotonic() - begun < 60
    assert understand_apart(cells_of(3), [REVIEWS], CONTEXT).dataset is REVIEWS


def test_a_mistake_of_ours_is_told_with_its_traceback() -> None:
    with pytest.raises(JudgingFailed, match="Traceback"):
        understand_apart(cells_of(3), ["no dataset"], CONTEXT)  # type: ignore[list-item]


@pytest.mark.parametrize(
    "merge",
    [
        lambda n: f"A2:F{2 + n % 3_000}",
        lambda n: f"A{2 + n % 3_000}:XFD3001",
        lambda n: f"A{3_002 + n % 30_000}:BH{40_002 + n % 30_000}",
    ],
    ids=["from one beginning", "to one end across the sheet", "below the table"],
)
def test_60_000_overlapping_merges_hold_nobody_up(merge: Callable[[int], str]) -> None:
    cells = ("".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) for row in ledger(3_000))
    rows = "".join(f"<row>{row}</row>" for row in cells)
    merges = "".join(f'<mergeCell ref="{merge(number)}"/>' for number in range(60_000))
    content = xlsx_of_xml(f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>")
    assert len(content) < 1_000_000
    begun = monotonic()
    assert understand_apart(read(content, "好差评.xlsx"), [REVIEWS], CONTEXT).dataset is REVIEWS
    assert monotonic() - begun < 30
