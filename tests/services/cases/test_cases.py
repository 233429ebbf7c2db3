"""Cases against their own due days: what counts as a case, when it is late, where it stands, and what is never
guessed.
"""

from datetime import date
from random import Random

import pytest

from catalogue.cases import CASE_KINDS
from catalogue.datasets import DATASETS
from data_access.database import reading
from models.lamps import Lamp
from rules.as_of import end_of_day
from rules.lamp import case_lamp
from services.access.refusal import RefusedRequest
from services.cases.caseload import caseload, caseloads, closed_cases, open_counts, overdue_by_kind
from services.figures.district_state import district_state
from services.figures.records_in_force import RecordsInForce


def ticket(number, unit="东关街道", received="2023-06-05 09:00", due="2023-06-12", closed=None):
    return {
        "工单编号": number,
        "受理时间": received,
        "工单类型": "咨询",
        "责任单位": unit,
        "办理时限": due,
        "办结时间": closed,
    }


def approval(code, received, days, closed=None, **more):
    return {
        "项目代码": code,
        "审批事项": "施工许可",
        "项目名称": "厂房",
        "责任单位": "区住建局",
        "受理时间": received,
        "承诺时限": days,
        "办结时间": closed,
        **more,
    }


def bad_review(number, **more):
    return {
        "差评编号": number,
        "责任单位": "东关街道",
        "事项名称": "社保卡",
        "差评时间": "2023-06-05 09:00",
        "是否实名": "是",
        "是否回访": "否",
    } | more


def counts(kind, day, unit=None):
    return caseload(kind, date.fromisoformat(day)).of(unit)


def test_a_ticket_is_overdue_from_the_day_after_its_due_day(report):
    report("hotline_tickets", "东关街道", "2023-06", [ticket("A1")], "2023-06-10")
    assert counts("tickets", "2023-06-12") == {Lamp.DUE_SOON: 1}
    assert counts("tickets", "2023-06-13") == {Lamp.OVERDUE: 1}


def test_a_case_is_due_soon_one_working_day_before_its_due_day(report):
    report("hotline_tickets", "东关街道", "2023-06", [ticket("A1")], "2023-06-06")
    assert counts("tickets", "2023-06-08") == {Lamp.ON_TRACK: 1}
    assert counts("tickets", "2023-06-09") == {Lamp.DUE_SOON: 1}  # Friday; the 12th is a Monday


def test_what_was_closed_on_its_due_day_is_done_and_later_done_late(report):
    rows = [ticket("A1", closed="2023-06-12 18:00"), ticket("A2", closed="2023-06-13 08:00")]
    report("hotline_tickets", "东关街道", "2023-06", rows, "2023-06-20")
    assert counts("tickets", "2023-06-30") == {Lamp.DONE: 1, Lamp.DONE_LATE: 1}


def test_a_ticket_without_a_due_day_is_never_late(report):
    report(
        "hotline_tickets",
        "东关街道",
        "2023-06",
        [ticket("A1", due=None), ticket("A2", due=None, closed="2023-06-29")],
        "2023-06-30",
    )
    assert counts("tickets", "2023-12-01") == {Lamp.ON_TRACK: 1, Lamp.DONE: 1}


def test_what_was_closed_after_the_day_is_still_open_on_it(report):
    report("hotline_tickets", "东关街道", "2023-06", [ticket("A1", closed="2023-06-20 10:00")], "2023-06-14")
    assert counts("tickets", "2023-06-19") == {Lamp.OVERDUE: 1}
    assert counts("tickets", "2023-06-20") == {Lamp.DONE_LATE: 1}


@pytest.mark.long
def test_a_later_months_ledger_replaces_the_same_case(report):
    report("hotline_tickets", "东关街道", "2023-06", [ticket("A1"), ticket("A2")], "2023-07-03")
    report("hotline_tickets", "东关街道", "2023-07", [ticket("A1", closed="2023-07-04 10:00")], "2023-08-03")
    assert counts("tickets", "2023-08-01") == {Lamp.OVERDUE: 2}
    assert counts("tickets", "2023-08-03") == {Lamp.OVERDUE: 1, Lamp.DONE_LATE: 1}


