"""The sections that the proof of a lamp and the proof of a figure share: an indicator with its rows, and the
submissions; both paged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalogue.indicators import INDICATORS
from components.elements.context import PageContext
from components.elements.empty_state import empty_state, section
from components.elements.rendering import render
from components.elements.reveal import places_of, revealed, with_full_values
from components.proof.evidence import (
    indicator_facts,
    requested_effect,
    rows_in_words,
    rows_table,
    submissions_table,
    units_table,
    which_rows,
)
from models.lamps import SubmissionSummary
from services.proof.proof_rows import IndicatorProof, PartProof
from services.proof.rows_shown import rows_shown

ROWS_ON_A_PAGE = 30


def indicator_section(number: int, proof: IndicatorProof, *, judged: bool, here: PageContext) -> None:
    """Draw an indicator with its rows. `number` tells the pagers of several indicators apart."""
    render(section(f"指标：{proof.indicator.title}") + indicator_facts(proof, judged=judged))
    if proof.units:
        first = "未达标多的在前" if proof.indicator.code in INDICATORS and proof.indicator.denominator else "由高到低"
        render(section(f"全区由 {len(proof.units)} 个单位合计而成", f"{first}") + units_table(proof, here))
    elif not proof.parts:
        render(
            empty_state(
                "计算所需的数据从未报送，没有分子和分母。"
                if proof.result.numerator is None
                else "本单位没有这一指标的数据。"
            )
        )
    for part in proof.parts:
        _rows(f"page_{number}_{part.part}", part, here)


def _rows(name: str, part: PartProof, here: PageContext) -> None:
    effect = requested_effect(here.parameter("rows"))
    total = part.row_counts[effect]
    window = here.list_page(range(total), name, ROWS_ON_A_PAGE)
    render(section(rows_in_words(part), "行号、单元格与 Excel 中一致") + which_rows(part, effect, here))
    page = rows_shown(part, effect, window.first - 1, ROWS_ON_A_PAGE)
    full = revealed(part.part, places_of(page.rows), f"{name} {window.number}")
    render(rows_table(replace(page, rows=with_full_values(page.rows, full)), part, here, people_first=bool(full)))
    render(window.links)


def submissions_section(sent: Sequence[SubmissionSummary], here: PageContext) -> None:
    render(section("报送", f"{len(sent):,} 次，文件为当时上传的原文件") + submissions_table(sent, here))
