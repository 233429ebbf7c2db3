"""A figure of an area page leads to its rows, of a unit that bears no such measure too."""

import re
from datetime import date
from functools import cache
from urllib.parse import parse_qs, urlsplit

import pytest

from services.access.refusal import RefusedRequest
from services.board.scorecard import assess
from services.proof.prove import prove
from tests.examples import sweep
from tests.pages.test_every_page import AREAS
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)
NAMED = [
    ("experience", "青石镇", "1.3.1"),
    ("experience", "青石镇", "1.3.2"),
    ("experience", "青石镇", "1.3.4"),
    ("completeness", "青石镇", "3.1.1"),
    ("completeness", "青石镇", "3.2.1"),
    ("engineering_approvals", "市自然资源局分局", "8.4.1"),
    ("hotline", "区城管局", "6.2.1"),
    ("engineering_approvals", "区住建局", "8.3.1"),
    ("engineering_approvals", "区住建局", "8.5.1"),
]


def queries_to(page, shown):
    """What the links to a page ask for, each once."""
    hrefs = {href.replace("&amp;", "&") for href in re.findall(r'href="([^"]*)"', shown)}
    addresses = (urlsplit(href) for href in hrefs)
    return [
        {name: values[0] for name, values in parse_qs(address.query).items()}
        for address in addresses
        if address.path == f"/{page}"
    ]


@cache
def bearing():
    return {(row.measure, row.unit) for row in assess(DAY).lamps}


def without_duty(shown):
    pairs = {(query["measure"], query.get("unit")) for query in queries_to("lamp", shown)}
    return sorted(pairs - bearing())


@cache
def rows_behind(measure, unit):
    try:
        return sum(len(part.rows) for indicator in prove(measure, unit, DAY).indicators for part in indicator.parts)
    except RefusedRequest:
        return 0


@pytest.mark.long
@pytest.mark.parametrize("view", ["", "detail"])
@pytest.mark.parametrize("area", sweep(AREAS, 4))
def test_every_link_of_an_area_to_a_unit_without_the_measure_leads_to_its_rows(visit, area, view):
    shown = text_of(visit(area, view=view))
    assert view == "" or queries_to("lamp", shown)
    assert [pair for pair in without_duty(shown) if not rows_behind(*pair)] == []


@pytest.mark.long
@pytest.mark.parametrize(("area", "unit"), sorted({(area, unit) for area, unit, _ in NAMED}))
def test_every_link_of_a_unit_s_part_of_an_area_leads_to_rows(visit, area, unit):
    shown = text_of(visit(area, unit=unit))
    assert without_duty(shown)
    assert [pair for pair in without_duty(shown) if not rows_behind(*pair)] == []


@pytest.mark.parametrize(("area", "unit", "measure"), NAMED)
def test_a_unit_that_bears_no_such_measure_shows_its_rows_without_a_lamp(visit, area, unit, measure):
    assert (measure, unit) not in bearing()
    shown = text_of(visit("lamp", measure=measure, unit=unit))
    assert f"该单位不承担举措 {measure}" in shown and "/files/" in shown and "未达标</dd>" not in shown
    rows = shown.split("listing records")[1].split("</thead>")[0]
    assert ">责任单位<" not in rows, "its own rows alone"


def test_a_unit_with_neither_the_measure_nor_rows_of_it_is_told_so(visit):
    assert "青石镇不承担举措 8.5.1" in text_of(visit("lamp", measure="8.5.1", unit="青石镇"))
