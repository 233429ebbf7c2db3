"""单位名册: who the units are; a change holds from now on, and nothing that was reported, judged or decided is lost by
it.
"""

from datetime import date

import pytest

from data_access.audit import acts
from data_access.database import reading
from data_access.plan_store import plan_at, units
from models.people import Person, Role
from models.units import UnitEntry
from rules.as_of import end_of_day, parse_instant
from services.access.current_user import acting_as
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.board.scorecard import assess
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.submissions import recent_submissions, submission_details
from services.milestones.assignment import assignment_history
from services.plan.decisions import import_units, settle
from services.reporting.reports import reports_owed
from services.units.import_units import read_units, store_units
from services.units.register import add_unit, change_unit, register_as_of
from tests.services.conftest import UNITS, kept_figures, workbook

AT = "2023-08-10T09:00"
BEFORE, AFTER = date(2023, 8, 9), date(2023, 8, 10)
DONE = {"举措编号": "1.2.2", "进展状态": "推进中", "完成百分比": 40, "进展情况": "正在开展", "责任单位": "东关街道"}


def registered(name, as_of=AFTER):
    return next(unit for unit in register_as_of(as_of) if unit.entry.name == name)


def entry(unit, **other):
    entry = registered(unit).entry
    return UnitEntry(**{field: getattr(entry, field) for field in entry.__slots__} | other)


def add(name="西关街道", kind="镇街", *, reason="区划调整", **other):
    return add_unit(UnitEntry(name, kind, **other), reason=reason, at=parse_instant(AT))


def change(unit, *, reason="区划调整", **other):
    return change_unit(unit, entry(unit, **other), reason=reason, at=parse_instant(AT))


def lamps_of(day):
    return {(lamp.measure, lamp.unit): (lamp.lamp, lamp.reason) for lamp in assess(day).lamps}


@pytest.fixture
def reported(report):
    """Somebody has reported: from now on the past stands."""
    report("progress", "东关街道", "2023-06", [DONE], "2023-07-10T09:00")


def test_the_register_says_who_a_unit_is_and_what_it_answers_for(district):
    unit_before = registered("区住建局")
    assert (unit_before.entry.kind, unit_before.entry.engineering, unit_before.accounts) == ("部门", True, 0)
    assert "8.4" in unit_before.tasks and "5.1" not in unit_before.tasks


def test_bureau_and_inspector_see_a_units_people_on_duty_in_full_and_a_leader_masked(district):
    change("东关街道", person="李华", phone="13800001234")
    assert (registered("东关街道").entry.person, registered("东关街道").entry.phone) == ("李华", "13800001234")
    with acting_as(Person("督查员", Role.INSPECTOR)):
        assert (registered("东关街道").entry.person, registered("东关街道").entry.phone) == ("李华", "13800001234")


def test_a_new_unit_answers_for_the_tasks_of_its_group_from_now_on(reported):
    before = lamps_of(BEFORE)
    said = add()
    assert said.startswith("自此承担任务 1.1、1.2、2.1")
    assert lamps_of(BEFORE) == before
    assert {unit for _, unit in lamps_of(AFTER)} - {unit for _, unit in before} == {"西关街道"}
    assert registered("西关街道").tasks == registered("东关街道").tasks
    assert registered("西关街道", BEFORE).tasks == ()


def test_a_new_unit_owes_its_reports_from_that_month_on(reported):
    add()
    assert min(line.month for line in reports_owed(date(2023, 9, 30), unit="西关街道") if line.month) == "2023-08"


def test_while_nothing_was_reported_a_new_unit_answers_from_the_beginning(district):
    add()
    assert ("1.1.1", "西关街道") in lamps_of(date(2023, 3, 1))


def test_a_unit_whose_kind_changes_leaves_the_tasks_of_its_group_and_keeps_its_past(reported):
    before = lamps_of(BEFORE)
    said = change("东关街道", kind="其他")
    assert "不再承担任务 1.1" in said
    assert lamps_of(BEFORE) == before
    assert registered("东关街道").tasks == () and not {unit for _, unit in lamps_of(AFTER)} & {"东关街道"}
    assert [submission.dataset for submission in recent_submissions(AFTER, "东关街道")] == ["progress"]


