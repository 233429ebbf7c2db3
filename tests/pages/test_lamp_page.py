"""责任项: rule, clause, figures, submissions, rows."""

from datetime import date

from models.lamps import Lamp
from services.scorecard import assess
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)


def one_with_figures():
    return next(row for row in assess(DAY).lamps if row.measure == "1.1.2" and row.indicators[0].denominator)


def test_a_lamp_shows_rule_clause_numerator_denominator_and_submission(visit):
    row = one_with_figures()
    shown = text_of(visit("lamp", measure=row.measure, unit=row.unit))
    for word in ("适用规则", "方案原文", "分子／分母", "报送人", "单元格", "/files/"):
        assert word in shown


def test_rows_that_count_and_rows_that_do_not_can_be_told_apart(visit):
    row = one_with_figures()
    shown = text_of(visit("lamp", measure=row.measure, unit=row.unit, rows="counted"))
    assert ">未计入</td>" not in shown and ">计入</td>" in shown


def test_a_lamp_without_figures_says_that_nothing_was_reported(visit):
    row = next(one for one in assess(DAY).lamps if one.indicators and one.unit and one.indicators[0].numerator is None
               and one.lamp is not Lamp.NOT_APPLICABLE)
    assert "无数据" in text_of(visit("lamp", measure=row.measure, unit=row.unit))


def test_an_address_that_names_no_lamp_gets_a_sentence(visit):
    assert "方案中没有举措" in text_of(visit("lamp", measure="9.9.9", unit="无此单位"))


def test_what_an_address_says_is_never_taken_for_html(visit):
    assert "<script>" not in text_of(visit("unit", unit="<script>alert(1)</script>"))


def test_what_is_only_shown_beside_the_measure_is_told_as_such(visit):
    assert "1.1.2 另列（不计灯）" in text_of(visit("lamp", measure="1.1.2", unit="区人社局"))
