"""Every row of figures on the area pages, the unit page and 报送情况 leads on: to rows, to units or to a submission."""

import re

import pytest

from tests.examples import sweep
from tests.pages.test_every_page import AREAS
from tests.pages.visiting import text_of

UNIT = "区发改局"


def rows_of_figures(shown: str):
    """(text, whether it has a link) of each table row that has a number in it."""
    for body in re.findall(r"<tbody>(.*?)</tbody>", shown, re.DOTALL):
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL):
            text = re.sub(r"<[^>]*>", "", row)
            if re.search(r"\d", text):
                yield text, "<a " in row


@pytest.mark.parametrize("name", sweep(AREAS, 4))
def test_every_row_of_figures_of_an_area_leads_on(visit, name):
    rows = list(rows_of_figures(text_of(visit(name))))
    assert rows and [text for text, links in rows if not links] == []


@pytest.mark.parametrize(
    ("name", "query"), [("unit", {"unit": UNIT}), ("reporting", {}), ("progress", {}), ("cases", {"kind": "tickets"})]
)
def test_every_row_of_figures_but_the_total_leads_on(visit, name, query):
    rows = list(rows_of_figures(text_of(visit(name, **query))))
    assert rows and [text for text, links in rows if not links and not text.startswith("合计")] == []