def test_what_the_bureau_ruled_on_a_task_stays_but_for_the_unit_that_changed(reported):
    settle(
        "1.1",
        deadline=None,
        unit_words=["区人社局", "东关街道"],
        reason="会议决定",
        at=parse_instant("2023-08-01T09:00"),
    )
    add()
    assert {unit for measure, unit in lamps_of(AFTER) if measure == "1.1.1"} == {"区人社局", "东关街道", "西关街道"}


def test_a_unit_that_the_plan_names_settles_the_doubt_about_its_units(reported):
    assert add("区发改局", "其他") == "自此承担任务 8.2、8.3"
    with reading() as session:
        doubts = ["".join(plan_at(session, end_of_day(day)).task("8.2").doubts) for day in (BEFORE, AFTER)]
    assert ["责任单位存疑" in doubt for doubt in doubts] == [True, False]
    assert {unit for measure, unit in lamps_of(BEFORE) if measure == "8.2.1"} == {None}
    assert {unit for measure, unit in lamps_of(AFTER) if measure == "8.2.1"} == {"区发改局"}


def test_a_task_is_not_left_without_units(reported):
    with pytest.raises(RefusedRequest, match="任务 8.4 没有责任单位"):
        change("区住建局", engineering=False)


def test_a_renamed_unit_keeps_its_lamps_submissions_figures_and_owed_reports(report):
    report(
        "reviews",
        "东关街道",
        "2023-06",
        [
            {
                "办件编号": "B1",
                "事项名称": "社保卡",
                "满意度": "非常满意",
                "评价时间": "2023-06-05 09:00",
                "评价渠道": "大厅平板",
                "责任单位": "东关街道",
            }
        ],
        "2023-07-03T09:00",
    )
    figures, before = kept_figures(), {day: lamps_of(day) for day in (BEFORE, AFTER)}
    owed = len(reports_owed(AFTER, unit="东关街道"))
    change("东关街道", name="东关新城街道")
    assert kept_figures() == figures
    for day, lamps in before.items():
        renamed = {
            (measure, "东关新城街道" if unit == "东关街道" else unit): lamp for (measure, unit), lamp in lamps.items()
        }
        assert lamps_of(day) == renamed
    assert len(recent_submissions(AFTER, "东关新城街道")) == 1
    assert len(reports_owed(AFTER, unit="东关新城街道")) == owed


def test_the_old_name_stays_an_alias_by_which_workbooks_are_understood(district):
    change("东关街道", name="东关新城街道")
    assert registered("东关新城街道").entry.aliases == ("东关街道",)
    report = check(workbook("progress", [DONE]), "进展.xlsx", Request("progress", "东关街道", False, "2023-06")).report
    assert report.unit == "东关新城街道"


def test_the_history_of_an_assignment_finds_the_lamps_that_turned_under_the_old_name(reported):
    before = [event for event in assignment_history("1.2.2", "东关街道", AFTER).events if event.what == "红绿灯"]
    change("东关街道", name="东关新城街道")
    after = [event for event in assignment_history("1.2.2", "东关新城街道", AFTER).events if event.what == "红绿灯"]
    assert before and after == before


def test_a_submission_names_the_units_of_the_lamps_it_turned_as_they_are_called_now(reported):
    change("东关街道", name="东关新城街道")
    sent = recent_submissions(AFTER, "东关新城街道")[0]
    assert {change.unit for change in submission_details(sent.id, AFTER).turned} == {"东关新城街道"}


@pytest.mark.long
def test_a_renaming_turns_no_task_and_can_be_taken_back(reported):
    assert change("东关街道", name="东关新城街道") == ""
    change("东关新城街道", name="东关街道")
    assert registered("东关街道").entry.aliases == ("东关新城街道",)


