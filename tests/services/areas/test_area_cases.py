"""12345 热线, 帮办代办 and 工程审批 on their pages: ledgers counted by hand."""

from datetime import date

import pandas as pd
import pytest

from data_access.database import reading
from models.chart_data import Share, Stack
from rules.as_of import end_of_day
from rules.duty import last_whole_month
from services.areas import engineering as area_engineering
from services.areas import help as area_help
from services.areas import hotline as area_hotline
from services.areas.approval_days import StageDays, approval_days
from services.areas.breakdowns import area_breakdowns
from services.areas.hotline import CallDay
from services.board.scorecard import assess
from services.figures.district_state import district_state
from services.figures.records_in_force import RecordsInForce

DAY = date(2023, 8, 10)


def ticket(number, **more):
    return {
        "工单编号": f"T{number}",
        "受理时间": f"2023-07-0{number} 09:00:00",
        "工单类型": "投诉",
        "责任单位": "区人社局",
        "办理时限": "2023-08-10",
    } | more


@pytest.fixture
def tickets(report):
    report(
        "hotline_tickets",
        None,
        "2023-07",
        [
            ticket(1),
            ticket(2, 签收时间="2023-07-02 10:00:00"),
            ticket(3, 办理时限="2023-08-09"),
            ticket(4, 办结时间="2023-08-01 10:00:00", 是否回访="是", 是否解决="是", 是否满意="基本满意"),
            ticket(
                5,
                办理时限="2023-07-20",
                办结时间="2023-07-21 10:00:00",
                是否回访="是",
                是否解决="否",
                是否满意="不满意",
                是否重办="是",
            ),
            ticket(6, 工单类型="咨询", 办理时限=None, 办结时间="2023-07-21 10:00:00"),
        ],
        "2023-08-03 10:00",
    )


def test_a_ticket_is_overdue_from_the_day_after_its_due_day(tickets):
    parts = {stage.label: stage.part for stage in area_hotline.stages(area_breakdowns("hotline", DAY), DAY)}
    assert parts == {"按期办结": 1, "办结（无时限）": 1, "待签收": 1, "办理中": 1, "逾期办结": 1, "逾期未办": 1}
    [row] = area_hotline.stages_by_unit(area_breakdowns("hotline", DAY), date(2023, 8, 11))
    assert row == Stack("区人社局", (1, 1, 0, 0, 1, 3))


def test_rates_of_a_type_have_the_denominators_of_the_plan(tickets):
    rates_of = {row.label: row for row in area_hotline.rates_by_type(area_breakdowns("hotline", DAY), DAY)}
    complaints = rates_of["投诉"]
    assert complaints.on_time == Share("按时办结率", 1, 5)
    assert complaints.solved == Share("解决率", 1, 2)
    assert complaints.satisfied == Share("满意率", 1, 2)
    assert complaints.redone == Share("重办率", 1, 2)
    assert rates_of["咨询"].solved.value is None


def test_a_ticket_counts_as_closed_in_time_only_from_its_due_day_on(tickets):
    [before] = [
        row
        for row in area_hotline.rates_by_type(area_breakdowns("hotline", DAY), date(2023, 8, 9))
        if row.label == "投诉"
    ]
    assert before.on_time == Share("按时办结率", 0, 2)


@pytest.mark.parametrize("day", [date(2023, 7, 31), date(2023, 8, 4), date(2023, 8, 22)])
def test_types_and_units_add_up_to_the_figures_of_the_measure(sample_database, day):
    frames = area_breakdowns("hotline", day)
    [lamp] = assess(day).select(measure="6.2.1")
    results = {result.code: (result.numerator, result.denominator) for result in lamp.indicators}
    for rows in (area_hotline.rates_by_type(frames, day), area_hotline.rates_by_unit(frames, day, (1.0, 0.9, 0.9))):
        for code, shares in (
            ("ticket_on_time_rate", [row.on_time for row in rows]),
            ("ticket_solved_rate", [row.solved for row in rows]),
            ("ticket_satisfied_rate", [row.satisfied for row in rows]),
        ):
            assert (sum(share.part for share in shares), sum(share.whole for share in shares)) == results[code]


