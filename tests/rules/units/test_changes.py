"""Units that change: who is on the register of a day, and who answers for a task, whatever entries there are."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.plan import UnitInfo
from models.units import UnitChange, UnitChangeKind
from rules.as_of import month_of
from rules.units.changes import (
    TaskUnits,
    answering,
    begins,
    forebears,
    former_names,
    heir,
    history_of,
    in_force,
    in_order,
    register_at,
)

FIRST = date(2023, 1, 1)
AT = datetime(2023, 1, 1, tzinfo=UTC)


def change(kind, units, successors=(), day=FIRST, *, number=1, new=(), names=("", ""), tasks=()):
    kind = UnitChangeKind(kind)
    return UnitChange(number, day, kind, units, successors, new, *names, tasks, "机构改革", "", AT, "管理局")


def unit(number, name=None, aliases=()):
    return UnitInfo(number, name or f"单位{number}", "部门", False, tuple(aliases), None, None, None)


@st.composite
def histories(draw):
    """A register of a few units, and entries of it that may be: whoever is changed still exists."""
    units = {number: unit(number) for number in range(1, draw(st.integers(2, 5)) + 1)}
    living, changes, day = list(units), list[UnitChange](), FIRST
    for number in range(1, draw(st.integers(0, 6)) + 1):
        day += timedelta(days=draw(st.integers(0, 40)))
        kind = draw(st.sampled_from(list(UnitChangeKind)))
        fresh = len(units) + 1
        if kind is UnitChangeKind.FOUND:
            units[fresh] = unit(fresh)
            living.append(fresh)
            changes.append(change(kind, (fresh,), day=day, number=number, new=(fresh,), tasks=("1.1",)))
            continue
        first = draw(st.sampled_from(living))
        if kind is UnitChangeKind.RENAME:
            before = units[first]
            name = f"{before.name}改{number}"
            units[first] = unit(first, name, (*before.aliases, before.name))
            changes.append(change(kind, (first,), day=day, number=number, names=(before.name, name)))
            continue
        others = [other for other in living if other != first]
        successors = tuple(draw(st.lists(st.sampled_from(others), unique=True, max_size=2))) if others else ()
        if kind is UnitChangeKind.MERGE:
            successors = successors[:1]
        new = ()
        if kind is not UnitChangeKind.ABOLISH and len(successors) < 1 + (kind is UnitChangeKind.SPLIT):
            units[fresh] = unit(fresh)
            new, successors = (fresh,), (*successors, fresh)
            living.append(fresh)
        living.remove(first)
        changes.append(change(kind, (first,), successors, day, number=number, new=new))
        if not living:
            break
    return units, in_order(changes)


@given(histories())
def test_before_the_first_entry_the_register_is_as_if_there_were_none(history) -> None:
    units, changes = history
    created = {number for entry in changes for number in entry.new}
    end = begins(FIRST)
    assert in_force(changes, end) == ()
    register = register_at(units, changes, end)
    assert set(register) == set(units) - created
    assert all(register[number].name == f"单位{number}" for number in register)


@given(histories(), st.integers(0, 300))
def test_what_is_entered_for_later_changes_nothing_of_a_day_before_it(history, days) -> None:
    units, changes = history
    end = begins(FIRST + timedelta(days=days))
    earlier = in_force(changes, end)
    by_all = TaskUnits("1.1", [1, 2], {}, in_force(changes, end))
    by_earlier = TaskUnits("1.1", [1, 2], {}, earlier)
    by_all.finish()
    by_earlier.finish()
    assert (by_all.units, by_all.since) == (by_earlier.units, by_earlier.since)
    register = register_at(units, changes, end)
    for number, registered in register.items():
        renamings = [e for e in earlier if e.kind is UnitChangeKind.RENAME and e.units == (number,)]
        assert registered.name == (renamings[-1].name_after if renamings else f"单位{number}")
        assert {registered.name, *registered.aliases} == {units[number].name, *units[number].aliases}


@given(histories())
def test_nobody_who_is_no_more_answers_and_everybody_who_answered_has_who_answers_now(history) -> None:
    _, changes = history
    ended = {number for entry in changes for number in entry.ended}
    duty = TaskUnits("1.1", [1, 2], {}, changes)
    duty.finish()
    assert not ended & set(duty.units)
    assert set(duty.units) >= {*answering(1, changes), *answering(2, changes)}
    assert len(duty.units) == len(set(duty.units))


@given(histories(), st.integers(0, 300))
def test_a_decision_that_names_whoever_is_no_more_means_those_who_came_after(history, days) -> None:
    units, changes = history
    at = begins(FIRST + timedelta(days=days)) + timedelta(hours=9)
    known = [number for number in units if not any(number in e.new and begins(e.day) > at for e in changes)]
    duty = TaskUnits("9.9", [], {}, changes)
    duty.rule(known, at)
    until_then = [entry for entry in changes if begins(entry.day) <= at]
    expected = {successor for number in known for successor in answering(number, until_then)}
    assert set(duty.units) == expected


@given(histories())
def test_a_unit_with_one_successor_is_among_its_forebears_and_shares_its_history(history) -> None:
    units, changes = history
    for number in units:
        acting = heir(number, changes)
        if acting != number:
            assert number in forebears(acting, changes)
            assert set(history_of(number, changes)) <= set(history_of(acting, changes))


def test_who_takes_a_task_over_answers_for_it_from_the_month_of_the_day_and_who_had_it_keeps_his_month() -> None:
    merged = change("merge", (1,), (2,), date(2023, 10, 16))
    duty = TaskUnits("1.1", [1], {}, [merged])
    duty.finish()
    assert (duty.units, duty.since) == ([2], {2: month_of(merged.day)})
    both = TaskUnits("1.1", [1, 2], {2: "2023-06"}, [merged])
    both.finish()
    assert (both.units, both.since) == ([2], {2: "2023-06"})


def test_a_founded_unit_answers_for_the_tasks_of_its_entry_alone() -> None:
    founded = change("found", (3,), day=date(2023, 11, 1), new=(3,), tasks=("1.1",))
    for task, expected in (("1.1", [1, 3]), ("1.2", [1])):
        duty = TaskUnits(task, [1], {}, [founded])
        duty.finish()
        assert duty.units == expected


def test_a_unit_that_is_split_off_leaves_the_rest_in_place() -> None:
    split = change("split", (1,), (1, 2), new=(2,))
    duty = TaskUnits("1.1", [1], {}, [split])
    duty.finish()
    assert (duty.units, split.ended, answering(1, [split])) == ([1, 2], (), (1,))


def test_a_unit_renamed_twice_has_had_two_names() -> None:
    first = change("rename", (1,), names=("甲局", "乙局"))
    second = change("rename", (1,), day=date(2023, 5, 1), number=2, names=("乙局", "丙局"))
    known = {1: unit(1, "丙局", ["甲局", "乙局"])}
    named = [
        register_at(known, [first, second], begins(day))[1].name for day in (FIRST, date(2023, 5, 1), date(2023, 5, 2))
    ]
    assert named == ["甲局", "乙局", "丙局"]
    assert former_names(1, [first, second]) == ("甲局", "乙局")
