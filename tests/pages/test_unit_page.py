"""责任单位, 工作日历 and 查找."""

from datetime import date

import pytest

from services.board.scorecard import assess
from services.cases.caseload import caseload
from services.intake.submissions import recent_submissions
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)


@pytest.mark.long
def test_one_unit_stands_on_one_page(visit):
    case = caseload("tickets", DAY).open[0]
    shown = text_of(visit("unit", unit=case.unit))
    for title in ("各领域", "应报和缺报", "案件", "走势", "报送"):
        assert f">{title}<small>" in shown
    assert "/cases?kind=tickets" in shown and "/submission?number=" in shown


@pytest.mark.long
def test_every_measure_of_the_unit_is_on_its_page(visit):
    unit = assess(DAY).lamps[0].unit
    shown = text_of(visit("unit", unit=unit))
    assert all(f">{row.measure}</a>" in shown for row in assess(DAY).select(unit=unit))


def test_a_unit_that_is_none_gets_a_sentence(visit):
    assert "没有这个责任单位" in text_of(visit("unit", unit="无此单位"))


def test_the_calendar_shows_the_year_of_the_day_and_its_make_up_days(visit):
    shown = text_of(visit("calendar"))
    assert 'title="2023-10-07 工作日">7<i>班</i>' in shown and 'title="2023-10-02 休息日">2<i>休</i>' in shown


def test_a_year_that_is_not_entered_says_so_and_offers_to_enter_it(visit):
    app = visit("calendar", year="2027")
    assert "未录入2027年工作日历" in text_of(app)
    next(button for button in app.button if button.label == "录入全年").click().run()
    assert "理由" in app.warning[0].value


def test_a_year_that_is_none_is_passed_over(visit):
    assert "2023 年：" in text_of(visit("calendar", year="9999"))


def test_the_words_in_the_address_are_searched(visit):
    shown = text_of(visit("search", q="1.1.2"))
    assert "/reviews?measure=1.1.2" in shown


def test_the_box_in_the_head_holds_the_words_looked_for_and_the_page_says_what_it_looked_through(visit):
    shown = text_of(visit("search", q="人社"))
    assert 'name="q" type="search" value="人社"' in shown and "区人社局" in shown
    assert "查找范围" in shown and "个责任单位的名称" in shown and "不查找群众的姓名和电话" in shown


def test_words_that_nothing_holds_get_a_sentence(visit):
    assert "没有找到“没有的词”" in text_of(visit("search", q="没有的词"))


@pytest.mark.long
def test_what_is_overdue_stands_before_what_is_owed(visit):
    shown = text_of(visit("unit", unit="区林草局"))
    first = shown.split("逾期、缺报和存疑")[1].split("</table>")[0]
    assert shown.index("逾期、缺报和存疑") < shown.index("应报和缺报") and first.index("逾期</span>") < first.index(
        "存疑</span>"
    )


def test_the_rows_of_a_units_submissions_are_called_its_own(visit):
    unit = next(case.unit for case in caseload("tickets", DAY).open)
    shown = text_of(visit("unit", unit=unit)).split(">报送<small>")[1]
    listed = recent_submissions(DAY, unit)[:10]
    assert any(submission.unit is None for submission in listed)
    for submission in listed:
        assert (
            f">{submission.records:,}<"
            in shown.split(f'href="/submission?number={submission.id}"')[1].split("</tr>")[0]
        )
    assert ">本单位行数<" in shown and ">行数<" not in shown
