"""工作日历: seeded years, corrections with a reason, a new year from the published arrangement, nothing guessed."""

from datetime import date

import pytest

from models.lamps import Lamp
from models.people import Person, Role
from services.access.current_user import acting_as
from services.access.refusal import RefusedRequest
from services.cases.caseload import caseload
from services.settings.calendar import calendar_year, change_day, enter_year
from tests.services.conftest import kept_figures


def enter(year=2027, days_off="1月1日至1月3日", make_up_days="1月9日", reason="国办发明电"):
    return enter_year(year, days_off=days_off, make_up_days=make_up_days, reason=reason)


def test_the_years_from_2021_to_2026_are_entered(district):
    assert calendar_year(2023).years_entered == tuple(range(2021, 2027))


def test_a_year_that_is_not_entered_has_no_days(district):
    assert calendar_year(2027).days == {}


def test_make_up_days_are_worked_and_holidays_are_not(district):
    days = calendar_year(2023).days
    assert days[date(2023, 10, 7)] and not days[date(2023, 10, 2)]


def test_a_new_year_has_its_holidays_and_make_up_days(district):
    enter()
    days = calendar_year(2027).days
    assert len(days) == 365
    assert [days[date(2027, 1, day)] for day in (1, 2, 4, 9, 10)] == [False, False, True, True, False]


def test_cases_that_were_in_doubt_for_want_of_a_year_are_judged_once_it_is_entered(report):
    row = {
        "项目代码": "P1",
        "审批事项": "施工许可",
        "项目名称": "厂房",
        "责任单位": "区住建局",
        "受理时间": "2026-12-30",
        "承诺时限": 5,
    }
    report("approvals", None, "2026-12", [row], "2026-12-31")
    assert caseload("approvals", date(2026, 12, 31)).of(None) == {Lamp.DOUBT: 1}
    enter()
    assert caseload("approvals", date(2026, 12, 31)).open[0].due == date(2027, 1, 7)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"days_off": ""}, "不按周末推算"),
        ({"days_off": "春节"}, "“春节”不能识别"),
        ({"make_up_days": "1月1日"}, "同时写作放假和上班"),
        ({"make_up_days": "1月8日"}, "不是周末"),
        ({"year": 2023, "days_off": "1月1日", "make_up_days": ""}, "已经录入"),
        ({"reason": ""}, "依据"),
    ],
)
def test_a_year_that_does_not_hold_together_is_refused(district, given, sentence):
    with pytest.raises(RefusedRequest, match=sentence):
        enter(**given)


def change(day="2023-06-12", working=False, reason="临时放假"):
    change_day(date.fromisoformat(day), working=working, reason=reason)


@pytest.mark.long
def test_a_corrected_day_moves_the_due_days_that_are_counted_over_it(report):
    row = {
        "差评编号": "C1",
        "责任单位": "东关街道",
        "事项名称": "社保卡",
        "差评时间": "2023-06-05 09:00",
        "是否实名": "是",
        "是否回访": "否",
        "是否属实": "是",
    }
    report("bad_reviews", "东关街道", "2023-06", [row], "2023-06-06")
    before = kept_figures()
    change()
    assert caseload("bad_reviews", date(2023, 6, 6)).open[0].due == date(2023, 6, 13)
    assert kept_figures() != before
    change(working=True)
    assert kept_figures() == before


def test_a_day_of_a_year_that_is_not_entered_cannot_be_corrected(district):
    with pytest.raises(RefusedRequest, match="未录入2027年工作日历"):
        change("2027-05-05")


def test_a_correction_that_changes_nothing_or_has_no_reason_is_refused(district):
    with pytest.raises(RefusedRequest, match="本来就是工作日"):
        change(working=True)
    with pytest.raises(RefusedRequest, match="依据"):
        change(reason=" ")


@pytest.mark.long
def test_the_later_of_two_is_told_who_changed_the_day_or_entered_the_year_and_why(district):
    with acting_as(Person("王科长", Role.BUREAU)):
        change_day(date(2023, 8, 12), working=True, reason="国办发明电〔2023〕9号")
        enter()
    with pytest.raises(RefusedRequest, match="2023-08-12 已由王科长改为工作日（依据：国办发明电〔2023〕9号）"):
        change_day(date(2023, 8, 12), working=True, reason="同一文件")
    with pytest.raises(RefusedRequest, match="2027 年的工作日历已由王科长录入（依据：国办发明电），您的没有保存"):
        enter(days_off="1月1日至1月2日")
    assert not calendar_year(2027).days[date(2027, 1, 3)]
