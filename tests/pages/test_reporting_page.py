"""报送情况."""

from datetime import date

import pytest

from components.elements.facts import clock
from services.reporting.exemptions import exemptions_as_of
from services.reporting.reports import Reporting, reports_owed
from services.reporting.totals import totals
from tests.pages.filling import press
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)


@pytest.mark.long
def test_the_page_counts_what_is_owed_with_its_denominator(visit):
    sums = totals(reports_owed(DAY))
    assert f"应报 {sums.expected:,} 份，已报 {sums.received:,} 份（{sums.rate:.1%}）" in text_of(visit("reporting"))


def test_a_dataset_in_the_address_shows_its_units_by_month(visit):
    shown = text_of(visit("reporting", dataset="bad_reviews"))
    assert "差评整改台账：各单位 × 月份" in shown and "零报告" in shown and "/submission?number=" in shown


def test_a_snapshot_shows_its_age(visit):
    assert "距今天数" in text_of(visit("reporting", dataset="guides"))


def test_who_never_reported_a_dataset_is_named(visit):
    line = next(line for line in reports_owed(DAY, dataset="catalogue_claims") if line.submission is None)
    assert line.unit in text_of(visit("reporting"))


def form_of(app):
    return next(expander for expander in app.expander if expander.label.startswith("登记免报"))


@pytest.mark.long
def test_an_exemption_entered_on_screen_is_in_force_with_its_reason(visit):
    app = visit("reporting")
    line = next(line for line in reports_owed(DAY) if line.submission is None)
    form = form_of(app)
    form.selectbox[0].set_value(line.unit)
    form.selectbox[1].set_value(line.dataset)
    form.text_input[0].input("本单位没有此项业务")
    press(app, "登记")
    assert not app.warning
    assert f"{line.unit}的“" in text_of(app) and "本单位没有此项业务" in text_of(app)


@pytest.mark.long
def test_exemptions_tell_since_when_by_whom_and_how_many_reports_they_free(visit):
    shown = text_of(visit("reporting")).split(">免报<small>")[1].split("</table>")[0]
    rows = shown.split("<tr>")[2:]
    exemptions, lines = exemptions_as_of(DAY), reports_owed(DAY)
    assert len(rows) == len(exemptions) > 0
    for row, exemption in zip(rows, exemptions, strict=True):
        freed = sum(
            line.status is Reporting.EXEMPT
            for line in lines
            if (line.unit, line.dataset) == (exemption.unit, exemption.dataset)
        )
        assert f">{clock(exemption.at)}</td>" in row and f">{exemption.by}</td>" in row and f">{freed}<" in row


@pytest.mark.long
def test_an_exemption_without_unit_and_dataset_gets_a_sentence(visit):
    app = visit("reporting")
    form_of(app).button[0].click().run()
    assert app.warning[0].value == "请选择责任单位和数据。"


@pytest.mark.long
def test_who_never_sent_what_it_owes_is_named_although_the_hotline_lists_its_tickets(visit):
    assert (
        "其中什么也没有报送过的" in text_of(visit("reporting"))
        and "石峡乡" in text_of(visit("reporting")).split("其中什么也没有报送过的")[1][:120]
    )
