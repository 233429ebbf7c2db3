"""设置: declared in one list, changed with a reason and from a day on; what was judged before stays as it was."""

import ast
from collections import Counter
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from catalogue.cases import CASE_KINDS
from catalogue.settings import DEFAULTS, READING_LIMITS, SETTINGS
from data_access.audit import acts
from data_access.database import reading, writing
from data_access.settings import set_setting, setting_entries
from data_access.spreadsheets import ReadLimits
from models.lamps import Lamp
from models.people import Person, Role
from models.settings import SettingKind
from rules.as_of import SHANGHAI, day_of, parse_instant
from services.access.current_user import acting_as
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.board.scorecard import assess
from services.cases.caseload import caseload
from services.figures.refold import refold
from services.intake.upload import withdraw_submission
from services.reporting.reports import reports_owed
from services.settings.register import change_setting, reading_limits, settings_as_of
from tests.services.conftest import kept_figures

ROOT = Path(__file__).resolve().parents[3]
LAYERS = ("frame", "pages", "components", "services", "catalogue", "data_access", "rules", "models")


def names_read() -> dict[str, str]:
    """Setting name → a file that reads it: settings["…"], settings.get("…") and what cases name as their setting."""
    text_of = {}
    for path in [path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Subscript(
                    value=ast.Name(id="settings") | ast.Attribute(attr="settings"), slice=ast.Constant(value=str(name))
                ):
                    text_of[name] = path.name
                case ast.Call(
                    func=ast.Attribute(attr="get", value=ast.Name(id="settings") | ast.Attribute(attr="settings")),
                    args=[ast.Constant(value=str(name)), *_],
                ):
                    text_of[name] = path.name
    return text_of | {kind.days_setting: "cases.caseload.py" for kind in CASE_KINDS.values() if kind.days_setting}


def change(name="warning_days", value=15, *, reason="会议决定", since="2023-08-10"):
    return change_setting(name, value, reason=reason, since=since and date.fromisoformat(since))


def standing(name, as_of="2023-08-22"):
    return next(setting for setting in settings_as_of(date.fromisoformat(as_of)) if setting.setting.name == name)


@pytest.fixture
def of_sample(district):
    """As in the sample district, the clock stands where one says."""
    with writing() as session:
        set_setting(session, "sample_data", True, since=None, reason="测试", by="测试")


@pytest.mark.long
def test_every_setting_that_the_code_reads_is_declared_and_every_one_declared_is_read():
    assert names_read().keys() == SETTINGS.keys()


def test_every_reading_limit_is_named():
    assert {limit.name for limit in READING_LIMITS} == {field.name for field in fields(ReadLimits)}


def test_a_default_is_within_its_own_bounds():
    numbers = [entry for entry in SETTINGS.values() if entry.kind is SettingKind.NUMBER]
    assert [entry.name for entry in numbers if not entry.lowest <= entry.default <= entry.highest] == []


def test_without_entries_every_setting_has_its_default(district):
    assert {setting.setting.name: setting.value for setting in settings_as_of(date(2023, 8, 22))} == DEFAULTS


def test_a_setting_holds_from_its_day_on_and_not_before(of_sample):
    change()
    assert standing("warning_days", "2023-08-09").value == 10
    assert standing("warning_days", "2023-08-10").value == 15


def test_its_history_says_who_changed_it_from_when_and_why(of_sample):
    change()
    change(value=20, since="2023-08-20", reason="再次调整")
    assert [
        (change.value, day_of(change.since), change.reason, change.by) for change in standing("warning_days").history
    ] == [
        (20, date(2023, 8, 20), "再次调整", "管理局"),
        (15, date(2023, 8, 10), "会议决定", "管理局"),
    ]


def test_what_is_entered_ahead_is_shown_as_coming(of_sample):
    change(value=20, since="2023-09-01")
    assert standing("warning_days").value == 10
    assert [change.value for change in standing("warning_days").coming] == [20]


def lamps_of(day):
    return [(lamp.measure, lamp.unit, lamp.lamp, lamp.reason) for lamp in assess(date.fromisoformat(day)).lamps]


@pytest.mark.parametrize(("name", "value"), [("due_day", 28), ("first_reporting_month", "2023-07")])
def test_lamps_before_the_day_stand_as_they_did_and_those_from_it_on_follow(of_sample, name, value):
    before = {day: lamps_of(day) for day in ("2023-07-31", "2023-08-09", "2023-08-10")}
    change(name, value)
    assert lamps_of("2023-07-31") == before["2023-07-31"]
    assert lamps_of("2023-08-09") == before["2023-08-09"]
    assert lamps_of("2023-08-10") != before["2023-08-10"]


def test_a_measure_is_due_soon_as_many_days_ahead_as_the_setting_says_from_its_day_on(of_sample):
    change("first_reporting_month", "2023-12", since="2023-01-01")  # nothing is missing yet
    before = {day: lamps_of(day) for day in ("2023-08-09", "2023-08-10")}
    change("warning_days", 60)
    assert lamps_of("2023-08-09") == before["2023-08-09"]
    assert (
        Counter(row[2] for row in lamps_of("2023-08-10"))[Lamp.DUE_SOON]
        > Counter(row[2] for row in before["2023-08-10"])[Lamp.DUE_SOON]
    )


BAD_REVIEW = {
    "差评编号": "C1",
    "责任单位": "东关街道",
    "事项名称": "社保卡",
    "差评时间": "2023-06-05 09:00",
    "是否实名": "是",
    "是否回访": "是",
    "回访时间": "2023-06-05 15:00",
    "是否属实": "是",
    "整改完成时间": "2023-06-14",
}


def kept_at(day):
    return [
        (each.code, each.numerator, each.denominator)
        for lamp in assess(date.fromisoformat(day)).lamps
        if lamp.unit == "东关街道"
        for each in lamp.indicators
        if each.numerator is not None
    ]


def test_figures_counted_with_the_old_limit_stay_and_are_counted_anew_from_the_day_on(report, of_sample):
    report("bad_reviews", "东关街道", "2023-06", [BAD_REVIEW], "2023-07-03")
    before = kept_at("2023-08-09")
    change("bad_review_days", 10)
    assert kept_at("2023-08-09") == before
    assert kept_at("2023-08-10") != before


@pytest.mark.long
def test_figures_do_not_depend_on_whether_the_report_or_the_change_was_entered_first(report, of_sample):
    sent = report("bad_reviews", "东关街道", "2023-06", [BAD_REVIEW], "2023-07-03")
    change("bad_review_days", 10)
    reported_first = kept_figures()
    withdraw_submission(sent.submission, reason="重报", at=parse_instant("2023-07-03T00:00"))
    report("bad_reviews", "东关街道", "2023-06", [BAD_REVIEW | {"备注": "重报"}], "2023-07-03")
    assert [row for row in kept_figures() if row[3] != row[4]] == reported_first


@pytest.mark.long
def test_figures_made_again_from_the_records_are_the_same(report, of_sample):
    report("bad_reviews", "东关街道", "2023-06", [BAD_REVIEW], "2023-07-03")
    change("bad_review_days", 10)
    stored = kept_figures()
    refold()
    assert kept_figures() == stored


def test_open_cases_follow_the_limit_from_the_day_on(report, of_sample):
    report(
        "bad_reviews",
        "东关街道",
        "2023-08",
        [BAD_REVIEW | {"差评时间": "2023-08-03 09:00", "回访时间": "2023-08-03 10:00", "整改完成时间": None}],
        "2023-08-04",
    )
    change("bad_review_days", 10)
    assert caseload("bad_reviews", date(2023, 8, 9)).open[0].due == date(2023, 8, 10)
    assert caseload("bad_reviews", date(2023, 8, 10)).open[0].due == date(2023, 8, 17)


def test_a_report_is_late_by_the_day_in_force_on_the_day_looked_at(report, of_sample):
    report("reviews", "东关街道", "2023-06", [], "2023-07-08")
    change("due_day", 10)
    late = {
        day: next(
            report.status
            for report in reports_owed(date.fromisoformat(day), unit="东关街道", dataset="reviews")
            if report.month == "2023-06"
        )
        for day in ("2023-08-09", "2023-08-10")
    }
    assert late == {"2023-08-09": "迟报", "2023-08-10": "按时"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"value": 61}, "“任务临期天数”应为 0 至 60 的整数"),
        ({"value": -1}, "0 至 60"),
        ({"value": 2.5}, "整数"),
        ({"value": True}, "整数"),
        ({"value": 10}, "本来就是10 个工作日，无须更改"),
        ({"reason": "  "}, "请写明理由"),
        ({"name": "first_reporting_month", "value": "2022-12"}, "方案年度"),
        ({"name": "first_reporting_month", "value": "六月"}, "方案年度"),
        ({"name": "opens_at", "value": "昨天", "since": None}, "应为日期"),
        ({"name": "opens_at", "value": "2023-08-22"}, "立即生效"),
        ({"name": "district", "value": "区" * 31, "since": None}, "最多 30 个字"),
        ({"name": "sample_data", "value": False}, "不能在此更改"),
        ({"name": "colour", "value": 1}, "不能在此更改"),
    ],
)
def test_what_is_out_of_bounds_is_refused_with_a_sentence_and_nothing_is_stored(of_sample, given, sentence):
    with reading() as session:
        before = len(setting_entries(session))
    with pytest.raises(RefusedRequest, match=sentence):
        change(**given)
    with reading() as session:
        assert len(setting_entries(session)) == before


