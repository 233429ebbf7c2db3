"""The plain shapes in which a service hands an area page its figures: shares, stacks and single records with their
cell.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """So much of so much. `part` None: not reported; `whole` None or 0: nothing to divide by, so no share."""

    label: str
    part: float | None
    whole: float | None

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.part is not None and self.whole else None


@dataclass(frozen=True, slots=True)
class Stack:
    """Amounts of one row, aligned with the categories named beside them; None: not reported."""

    label: str
    parts: tuple[float | None, ...]

    @property
    def total(self) -> float:
        return sum(part for part in self.parts if part is not None)

    def first(self, among: int | None = None) -> Share:
        """Return the first category of all, or of the first `among`: what was not filled comes last and belongs to no
        share.
        """
        return Share(self.label, self.parts[0] or 0, sum(part or 0 for part in self.parts[:among]))


@dataclass(frozen=True, slots=True)
class Placed:
    """One record that asks for a look, and where it stands in the file as uploaded."""

    unit: str
    code: str
    name: str
    detail: str
    submission: int
    file: str
    sheet: str
    cell: str