def test_the_unit_furthest_below_a_target_stands_first_and_one_without_rates_last():
    def row(unit, **shares):
        return (
            dict.fromkeys(("solved", "solved_of", "satisfied", "satisfied_of", "redone"), 0.0)
            | {"unit": unit, "type": "投诉", "stage": "按期办结", "due": None, "number": 10.0}
            | shares
        )

    frame = pd.DataFrame(
        [
            row("甲局", solved=8.0, solved_of=10.0),
            row("乙局", stage="办理中", due="2099-01-01"),
            row("丙局"),
            row("丁局", stage="逾期办结"),
        ]
    )
    rates = area_hotline.rates_by_unit({"tickets": frame}, DAY, (1.0, 0.9, 0.9))
    assert [rates.label for rates in rates] == ["丁局", "甲局", "丙局", "乙局"]


def test_tickets_by_type_stand_under_the_month_they_were_received_in(tickets):
    assert area_hotline.types_by_month(area_breakdowns("hotline", DAY)) == (
        ["2023-07"],
        [Stack("投诉", (5,)), Stack("咨询", (1,))],
    )


def test_units_that_handled_tickets_again_are_named_with_their_share(tickets):
    assert area_hotline.redone_by_unit(area_breakdowns("hotline", DAY)) == [Share("区人社局", 1, 3)]


def test_gaps_in_seven_by_twenty_four_are_days_without_a_row_and_nights_without_an_answer(report):
    report(
        "hotline_calls",
        "三维数字中心",
        "2023-07",
        [
            {"日期": "2023-07-01", "呼入量": 10, "接通量": 9, "夜间接通量": 2},
            {"日期": "2023-07-03", "呼入量": 10, "接通量": 10, "夜间接通量": 0},
            {"日期": "2023-07-04", "呼入量": 0, "接通量": 0},
        ],
        "2023-08-03 10:00",
    )
    days = area_hotline.call_days(area_breakdowns("hotline", DAY))
    assert days[0] == CallDay(date(2023, 7, 1), 10, 9, 2)
    gaps = area_hotline.gaps(days)
    assert gaps.missing == (date(2023, 7, 2),)
    assert gaps.silent_nights == (date(2023, 7, 3),)
    assert gaps.nights_unknown == 1


def test_no_calls_reported_have_no_gaps():
    assert area_hotline.gaps([]) == area_hotline.CallGaps((), (), 0)


@pytest.fixture
def helped(report):
    def case(number, **more):
        return {
            "受理编号": f"H{number}",
            "受理日期": "2023-07-03",
            "责任单位": "区人社局",
            "服务对象": "某厂",
            "对象类别": "企业",
            "帮办事项": "事",
            "服务方式": "全程代办",
            "帮办员": "某",
            "承诺办结日期": "2023-07-20",
        } | more

    report(
        "help_cases",
        "区人社局",
        "2023-07",
        [
            case(1, 实际办结日期="2023-07-20"),
            case(2, 实际办结日期="2023-07-21", 服务方式="上门帮办", 对象类别="老年人"),
            case(3, 对象类别="重点项目", 项目名称="冷链中心"),
            case(4, 对象类别="重点项目", 项目名称="冷链中心", 承诺办结日期="2023-08-10"),
        ],
        "2023-08-03 10:00",
    )


def test_help_is_counted_by_way_and_client(helped):
    rows = area_help.ways_by_client(area_breakdowns("help_on_behalf", DAY))
    assert rows[:2] == [Stack("全程代办", (2, 1, 0, 0, 0)), Stack("上门帮办", (0, 0, 1, 0, 0))]


def test_help_is_in_time_on_its_due_day_and_overdue_after_it(helped):
    frames = area_breakdowns("help_on_behalf", DAY)
    assert area_help.states_by_unit(frames, DAY) == [Stack("区人社局", (1, 0, 1, 1, 1))]
    assert area_help.states_by_unit(frames, date(2023, 8, 11)) == [Stack("区人社局", (1, 0, 0, 1, 2))]


def test_a_key_project_is_one_row_with_its_cases(helped):
    assert area_help.key_projects(area_breakdowns("help_on_behalf", DAY), DAY) == [
        ("区人社局", Stack("冷链中心", (0, 0, 1, 0, 1)))
    ]


@pytest.fixture
def approved(report):
    def approval(project, unit="区住建局", **more):
        return {
            "项目代码": project,
            "审批事项": f"许可{unit}",
            "项目名称": f"项目{project}",
            "审批阶段": "施工许可",
            "责任单位": unit,
            "受理时间": "2023-07-03",
            "承诺时限": 5,
        } | more

    report(
        "approvals",
        None,
        "2023-07",
        [
            approval("P1", 办结时间="2023-07-10", 结果是否上传="是", 可用区域评估="是", 采用区域评估="是"),
            approval(
                "P1", unit="区人社局", 办结时间="2023-07-11", 结果是否上传="否", 可用区域评估="是", 采用区域评估="否"
            ),
            approval(
                "P2", 可用区域评估="是", 采用区域评估="否", 是否容缺受理="是", 补正期限="2023-08-09", 是否告知承诺="是"
            ),
            approval(
                "P3",
                审批阶段="竣工验收",
                办结时间="2023-07-10",
                需要测绘="是",
                联合测绘="是",
                是否容缺受理="是",
                补正期限="2023-07-20",
                补正完成时间="2023-07-20",
            ),
        ],
        "2023-08-03 10:00",
    )