@pytest.mark.long
def test_a_later_whole_district_ledger_moves_a_case_to_another_unit(report):
    report("hotline_tickets", None, "2023-06", [ticket("A1"), ticket("B1", "区人社局")], "2023-07-03")
    report("hotline_tickets", None, "2023-07", [ticket("A1", "区人社局"), ticket("C1")], "2023-08-03")
    assert counts("tickets", "2023-08-03", "东关街道") == {Lamp.OVERDUE: 1}
    assert counts("tickets", "2023-08-03", "区人社局") == {Lamp.OVERDUE: 2}
    assert caseload("tickets", date(2023, 8, 3), "东关街道").of(None) == {Lamp.OVERDUE: 1}


@pytest.mark.long
def test_a_corrected_ledger_replaces_the_first(report):
    report("hotline_tickets", "东关街道", "2023-06", [ticket("A1"), ticket("A2")], "2023-07-03")
    report("hotline_tickets", "东关街道", "2023-06", [ticket("A1")], "2023-07-10")
    assert counts("tickets", "2023-07-05") == {Lamp.OVERDUE: 2}
    assert counts("tickets", "2023-07-10") == {Lamp.OVERDUE: 1}


def test_an_approval_is_due_so_many_working_days_after_it_was_received(report):
    report("approvals", None, "2023-10", [approval("P1", "2023-09-28", "5个工作日")], "2023-10-08")
    due = caseload("approvals", date(2023, 10, 10)).open[0].due
    assert due == date(
        2023, 10, 11
    )  # the holiday of 29 September to 6 October is left out, Saturday 7 and Sunday 8 October are worked


def test_an_approval_closed_after_its_promised_day_was_late(report):
    rows = [approval("P1", "2023-06-05", 2, "2023-06-07"), approval("P2", "2023-06-05", 2, "2023-06-08")]
    report("approvals", None, "2023-06", rows, "2023-07-03")
    assert counts("approvals", "2023-07-03") == {Lamp.DONE: 1, Lamp.DONE_LATE: 1}


def test_missing_papers_have_their_own_due_day(report):
    rows = [
        approval("P1", "2023-06-05", 2, "2023-06-07", 是否容缺受理="是", 补正期限="2023-06-20"),
        approval("P2", "2023-06-05", 2, "2023-06-07"),
    ]
    report("approvals", None, "2023-06", rows, "2023-07-03")
    assert counts("papers", "2023-07-03") == {Lamp.OVERDUE: 1}


def test_a_bad_review_without_a_limit_is_to_be_rectified_within_five_working_days(report):
    report("bad_reviews", "东关街道", "2023-06", [bad_review("C1")], "2023-06-06")
    assert caseload("bad_reviews", date(2023, 6, 6)).open[0].due == date(2023, 6, 12)


def test_mistaken_and_untrue_bad_reviews_are_no_cases(report):
    rows = [bad_review("C1", 是否误评="是"), bad_review("C2", 是否属实="否"), bad_review("C3")]
    report("bad_reviews", "东关街道", "2023-06", rows, "2023-06-06")
    assert counts("bad_reviews", "2023-06-30") == {Lamp.OVERDUE: 1}


def test_a_named_bad_review_is_to_be_called_back_within_one_working_day(report):
    rows = [
        bad_review("C1"),
        bad_review("C2", 是否回访="是"),
        bad_review("C3", 是否实名="否"),
        bad_review("C4", 是否回访="是", 回访时间="2023-06-07 10:00"),
    ]
    report("bad_reviews", "东关街道", "2023-06", rows, "2023-06-08")
    assert counts("callbacks", "2023-06-08") == {Lamp.OVERDUE: 1, Lamp.DONE: 1, Lamp.DONE_LATE: 1}


def test_an_open_case_is_found_in_the_file_as_uploaded(report):
    sent = report(
        "hotline_tickets", "东关街道", "2023-06", [ticket("A1", closed="2023-06-06 10:00"), ticket("A2")], "2023-06-20"
    )
    case = caseload("tickets", date(2023, 6, 20)).open[0]
    assert (case.submission, case.file, case.sheet, case.row, case.cell) == (
        sent.submission,
        "hotline_tickets.xlsx",
        "hotline_tickets",
        3,
        "A3",
    )


def test_a_year_without_a_calendar_is_doubt_and_never_guessed(report):
    report("approvals", None, "2023-06", [approval("P1", "2023-06-05", 2000)], "2023-07-03")
    load = caseload("approvals", date(2023, 7, 3))
    assert load.of(None) == {Lamp.DOUBT: 1}
    assert load.years_missing == (2027,)