def test_a_day_that_is_over_is_not_judged_anew(district):
    yesterday = day_of(datetime.now(SHANGHAI)) - timedelta(days=1)
    with pytest.raises(RefusedRequest, match="已经过去的日期不重新判定"):
        change(since=yesterday.isoformat())


def test_a_change_without_a_day_holds_from_now(district):
    entry = change(since=None)
    assert abs(entry.since - datetime.now(UTC)) < timedelta(minutes=1)
    today = day_of(datetime.now(SHANGHAI))
    assert standing("warning_days", str(today)).value == 15
    assert standing("warning_days", str(today - timedelta(days=1))).value == 10


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEADER, Role.UNIT])
def test_only_the_bureau_changes_settings(of_sample, role):
    with acting_as(Person("他人", role, "东关街道" if role is Role.UNIT else None)), pytest.raises(Forbidden):
        change()


def test_the_inspector_may_look_and_a_unit_may_not(district):
    with acting_as(Person("督查员", Role.INSPECTOR)):
        assert settings_as_of(date(2023, 8, 22))
        assert {limit.name: value for limit, value in reading_limits()}["data_rows"] > 0
    with acting_as(Person("街道", Role.UNIT, "东关街道")), pytest.raises(Forbidden):
        settings_as_of(date(2023, 8, 22))