def test_approvals_are_overdue_by_working_days_after_they_were_received(approved):
    rows = area_engineering.approvals_by_stage(area_breakdowns("engineering_approvals", DAY), DAY)
    assert rows == [Stack("施工许可", (1, 0, 1, 1)), Stack("竣工验收", (1, 0, 0, 0))]


@pytest.mark.parametrize("day", [date(2023, 8, 22), date(2023, 7, 20)])
def test_days_of_approvals_are_those_of_the_records_in_force(sample_database, day):
    with reading() as session:
        state = district_state(session, end_of_day(day))
        records = RecordsInForce(session, ["approvals"], None, end_of_day(day), state)
        approvals = records.frames(None, last_whole_month(day))["approvals"]
    closed = approvals.dropna(subset=["stage", "received_on", "closed_on", "promised_days"])
    ends = zip(closed["received_on"].dt.date, closed["closed_on"].dt.date, strict=True)
    closed = closed.assign(days=[state.calendar.about_working_days_between(*pair)[0] for pair in ends])
    assert approval_days(day) == tuple(
        StageDays(
            stage,
            len(rows),
            rows["days"].median(),
            rows["days"].quantile(0.9),
            rows["promised_days"].astype(float).median(),
        )
        for stage in area_engineering.STAGES
        if len(rows := closed[closed["stage"] == stage])
    )


def test_an_approval_that_a_later_ledger_tells_again_took_the_days_told_last(report):
    approval_row = {
        "项目代码": "P1",
        "审批事项": "施工许可",
        "项目名称": "项目",
        "审批阶段": "施工许可",
        "责任单位": "区住建局",
        "受理时间": "2023-06-05",
        "承诺时限": 5,
    }
    report("approvals", None, "2023-06", [approval_row | {"办结时间": "2023-06-07"}], "2023-07-03 10:00")
    report("approvals", None, "2023-07", [approval_row | {"办结时间": "2023-07-04"}], "2023-08-03 10:00")
    assert [(row.number, row.median) for row in approval_days(date(2023, 7, 20))] == [(1, 2.0)]
    [row] = approval_days(DAY)
    assert (row.number, row.median > 15) == (1, True)


def test_missing_papers_are_in_time_on_the_day_they_are_due(approved):
    frames = area_breakdowns("engineering_approvals", DAY)
    assert area_engineering.papers_by_stage(frames, DAY) == [
        Stack("施工许可", (0, 0, 0, 1)),
        Stack("竣工验收", (1, 0, 0, 0)),
    ]
    assert area_engineering.papers_by_stage(frames, date(2023, 8, 9))[0] == Stack("施工许可", (0, 1, 0, 0))
    assert area_engineering.papers_promised(frames) == Share("告知承诺", 1, 2)


def test_a_project_counts_once_whoever_approves(approved):
    frames = area_breakdowns("engineering_approvals", DAY)
    regional, survey = area_engineering.of_projects(frames)
    assert (regional.part, regional.whole) == (1, 2)
    assert (survey.part, survey.whole) == (1, 1)
    assert area_engineering.not_assessed(frames) == [("P2", "项目P2", "区住建局")]


def test_uploaded_results_are_shares_of_what_is_closed(approved):
    assert area_engineering.uploaded_by_unit(area_breakdowns("engineering_approvals", DAY)) == [
        Share("区人社局", 0, 1),
        Share("区住建局", 1, 2),
    ]


def test_months_of_market_and_utilities_keep_blank_apart_from_nought(report):
    report(
        "engineering_monthly",
        "区人社局",
        "2023-07",
        [{"月份": "2023-07", "责任单位": "区人社局", "供水办件量": 0, "供电办件量": 3}],
        "2023-08-03 10:00",
    )
    assert area_engineering.months(area_breakdowns("engineering_approvals", DAY)) == [
        ("2023-07", None, Stack("2023-07", (0.0, None, None, 3.0, None)))
    ]
