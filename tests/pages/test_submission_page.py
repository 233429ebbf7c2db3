"""报送记录."""

import pytest

from data_access.database import reading
from data_access.submissions import submission
from tests.pages.filling import press
from tests.pages.visiting import text_of


def one_that_turned_lamps():
    with reading() as session:
        return next(number for number in range(1, 200) if (row := submission(session, number)) and row.lamps_changed)


def test_a_submission_shows_its_file_hash_units_and_the_lamps_it_turned(visit):
    number = one_that_turned_lamps()
    shown = text_of(visit("submission", number=str(number)))
    assert f"/files/{number}" in shown and "SHA-256" in shown and "涉及单位" in shown and "转为" in shown


@pytest.mark.long
def test_a_submission_is_taken_back_with_a_reason(visit):
    app = visit("submission", number="5")
    app.expander[-1].text_input[0].input("报错了表")
    press(app, "撤回")
    assert "报送 5 已撤回：报错了表" in text_of(app) and "已撤回</td>" in text_of(app)


def test_nothing_is_taken_back_without_a_reason(visit):
    app = visit("submission", number="5")
    app.expander[-1].button[0].click().run()
    assert "请写明理由" in app.warning[0].value


def test_a_number_that_is_none_gets_a_sentence(visit):
    assert "没有编号为 99999 的报送" in text_of(visit("submission", number="99999"))
    assert "没有这次报送" in text_of(visit("submission", number="<b>"))
    assert "没有这次报送" in text_of(visit("submission", number="9" * 40))


def test_a_submission_is_unknown_on_the_days_before_it_came(visit):
    assert "截至该日没有编号为" in text_of(visit("submission", number="85", as_of="2023-08-03"))
