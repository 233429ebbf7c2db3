"""The plan's workbook imported again: what is used changes from now on alone, by rulings with a reason, and never loses
a task or a measure.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from models.lamps import Lamp
from models.notices import Level
from rules.as_of import day_of, parse_instant
from services.access.refusal import RefusedRequest
from services.board.district import district_as_of
from services.board.scorecard import assess
from services.notices.notices import send_notice
from services.operations.set_up import PLAN_FILE, set_up
from services.plan.decisions import set_target, settle
from services.plan.import_again import UnconfirmedChanges
from services.plan.in_force import import_plan
from services.plan.preview import preview_plan
from tests.services.conftest import Report, lamp

CASE = {"实施编码": "A1", "责任单位": "区人社局", "办件量": 10, "办结量": 8, "推送量": 10, "关联事项办件量": 9}
TODAY = day_of(datetime.now(UTC))


def shipped(change: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(PLAN_FILE)
    change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def shipped_without(task: str) -> bytes:
    """The shipped plan without a task and its measures."""

    def leave_out(book: Workbook) -> None:
        for sheet in book.worksheets:
            for row in range(sheet.max_row, 1, -1):
                if str(sheet.cell(row, 1).value) == task or str(sheet.cell(row, 1).value).startswith(f"{task}."):
                    sheet.delete_rows(row)

    return shipped(leave_out)


def shipped_with(sheet: str, code: str, **values: Any) -> bytes:
    """The shipped plan with other words in the row of a task or measure."""

    def write(book: Workbook) -> None:
        table = book[sheet]
        heads = [cell.value for cell in table[1]]
        row = next(row for row in table.iter_rows(min_row=2) if str(row[0].value) == code)
        for head, value in values.items():
            row[heads.index(head)].value = value

    return shipped(write)


def changes_of(content: bytes) -> tuple[str, ...]:
    with pytest.raises(UnconfirmedChanges) as unconfirmed:
        import_plan(content, "方案.xlsx")
    return unconfirmed.value.lines


@pytest.fixture
def used(report: Report) -> None:
    """Somebody has reported."""
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03")


@pytest.mark.long
def test_what_a_workbook_leaves_out_of_a_plan_in_use_ends_and_is_read_as_of_the_days_before(used: None) -> None:
    content = shipped_without("1.2")
    assert changes_of(content)[0] == "终止任务 1.2 提升用户体验度"
    before = assess(date(2023, 12, 31)).lamps
    import_plan(content, "方案.xlsx", agreed=True, reason="方案调整")
    plan = district_as_of(TODAY).plan
    assert plan.task("1.2") is None and plan.measure("1.2.1") is None
    assert assess(date(2023, 12, 31)).lamps == before
    with pytest.raises(RefusedRequest, match="此前已经终止，不能恢复"):
        import_plan(PLAN_FILE.read_bytes(), "方案.xlsx", agreed=True, reason="恢复")


@pytest.mark.long
def test_the_whole_plan_again_is_taken_and_changes_nothing(used: None) -> None:
    done = import_plan(PLAN_FILE.read_bytes(), "方案.xlsx")
    assert (done.tasks, done.changes) == (24, ())


@pytest.mark.long
def test_a_plan_that_nobody_has_used_gives_way_to_a_smaller_one(district: None) -> None:
    assert import_plan(shipped_without("1.2"), "方案.xlsx").tasks == 23


@pytest.mark.long
@pytest.mark.parametrize("said", [{"reason": "年中调整"}, {"in_force": parse_instant("2023-08-01")}])
def test_a_day_or_a_reason_makes_it_a_change_and_earlier_boards_stay_though_nobody_has_reported(
    district: None, said: dict[str, Any]
) -> None:
    """Else a plan set up wrongly could not be put right, and one put in force would never have said otherwise."""
    before = assess(date(2023, 5, 20)).lamps
    content = shipped_with("任务", "2.3", 完成时限="3月底前")
    import_plan(content, "方案.xlsx", agreed=True, **{"reason": "年中调整"} | said)
    assert assess(date(2023, 5, 20)).lamps == before
    assert deadline_on(TODAY) == date(2023, 3, 31) and deadline_on(date(2023, 5, 20)) == date(2023, 8, 30)


def test_a_plan_under_which_a_notice_was_sent_is_in_use_though_nobody_has_reported(district: None) -> None:
    sent_at = parse_instant("2023-08-22T09:00")
    send_notice("区人社局", Level.REMIND, ["measure:1.2.1"], reply_by=date(2023, 8, 25), at=sent_at)
    with pytest.raises(RefusedRequest, match="请写明理由"):
        import_plan(shipped_without("1.2"), "方案.xlsx", agreed=True)


def deadline_on(day: date) -> date | None:
    task = district_as_of(day).plan.task("2.3")
    return None if task is None else task.deadline


@pytest.mark.long
def test_another_deadline_is_a_list_first_and_then_in_force_from_the_import_on(used: None) -> None:
    content = shipped_with("任务", "2.3", 完成时限="3月底前", 责任单位="区住建局")
    before = lamp("2.3.2", "区人社局", "2023-05-01")
    assert changes_of(content) == (
        "任务 2.3 责任单位：“镇街、部门” → “区住建局”",
        "任务 2.3 完成时限：“8月30日前” → “3月底前”",
    )
    with pytest.raises(RefusedRequest, match="请写明理由"):
        import_plan(content, "方案.xlsx", agreed=True)
    import_plan(content, "方案.xlsx", agreed=True, reason="区政府办通知")
    assert lamp("2.3.2", "区人社局", "2023-05-01") == before
    now, then = (district_as_of(day).plan.task("2.3") for day in (TODAY, date(2023, 5, 1)))
    assert now is not None and then is not None
    assert (now.deadline, len(now.units), now.deadline_text) == (date(2023, 3, 31), 1, "3月底前")
    assert (then.deadline, then.deadline_text) == (date(2023, 8, 30), "8月30日前") and len(then.units) > 1


@pytest.mark.long
def test_a_lower_target_changes_no_lamp_of_an_earlier_day(used: None) -> None:
    content = shipped_with("举措", "4.2.1", 目标值="50%")
    assert changes_of(content) == ("举措 4.2.1 办件关联率目标：100% → 50%",)
    import_plan(content, "方案.xlsx", agreed=True, reason="调整")
    figures = [lamp("4.2.1", "区人社局", day).indicators[0].target for day in ("2023-12-31", TODAY.isoformat())]
    assert figures == [1.0, 0.5] and lamp("4.2.1", "区人社局", "2023-12-31").lamp is Lamp.OVERDUE


@pytest.mark.long
def test_what_the_bureau_decided_stands_where_the_workbook_says_what_it_said_before(used: None) -> None:
    set_target("case_item_link_rate", target=0.8, baseline=None, reason="裁定", at=datetime(2023, 6, 1, tzinfo=UTC))
    import_plan(PLAN_FILE.read_bytes(), "方案.xlsx")
    assert lamp("4.2.1", "区人社局", "2023-12-31").indicators[0].target == 0.8


@pytest.mark.long
def test_an_added_task_with_its_measure_is_owed_from_its_month_on_and_was_not_there_before(used: None) -> None:
    def add(book: Workbook) -> None:
        book["任务"].append(["9.1", "用户体验", "减材料", "", "部门", "12月底", 2023])
        book["举措"].append(["9.1.1", "9.1", "零跑动", "指标", "zero_visit_share", "80%"])

    assert changes_of(shipped(add)) == ("新增任务 9.1 减材料（部门，12月底）", "新增举措 9.1.1 零跑动")
    import_plan(shipped(add), "方案.xlsx", agreed=True, reason="新增")
    assert district_as_of(date(2023, 12, 31)).plan.task("9.1") is None
    task = district_as_of(TODAY).plan.task("9.1")
    assert task is not None and set(task.since.values()) == {f"{TODAY:%Y-%m}"}


@pytest.mark.long
def test_one_indicator_judges_two_measures_each_by_its_own_target(district: None) -> None:
    content = shipped_with("举措", "1.2.1", 指标编码="zero_visit_share", 目标值="90%")
    import_plan(content, "方案.xlsx")
    targets = [lamp(code, "区人社局", "2023-03-01").indicators[0].target for code in ("1.2.1", "1.3.2")]
    assert targets == [0.9, 0.5]
    with pytest.raises(RefusedRequest, match="用于举措 1.2.1、1.3.2，请指明哪一项"):
        set_target("zero_visit_share", target=0.6, baseline=None, reason="调整", at=datetime(2023, 2, 1, tzinfo=UTC))


@pytest.mark.long
def test_tickets_given_to_several_units_judge_each_by_its_own(report: Report) -> None:
    import_plan(shipped_with("任务", "6.2", 责任单位="部门"), "方案.xlsx")
    ticket = {"受理时间": "2023-06-03", "工单类型": "投诉", "办理时限": "2023-06-10"}
    for unit, closed in (("区人社局", "2023-06-08"), ("区住建局", "2023-06-20")):
        rows = [ticket | {"工单编号": f"{unit}1", "责任单位": unit, "办结时间": closed}]
        report("hotline_tickets", unit, "2023-06", rows, "2023-07-03")
    shares = []
    for unit in ("区人社局", "区住建局"):
        by_code = {indicator.code: indicator for indicator in lamp("6.2.1", unit, "2023-07-10").indicators}
        shares.append((by_code["ticket_on_time_rate"].numerator, by_code["ticket_on_time_rate"].denominator))
    assert shares == [(1, 1), (0, 1)]


@pytest.mark.long
@pytest.mark.parametrize(("words", "target"), [("95", 0.95), ("0.95", 0.95), ("95%", 0.95), ("1", 1.0)])
def test_a_share_above_one_is_meant_as_a_percentage(district: None, words: str, target: float) -> None:
    import_plan(shipped_with("举措", "4.2.1", 目标值=words), "方案.xlsx")
    assert lamp("4.2.1", "区人社局", "2023-03-01").indicators[0].target == target


@pytest.mark.parametrize("words", ["120%", "9500"])
def test_a_share_above_the_whole_is_refused(district: None, words: str) -> None:
    with pytest.raises(RefusedRequest, match="不超过 100%"):
        import_plan(shipped_with("举措", "4.2.1", 目标值=words), "方案.xlsx")


def test_a_ruling_on_a_share_above_the_whole_is_refused_and_95_is_read_as_95_per_cent(district: None) -> None:
    at = datetime(2023, 2, 1, tzinfo=UTC)
    with pytest.raises(RefusedRequest, match="不能超过 100%"):
        set_target("case_item_link_rate", target=950, baseline=None, reason="调整", at=at)
    set_target("case_item_link_rate", target=95, baseline=None, reason="调整", at=at)
    assert lamp("4.2.1", "区人社局", "2023-03-01").indicators[0].target == 0.95


def test_doubts_told_by_init_are_those_that_no_ruling_has_settled(district: None) -> None:
    doubtful = next(doubt.split()[0] for doubt in set_up().doubts if "期限存疑" in doubt)
    settle(doubtful, deadline=date(2023, 12, 29), unit_words=None, reason="会议纪要3号", at=datetime.now(UTC))
    assert not [doubt for doubt in set_up().doubts if doubt.startswith(f"{doubtful} 期限")]


@pytest.mark.long
def test_a_unit_unknown_to_the_register_hinders_a_task_that_is_new_or_changes_its_units_and_no_other(
    report: Report,
) -> None:
    import_plan(shipped_with("任务", "4.2", 责任单位="区新设局、部门"), "方案.xlsx", alone=True)  # as a board is set up
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03")
    unchanged = preview_plan(shipped_with("任务", "4.2", 责任单位="区新设局、部门", 完成时限="12月底"), "方案.xlsx")
    assert unchanged.errors == () and len(unchanged.changed) == 1
    assert "任务 4.2 责任单位存疑：单位名册中没有“区新设局”。" in unchanged.doubts
    for task in ("4.2", "1.2"):
        changed = preview_plan(shipped_with("任务", task, 责任单位="区新设局"), "方案.xlsx")
        [error] = changed.errors
        assert (error.sheet, error.code) == ("任务", "unknown-unit")
        assert "单位名册中没有“区新设局”" in error.message
        assert not any("区新设局" in doubt for doubt in changed.doubts)