def test_a_closed_case_due_in_a_year_without_a_calendar_is_doubt_beside_those_of_other_years(report):
    rows = [
        approval("P1", "2023-06-05", 2000, "2023-06-07"),
        approval("P2", "2023-06-05", 2, "2023-06-08"),
        approval("P3", "2023-06-05", 2, "2023-06-07"),
    ]
    report("approvals", None, "2023-06", rows, "2023-07-03")
    load = caseload("approvals", date(2023, 7, 3))
    assert load.of(None) == {Lamp.DOUBT: 1, Lamp.DONE_LATE: 1, Lamp.DONE: 1}
    assert load.years_missing == (2027,)


def test_an_unknown_kind_is_refused_with_the_kinds_there_are(district):
    with pytest.raises(RefusedRequest, match="tickets"):
        caseload("dreams", date(2023, 7, 3))


def counts_of_rows(dataset, closed, day):
    """Lamp → cases, from the records in force read one by one."""
    with reading() as session:
        state = district_state(session, end_of_day(day))
        frame = RecordsInForce(session, [dataset], None, end_of_day(day), state).frames(None, "9999-12")[dataset]
    lamps = [
        case_lamp(due.date() if due == due else None, ended.date() if ended == ended else None, day, state.calendar)
        for due, ended in zip(frame["due_on"], frame[closed], strict=True)
    ]
    return {lamp: lamps.count(lamp) for lamp in Lamp if lamp in lamps}


@pytest.mark.parametrize("day", [date(2023, 7, 10), date(2023, 8, 22)])
@pytest.mark.parametrize(
    ("dataset", "closed", "kind"),
    [("hotline_tickets", "closed_at", "tickets"), ("help_cases", "closed_on", "help_cases")],
)
def test_the_counts_of_the_sample_are_those_of_its_rows_read_one_by_one(sample_database, dataset, closed, kind, day):
    assert caseload(kind, day).of(None) == counts_of_rows(dataset, closed, day)


@pytest.mark.long
def test_the_counts_are_those_of_the_rows_whatever_ledgers_came_in_whatever_order_and_on_whatever_day(report):
    roll = Random(17)
    for month in (5, 6, 5, 7, 6, 7):  # a month is corrected, and what is still open is reported again
        unit = roll.choice([None, "东关街道"])
        closes = [
            None,
            f"2023-{month:02d}-{roll.randint(1, 28):02d}",
            f"2023-{month + 1:02d}-{roll.randint(1, 28):02d}",
        ]
        rows = [
            ticket(
                f"A{number}",
                unit or roll.choice(["东关街道", "区人社局"]),
                "2023-04-03 09:00",
                roll.choice([None, "2023-05-31", f"2023-{month:02d}-15"]),
                roll.choice(closes),
            )
            for number in roll.sample(range(12), 8)
        ]
        report("hotline_tickets", unit, f"2023-{month:02d}", rows, f"2023-{month:02d}-{roll.randint(10, 28)}")
    days = [date(2023, month, day) for month in (5, 6, 7, 8) for day in (1, 14, 20, 28)]
    assert [caseload("tickets", day).of(None) for day in days[4:]] == [
        counts_of_rows("hotline_tickets", "closed_at", day) for day in days[4:]
    ]


def test_what_a_ledger_of_a_month_to_come_says_closed_is_open_until_that_day(report):
    rows = [ticket("A1", closed="2023-06-29 10:00")]
    report("hotline_tickets", "东关街道", "2023-07", rows, "2023-06-20")
    assert counts("tickets", "2023-06-28") == {Lamp.OVERDUE: 1}
    assert counts("tickets", "2023-06-29") == {Lamp.DONE_LATE: 1}


def test_the_open_cases_of_each_unit_and_kind_are_counted_without_the_closed_ones(sample_database):
    day = date(2023, 8, 22)
    with reading() as session:
        opened = open_counts(session, day, None)
    for load in caseloads(day):
        assert sum(counter.total() for counter in opened[load.kind.code].values()) == len(load.open)
        assert all(
            load.of(unit).get(lamp, 0) == number
            for unit, counter in opened[load.kind.code].items()
            for lamp, number in counter.items()
        )