def test_a_change_is_logged_with_what_was_before_and_after(of_sample):
    change()
    with reading() as session:
        entry = [act for act in acts(session) if act.action == "setting"][-1]
    assert (entry.by, entry.subject, entry.before, entry.after, entry.detail["reason"]) == (
        "管理局",
        "任务临期天数",
        10,
        15,
        "会议决定",
    )


def test_a_case_is_due_soon_as_many_days_ahead_as_the_setting_says(report, of_sample):
    report(
        "bad_reviews",
        "东关街道",
        "2023-08",
        [BAD_REVIEW | {"差评时间": "2023-08-07 09:00", "回访时间": "2023-08-07 10:00", "整改完成时间": None}],
        "2023-08-08",
    )
    change("case_warning_days", 5)
    assert caseload("bad_reviews", date(2023, 8, 9)).open[0].lamp is Lamp.ON_TRACK
    assert caseload("bad_reviews", date(2023, 8, 10)).open[0].lamp is Lamp.DUE_SOON


def test_the_later_of_two_who_change_a_setting_is_told_who_was_first_and_what_changed(of_sample):
    seen = len(standing("warning_days").history)
    with acting_as(Person("王科长", Role.BUREAU)):
        change(value=15, reason="局务会决定")
    with pytest.raises(RefusedRequest, match="刚才已由王科长改为.*15.*局务会决定.*没有保存"):
        change_setting("warning_days", 20, reason="另一理由", since=date(2023, 8, 10), seen=seen)
    assert standing("warning_days").value == 15
    change_setting("warning_days", 20, reason="看过以后", since=date(2023, 8, 11), seen=seen + 1)
    assert standing("warning_days").value == 20
