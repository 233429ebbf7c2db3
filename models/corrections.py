"""A wrong cell mended on screen: what is typed instead, and what that changes in a record. The file itself stays as it
is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Place = tuple[str, int, str]  # sheet, row, column letter


@dataclass(frozen=True)
class CellCorrection:
    """Another value for one cell, as it was typed on screen; "" makes the cell blank. `column` is a letter."""

    sheet: str
    row: int
    column: str
    value: str

    @property
    def place(self) -> Place:
        return self.sheet, self.row, self.column

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}"


@dataclass(frozen=True)
class CorrectedCell:
    """The field of one record that a correction changes; of a merged cell each of its records has one.

    `name` is the field's name in frames, `label` its canonical heading, `typed` what the file says and `value` what
    stands instead; None where blank. `anchor` is the cell of the correction.
    """

    sheet: str
    row: int
    column: str
    part: str
    name: str
    label: str
    typed: str | None
    value: str | None
    anchor: Place

    @property
    def place(self) -> Place:
        return self.sheet, self.row, self.column

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}"


@dataclass(frozen=True)
class KeptCorrection:
    """A correction as it stands with a submission; what is personal, as whoever asks may see it."""

    submission: int
    part: str
    sheet: str
    row: int
    column: str
    label: str
    typed: str | None
    value: str | None
    at: datetime
    by: str

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}"
