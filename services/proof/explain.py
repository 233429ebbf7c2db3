"""One indicator of one unit explained: its figure, and the first rows that count and that do not, each with its
cell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.access.permission import EVERYONE, requires_role
from services.proof.proof_rows import IndicatorProof, PartProof
from services.proof.prove import prove_indicator
from services.proof.rows_shown import rows_shown

MOST = 50
"""Rows of each kind. Source: plans.md, section 8."""


@dataclass(frozen=True)
class ExplainedRow:
    """`cell`: of the first key field in the file as uploaded."""

    dataset: str  # its title, with the sheet where it has several
    submission: int
    file: str
    sheet: str
    row: int
    cell: str
    numerator: float
    denominator: float


@dataclass(frozen=True)
class Explanation:
    """Rows not counted are those that were reported and add nothing on that day."""

    proof: IndicatorProof
    counted: tuple[ExplainedRow, ...]
    not_counted: tuple[ExplainedRow, ...]


@requires_role(*EVERYONE, own="unit")
def explain_indicator(code: str, unit: str | None, as_of: date) -> Explanation:
    """Raises RefusedRequest where there is no such indicator or unit."""
    proof = prove_indicator(code, unit, as_of).indicator
    return Explanation(proof, _rows(proof, counted=True), _rows(proof, counted=False))


def _rows(proof: IndicatorProof, *, counted: bool) -> tuple[ExplainedRow, ...]:
    rows: list[ExplainedRow] = []
    for part in proof.parts:
        chosen = replace(part, rows=part.rows[part.rows["counted"] == counted])
        rows += _shown(chosen, MOST - len(rows))
    return tuple(rows)


def _shown(part: PartProof, number: int) -> list[ExplainedRow]:
    if number <= 0 or part.rows.empty:
        return []
    rows = rows_shown(part, None, 0, number).rows
    return [
        ExplainedRow(
            part.title,
            int(row["submission"]),
            row["file"],
            row["sheet"],
            int(row["row"]),
            row["cell"],
            float(row["numerator"]),
            float(row["denominator"]),
        )
        for row in rows.to_dict("records")
    ]