@pytest.mark.long
@pytest.mark.parametrize("day", [date(2023, 7, 10), date(2023, 8, 22)])
def test_the_cases_of_one_unit_are_its_part_of_the_whole_districts(sample_database, day):
    whole = caseloads(day)
    for unit in sorted({name for load in whole for name in load.counts})[day.day % 3 :: 3]:  # a third on either day
        for load, mine in zip(whole, caseloads(day, unit), strict=True):
            assert (mine.of(None), mine.open) == (load.of(unit), tuple(case for case in load.open if case.unit == unit))


@pytest.mark.long
def test_the_overdue_cases_of_each_kind_are_counted_without_the_closed_ones(sample_database):
    day = date(2023, 8, 22)
    unit = caseload("tickets", day).open[0].unit
    for whose in (None, unit):
        assert overdue_by_kind(day, whose) == {
            load.kind.code: load.of(whose).get(Lamp.OVERDUE, 0) for load in caseloads(day)
        }


def test_a_unit_that_is_not_in_the_list_is_refused(district):
    with pytest.raises(RefusedRequest, match="无名局"):
        caseload("tickets", date(2023, 7, 3), "无名局")


@pytest.mark.parametrize("kind", CASE_KINDS.values(), ids=list(CASE_KINDS))
def test_every_kind_names_fields_that_its_dataset_has(kind):
    named = [
        kind.start,
        kind.closed,
        kind.due,
        kind.days,
        kind.closed_if,
        *kind.subject,
        *dict(kind.unless),
        *dict(kind.only),
    ]
    fields = {field.name for field in DATASETS[kind.dataset].main.fields}
    assert {name for name in named if name} <= fields


def closed(kind, day, unit=None, **which):
    return [(case.code, case.lamp) for case in closed_cases(kind, date.fromisoformat(day), unit, **which)]


def test_closed_cases_are_read_page_by_page_the_last_closed_first(report):
    rows = [ticket(f"A{day}", closed=f"2023-06-{day} 10:00") for day in (10, 11, 12, 13, 14)]
    report("hotline_tickets", "东关街道", "2023-06", [*rows, ticket("A99")], "2023-06-20")
    assert [code for code, _ in closed("tickets", "2023-06-30", offset=0, number=2)] == ["A14", "A13"]
    assert [code for code, _ in closed("tickets", "2023-06-30", offset=4, number=2)] == ["A10"]


def test_of_closed_cases_the_late_ones_can_be_read_alone_with_due_day_close_and_cell(report):
    rows = [ticket("A1", closed="2023-06-12 18:00"), ticket("A2", closed="2023-06-13 08:00")]
    report("hotline_tickets", "东关街道", "2023-06", rows, "2023-06-20")
    (case,) = closed_cases("tickets", date(2023, 6, 30), "东关街道", late=True)
    assert (case.code, case.lamp, case.due, case.closed, case.cell) == (
        "A2",
        Lamp.DONE_LATE,
        date(2023, 6, 12),
        date(2023, 6, 13),
        "A3",
    )


def test_what_was_closed_after_the_day_is_not_among_the_closed_and_its_close_is_not_known(report):
    report("hotline_tickets", "东关街道", "2023-06", [ticket("A1", closed="2023-06-20 10:00")], "2023-06-14")
    assert closed("tickets", "2023-06-19") == []
    assert caseload("tickets", date(2023, 6, 19)).open[0].closed is None


@pytest.mark.long
def test_late_by_working_days_is_told_by_the_calendar(report):
    rows = [approval("P1", "2023-06-05", 2, "2023-06-07"), approval("P2", "2023-06-05", 2, "2023-06-08")]
    report("approvals", None, "2023-06", rows, "2023-07-03")
    (case,) = closed_cases("approvals", date(2023, 7, 3), late=True)
    assert (case.code, case.due, case.closed) == ("P2", date(2023, 6, 7), date(2023, 6, 8))


@pytest.mark.parametrize("kind", CASE_KINDS)
def test_the_closed_cases_of_the_sample_are_as_many_as_are_counted(sample_database, kind):
    day = date(2023, 8, 22)
    load = caseload(kind, day)
    every, late = (closed_cases(kind, day, None, which, 0, 10_000) for which in (False, True))
    assert (len(every), len(late)) == (load.closed(None), load.of(None).get(Lamp.DONE_LATE, 0))
    assert {case.code for case in late} == {case.code for case in every if case.lamp is Lamp.DONE_LATE}
    assert all(case.closed and case.closed <= day for case in every)