@pytest.mark.parametrize(
    ("name", "other", "sentence"),
    [
        ("区人社局", {}, "已经是“区人社局”的名称"),
        ("区人力资源和社会保障局", {}, "已经是“区人社局”的名称或别名"),
        ("", {}, "请填写单位名称"),
        ("西关街道", {"aliases": ("东关街道",)}, "别名“东关街道”已经是“东关街道”"),
        ("西关、东关", {}, "不能有空格、顿号"),
        ("镇街", {}, "是方案中的一组单位"),
        ("西" * 41, {}, "最多 40 个字"),
        ("西关街道", {"kind": "企业"}, "单位类别应为"),
        ("西关街道", {"phone": "1" * 41}, "联系电话最多 40 个字"),
        ("西关街道", {"reason": " "}, "请写明理由"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_and_nothing_is_stored(district, name, other, sentence):
    with pytest.raises(RefusedRequest, match=sentence):
        add(name, **other)
    assert len(register_as_of(AFTER)) == len(UNITS)


def test_a_change_of_nothing_or_of_an_unknown_unit_is_refused(district):
    with pytest.raises(RefusedRequest, match="没有更改任何内容"):
        change("东关街道")
    with pytest.raises(RefusedRequest, match="单位名册中没有“西关街道”"):
        change_unit("西关街道", entry("东关街道"), reason="更名")


def book(*rows):
    return workbook("units", rows)


NEW = {"单位名称": "西关街道", "单位类别": "镇街"}


def test_what_an_import_would_change_is_told_and_nothing_is_stored(reported):
    units = read_units(book(UNITS[0] | {"联系电话": "0931-1"}, UNITS[1], NEW), "单位.xlsx", parse_instant(AT))
    assert [(line.entry.name, line.changed) for line in units.changed] == [("区人社局", ("联系电话",))]
    assert [line.entry.name for line in units.new] == ["西关街道"] and "自此承担任务 1.1" in units.new[0].duties
    assert units.untouched == ("三维数字中心", "东关街道")
    assert len(register_as_of(AFTER)) == len(UNITS)


@pytest.mark.long
def test_what_was_told_is_what_an_import_stores(reported):
    before = lamps_of(BEFORE)
    content = book(NEW, UNITS[0] | {"联系电话": "0931-1"})
    units = read_units(content, "单位.xlsx", parse_instant(AT))
    assert store_units(content, "单位.xlsx", reason="区划调整", at=parse_instant(AT)) == units
    assert [unit.entry.name for unit in register_as_of(AFTER)] == [
        "区人社局",
        "区住建局",
        "三维数字中心",
        "东关街道",
        "西关街道",
    ]
    assert (
        registered("区人社局").entry.phone == "0931-1" and registered("西关街道").tasks == registered("东关街道").tasks
    )
    assert lamps_of(BEFORE) == before


def test_a_workbook_of_all_units_gives_their_order(district):
    store_units(book(NEW, *reversed(UNITS)), "单位.xlsx", reason="区划调整")
    assert [unit.entry.name for unit in register_as_of(AFTER)] == [
        "西关街道",
        "东关街道",
        "三维数字中心",
        "区住建局",
        "区人社局",
    ]


def test_a_workbook_neither_renames_a_unit_nor_takes_its_aliases_away(district):
    change("东关街道", name="东关新城街道")
    units = read_units(book({"单位名称": "东关街道", "单位类别": "镇街", "责任人": "李华"}), "单位.xlsx")
    assert [(line.entry.name, line.entry.aliases, line.changed) for line in units.lines] == [
        ("东关新城街道", ("东关街道",), ("责任人",))
    ]


def test_a_blank_cell_leaves_what_the_register_has(district):
    change("区住建局", person="李华")
    units = read_units(book({"单位名称": "区住建局", "单位类别": "部门", "联系电话": "0931-2"}), "单位.xlsx")
    assert [(line.changed, line.entry.person, line.entry.engineering) for line in units.lines] == [
        (("联系电话",), "李华", True)
    ]


def test_the_command_line_imports_by_an_older_name_without_making_a_second_unit(district):
    change("东关街道", name="东关新城街道")
    import_units(book(*UNITS), "责任单位.xlsx")
    with reading() as session:
        assert [(unit.name, unit.aliases) for unit in units(session).values()][-1] == ("东关新城街道", ("东关街道",))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([NEW | {"别名": "区人社局"}], "第 2 行：别名“区人社局”已经是“区人社局”"),
        ([NEW, {"单位名称": "镇街", "单位类别": "镇街"}], "第 3 行：“镇街”是方案中的一组单位"),
        (
            [UNITS[0], {"单位名称": "区人力资源和社会保障局", "单位类别": "部门"}],
            "第 3 行“区人力资源和社会保障局”与前面的“区人社局”是同一单位",
        ),
        ([NEW | {"单位类别": "企业"}], "单位类别"),
    ],
)
def test_a_wrong_row_is_refused_with_its_row_and_nothing_is_stored(district, rows, sentence):
    with pytest.raises(RefusedRequest, match=sentence):
        store_units(book(*rows), "单位.xlsx", reason="区划调整")
    assert len(register_as_of(AFTER)) == len(UNITS)


def test_a_workbook_that_changes_nothing_is_not_stored(district):
    with pytest.raises(RefusedRequest, match="与单位名册一致"):
        store_units(book(*UNITS), "单位.xlsx", reason="核对")


def test_every_change_is_logged_with_before_and_after(reported):
    add()
    change("西关街道", person="李华")
    store_units(book(NEW | {"责任人": "王芳"}), "单位.xlsx", reason="换人", at=parse_instant(AT))
    with reading() as session:
        logged = [(act.action, act.before, act.after) for act in acts(session)][-3:]
    assert [action for action, _, _ in logged] == ["add unit", "change unit", "import units"]
    assert (logged[1][1]["person"], logged[1][2]["person"]) == (None, "李*")
    assert (logged[2][1]["西关街道"]["person"], logged[2][2]["西关街道"]["person"]) == ("李*", "王*")


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEADER, Role.UNIT])
def test_only_the_bureau_changes_the_register(district, role):
    with acting_as(Person("他人", role, "东关街道" if role is Role.UNIT else None)):
        for query in (
            lambda: add_unit(UnitEntry("西关街道", "镇街"), reason="试"),
            lambda: change_unit("东关街道", UnitEntry("甲", "其他"), reason="试"),
            lambda: read_units(b"", "x.xlsx"),
            lambda: store_units(b"", "x.xlsx", reason="试"),
        ):
            with pytest.raises(Forbidden):
                query()


