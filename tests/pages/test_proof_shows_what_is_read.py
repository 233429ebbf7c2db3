"""责任项: the fields that a figure reads are on the screen, each with its own cell in the file as uploaded."""

import re
from datetime import date

import pytest

from catalogue.indicators import INDICATORS
from services.board.scorecard import assess
from services.proof.prove import prove
from services.proof.rows_shown import rows_shown
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)
ASKED = {
    "3.1.1": ("是否进驻大厅",),
    "2.1.1": ("是否网办",),
    "8.4.1": ("办结时间", "结果是否上传"),
    "8.3.1": ("补正期限", "补正完成时间"),
    "6.2.1": ("办结时间", "是否解决", "是否满意"),
    "1.1.3": ("整改时限", "整改完成时间"),
}


@pytest.mark.long
@pytest.mark.parametrize("measure", ASKED)
def test_the_fields_that_decide_stand_in_the_table_with_their_cells(visit, measure):
    row = next(
        lamp
        for lamp in assess(DAY).lamps
        if lamp.measure == measure and lamp.unit and any(result.denominator for result in lamp.indicators)
    )
    shown = text_of(visit("lamp", measure=measure, unit=row.unit))
    assert [
        label
        for label in ASKED[measure]
        if not re.search(rf'读取的列"><i class="read"[^>]*>◆</i>{re.escape(label)}<', shown)
    ] == []
    assert all(
        '<span class="of">' in line for line in shown.split("</tr>") if "/files/" in line and "计入</td>" in line
    )


@pytest.mark.long
def test_every_indicator_of_every_lamp_tells_what_it_reads_and_where_that_stands(sample_database):
    first = {
        row.measure: row
        for row in reversed(assess(DAY).lamps)
        if row.unit and any(result.denominator for result in row.indicators)
    }
    proven = {
        indicator.indicator.code: indicator
        for row in first.values()
        for indicator in prove(row.measure, row.unit, DAY).indicators
        if indicator.parts
    }
    assert len(proven) > len(INDICATORS) / 2
    for proof in proven.values():
        for part in proof.parts:
            assert part.read, proof.indicator.code
            shown = rows_shown(part, None, 0, 30)
            assert set(shown.letters) == set(zip(shown.rows["submission"], shown.rows["sheet"], strict=True))
            assert len(shown.rows) == min(len(part.rows), 30)


@pytest.mark.long
def test_a_part_that_only_decides_what_counts_is_shown_as_well(visit):
    row = next(
        lamp for lamp in assess(DAY).lamps if lamp.measure == "4.1.1" and lamp.unit and lamp.indicators[0].denominator
    )
    shown = text_of(visit("lamp", measure="4.1.1", unit=row.unit))
    assert "（供比对，本身不计入）" in shown
    assert re.search(r'读取的列"><i class="read"[^>]*>◆</i>指南是否发布<', shown)
