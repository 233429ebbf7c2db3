"""A workbook that somebody sent: where it lies, what it is, when it came; written to disk and noted in the manifest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from catalogue.datasets import DATASETS
from sample_data.layout import TEMPLATE, Layout, Record, lay_out
from sample_data.workbook import Sheet, save_csv, save_xlsx

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Mended:
    """A wrong cell, and what was typed on screen instead."""

    sheet: str
    row: int
    column: str
    value: str


@dataclass(frozen=True)
class Post:
    file: str  # below the district folder
    dataset: str
    unit: str | None  # None: a whole-district ledger
    month: str
    at: datetime
    sheets: tuple[Sheet, ...] = ()
    content: bytes | None = None  # instead of sheets, of a file that is no workbook
    expect: str = "accepted"  # errors, refused: shown in tests and docs, not submitted
    corrections: tuple[Mended, ...] = ()

    def write(self, folder: Path) -> None:
        path = folder / self.file
        if self.content is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.content)
        elif path.suffix == ".csv":
            save_csv(path, self.sheets[0].rows)
        else:
            save_xlsx(path, self.sheets)

    def entry(self) -> dict[str, object]:
        mended = {"corrections": [asdict(correction) for correction in self.corrections]} if self.corrections else {}
        return {
            "kind": "submit",
            "file": self.file,
            "unit": self.unit,
            "dataset": self.dataset,
            "month": self.month,
            "at": self.at.isoformat(),
            "expect": self.expect,
            **mended,
        }


def moment(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=SHANGHAI)


def sheets_of(dataset: str, parts: Mapping[str, Sequence[Record]], layout: Layout = TEMPLATE) -> tuple[Sheet, ...]:
    declared = DATASETS[dataset].parts
    name = None if len(declared) > 1 else DATASETS[dataset].title
    return tuple(lay_out(part, parts.get(part.code, ()), layout, name) for part in declared)