WANG = Person("王科长", Role.BUREAU)


def test_the_later_of_two_who_change_a_unit_is_told_who_was_first_and_what_changed(district):
    seen = entry("东关街道")
    with acting_as(WANG):
        change("东关街道", person="李强", reason="换届")
    mine = {"reason": "补录", "at": parse_instant(AT), "seen": seen}
    with pytest.raises(RefusedRequest, match="刚才已由王科长（理由：换届）修改：责任人 .+ → 李强。您的修改没有保存"):
        change_unit("东关街道", entry("东关街道", phone="0360-5550000"), **mine)
    assert registered("东关街道").entry == entry("东关街道", person="李强")
    change_unit("东关街道", entry("东关街道", phone="0360-5550000"), **mine | {"seen": entry("东关街道")})
    assert registered("东关街道").entry.phone == "0360-5550000"


def test_who_adds_a_unit_that_another_has_just_added_is_told_who(district):
    with acting_as(WANG):
        add()
    with pytest.raises(RefusedRequest, match="“西关街道”已由王科长列入名册（理由：区划调整）"):
        add()


def test_who_imports_units_that_another_changed_meanwhile_is_told_who_and_nothing_is_stored(district):
    content = workbook("units", [{"单位名称": "东关街道", "单位类别": "镇街", "责任人": "李强"}])
    seen = read_units(content, "单位.xlsx")
    with acting_as(WANG):
        change("东关街道", person="赵刚", reason="换届")
    with pytest.raises(RefusedRequest, match="名册刚才已由王科长（理由：换届）更改，您的导入没有保存"):
        store_units(content, "单位.xlsx", reason="换届", seen=seen)
    assert registered("东关街道").entry.person == "赵刚"
    store_units(content, "单位.xlsx", reason="换届", seen=read_units(content, "单位.xlsx"))
    assert registered("东关街道").entry.person == "李强"
