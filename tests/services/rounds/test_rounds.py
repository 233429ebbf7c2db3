"""Rounds: set, started, concluded; who sees what of them; the calendar of a month."""

from dataclasses import replace
from datetime import date

import pytest

from data_access.database import writing
from data_access.settings import set_setting
from models.people import Role
from models.rounds import AttachedKind, Round, RoundKind, RoundState
from rules.as_of import parse_instant
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.board.district import district_as_of
from services.meetings.supervision_calendar import ItemKind, supervision_month
from services.rectifications.acts import Opening, open_rectification
from services.rounds.acts import (
    RoundPlan,
    attach_to_round,
    change_round,
    conclude_round,
    detach_from_round,
    drop_round,
    plan_round,
    start_round,
    visited_too_often,
)
from services.rounds.rounds import SEALED_NAME, round_as_of, rounds_as_of

UNIT, OTHER = "区人社局", "东关街道"
SET, CHANGED, BEGUN, OVER = (parse_instant(f"2023-08-{day}T09:00") for day in ("01", "04", "07", "11"))
DAY = date(2023, 8, 22)
PLAN = RoundPlan("八月专项督查", RoundKind.SPECIAL, date(2023, 8, 7), date(2023, 8, 11), [UNIT, OTHER], "李样")
TOLD = {UNIT: "窗口服务规范", OTHER: "自助机停用，已交办"}


def concluded(plan: RoundPlan = PLAN) -> Round:
    item, _ = plan_round(plan, at=SET)
    start_round(item.number, at=BEGUN)
    return conclude_round(item.number, TOLD, at=OVER)


def test_a_round_runs_from_its_setting_to_a_conclusion_for_each_unit_and_keeps_what_it_was_before(district) -> None:
    number = concluded().number
    assert [round_as_of(number, date(2023, 8, day)).state for day in (6, 7, 11)] == [
        RoundState.PLANNED,
        RoundState.UNDER_WAY,
        RoundState.CONCLUDED,
    ]
    assert round_as_of(number, date(2023, 8, 10)).conclusions == {}
    assert round_as_of(number, DAY).conclusions == TOLD


def test_a_unit_sees_of_a_round_itself_and_its_own_conclusion_alone(district, become) -> None:
    number = concluded().number
    become(Role.UNIT, UNIT)
    item = round_as_of(number, DAY)
    assert (item.units, item.conclusions) == ((UNIT,), {UNIT: TOLD[UNIT]})
    become(Role.UNIT, "区住建局")
    assert rounds_as_of(DAY) == ()
    with pytest.raises(Forbidden):
        round_as_of(number, DAY)


def test_a_sealed_round_is_hidden_from_units_until_it_is_concluded_and_leaders_see_only_that_it_runs(
    district, become
) -> None:
    number = concluded(replace(PLAN, sealed=True)).number
    become(Role.LEADER)
    assert rounds_as_of(date(2023, 8, 6)) == ()
    [running] = rounds_as_of(date(2023, 8, 7))
    assert (running.name, running.units, running.leader, running.scheme) == (SEALED_NAME, (), "", "")
    assert round_as_of(number, DAY).units == (UNIT, OTHER)
    become(Role.UNIT, UNIT)
    assert rounds_as_of(date(2023, 8, 10)) == ()
    assert [item.number for item in rounds_as_of(DAY)] == [number]


def test_a_round_that_has_not_begun_is_set_otherwise_and_earlier_days_keep_what_stood_then(district, become) -> None:
    number = plan_round(PLAN, at=SET)[0].number
    later = replace(PLAN, starts_on=date(2023, 8, 8), units=[OTHER], leader="王样")
    with pytest.raises(RefusedRequest, match="没有需要调整的内容"):
        change_round(number, PLAN, at=SET)
    item, warnings = change_round(number, later, at=CHANGED)
    assert (item.starts_on, item.ends_on, item.units, item.leader) == (later.starts_on, PLAN.ends_on, (OTHER,), "王样")
    assert warnings == ()  # it does not count as a visit beside itself
    assert [step.text for step in item.steps] == ["调整了开始日期、单位、组长"]
    assert round_as_of(number, date(2023, 8, 3)).units == (UNIT, OTHER)
    assert round_as_of(number, DAY) == item
    become(Role.UNIT, UNIT)
    assert rounds_as_of(DAY) == ()
    become(Role.UNIT, OTHER)
    assert round_as_of(number, DAY).steps == ()  # what was changed may name others
    become(Role.INSPECTOR)
    start_round(number, at=parse_instant("2023-08-08T09:00"))
    with pytest.raises(RefusedRequest, match="不能再调整"):
        change_round(number, PLAN, at=OVER)


def test_a_unit_visited_beyond_the_ceiling_is_told_before_the_round_is_set_and_hinders_nobody(district) -> None:
    plan_round(replace(PLAN, kind=RoundKind.REGULAR, units=[UNIT]), at=SET)
    plan_round(replace(PLAN, kind=RoundKind.IRREGULAR, units=[UNIT]), at=SET)
    sentences = ("区人社局 2023年8月已安排 2 次（2023-1、2023-2），再安排将超过每月 2 次的总量。",)
    assert visited_too_often(PLAN, DAY) == sentences
    assert plan_round(PLAN, at=SET)[1] == sentences


def test_the_ceiling_is_a_setting_with_a_date(district) -> None:
    plan_round(replace(PLAN, kind=RoundKind.REGULAR), at=SET)
    assert visited_too_often(PLAN, DAY) == ()
    with writing() as session:
        set_setting(session, "visits_per_month", 1, since=parse_instant("2023-08-20T00:00"), reason="总量", by="管理局")
    assert visited_too_often(PLAN, date(2023, 8, 19)) == ()
    assert len(visited_too_often(PLAN, DAY)) == 2


def test_what_hangs_on_a_round_is_attached_by_its_number_and_detached(district) -> None:
    number = concluded().number
    opened = open_rectification(Opening(OTHER, "自助机停用"), at=OVER).number
    attach_to_round(number, AttachedKind.RECTIFICATION, opened, at=OVER)
    [attached] = round_as_of(number, DAY).attached
    assert (attached.kind, attached.number) == (AttachedKind.RECTIFICATION, opened)
    with pytest.raises(RefusedRequest, match="没有编号为 2023-9 的抽查"):
        attach_to_round(number, AttachedKind.SPOT_CHECK, "2023-9", at=OVER)
    with pytest.raises(RefusedRequest, match="已关联"):
        attach_to_round(number, AttachedKind.RECTIFICATION, opened, at=OVER)
    detach_from_round(number, AttachedKind.RECTIFICATION, opened, at=OVER)
    assert round_as_of(number, DAY).attached == ()


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda number: start_round(number, at=SET), "该轮次自 2023-08-07 起进行"),
        (lambda number: conclude_round(number, TOLD, at=OVER), "该轮次还没有开始"),
        (lambda number: drop_round(number, reason=" ", at=OVER), "请写明取消的理由"),
        (lambda number: start_round("2023-9", at=OVER), "没有编号为 2023-9 的督查轮次"),
        (lambda number: start_round("八月", at=OVER), "“八月”不是督查轮次编号"),
        (lambda number: start_round(number, at=parse_instant("2023-07-31T09:00")), "补录的时间不能早于它"),
        (lambda number: plan_round(replace(PLAN, units=["没有局"])), "单位名册中没有“没有局”"),
        (lambda number: plan_round(replace(PLAN, tasks=["9.9"])), "方案中没有任务“9.9”"),
        (lambda number: plan_round(replace(PLAN, areas=["x"])), "没有领域“x”"),
        (lambda number: plan_round(replace(PLAN, scheme="长" * 4001)), "最多写 4000 个字，现有 4001 个字"),
        (lambda number: attach_to_round(number, AttachedKind.MEETING, "一", at=OVER), "“一”不是督查会议编号"),
        (lambda number: attach_to_round(number, AttachedKind.BULLETIN, "2023-1", at=OVER), "没有编号为 2023-1 的通报"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence_and_nothing_is_stored(district, act, words) -> None:
    number = plan_round(PLAN, at=SET)[0].number
    before = rounds_as_of(DAY)
    with pytest.raises(RefusedRequest, match=words):
        act(number)
    assert rounds_as_of(DAY) == before


def test_the_calendar_of_a_month_has_deadlines_due_days_and_rounds_in_the_order_of_their_days(district) -> None:
    number = concluded().number
    month = supervision_month("2023-08", DAY)
    assert [item.first for item in month.items] == sorted(item.first for item in month.items)
    kinds = {item.kind: item for item in month.items}
    assert (kinds[ItemKind.REPORT].code, kinds[ItemKind.REPORT].first) == ("2023-07", date(2023, 8, 7))
    assert kinds[ItemKind.ROUND].code == number
    deadlines = {item.code for item in month.items if item.kind is ItemKind.DEADLINE}
    assert month.days_off and date(2023, 8, 12) in month.days_off
    assert deadlines == {
        task.code
        for task in district_as_of(DAY).plan.tasks
        if task.deadline and task.deadline.month == 8 and not task.doubts
    }


def test_a_round_is_in_every_month_that_it_touches(district) -> None:
    plan_round(replace(PLAN, starts_on=date(2023, 8, 30), ends_on=date(2023, 9, 2)), at=SET)
    for name, number in (("2023-07", 0), ("2023-08", 1), ("2023-09", 1), ("2023-10", 0)):
        items = supervision_month(name, DAY).items
        assert sum(item.kind is ItemKind.ROUND for item in items) == number
