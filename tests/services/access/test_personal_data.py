"""Who sees whom: a unit its own rows in full, everyone else masked; bureau and inspector in full for once, with a
reason, logged.
"""

from collections.abc import Callable
from datetime import date

import pytest

from data_access.database import data_version, writing
from models.audit import AuditQuestion
from models.people import Role
from models.tables import UnitRow
from rules.as_of import parse_instant
from services.access.permission import Forbidden
from services.access.personal_data import MOST, REASONS, reveal
from services.access.refusal import RefusedRequest
from services.areas.rating_sign_rows import reviews_showing
from services.audit.search import find_acts
from services.board.district import district_as_of
from services.cases.caseload import caseload
from services.intake.files import uploaded_file
from services.intake.submissions import submission_details
from services.milestones.assignment import assignment_history
from services.milestones.progress import ProgressEntry, assignments, report_progress
from services.proof.prove import prove
from services.proof.rows_shown import rows_shown
from services.search.search import search
from tests.services.conftest import Report

UNIT, OTHER, DAY = "区人社局", "区住建局", date(2023, 7, 31)
PHONE, NAME = "13912345678", "欧阳小明"
FULL = (PHONE, NAME, "李四光")
OUTSIDERS = pytest.mark.parametrize("role", [Role.BUREAU, Role.INSPECTOR, Role.LEADER])
Become = Callable[..., None]


@pytest.fixture
def case(report: Report) -> tuple[int, str, int]:
    """A help case that names its client, its helper and their telephone, in the columns and in the words; gives its
    place.
    """
    done = report(
        "help_cases",
        UNIT,
        "2023-06",
        [
            {
                "受理编号": "B1",
                "受理日期": date(2023, 6, 1),
                "责任单位": UNIT,
                "服务对象": NAME,
                "对象类别": "老年人",
                "服务方式": "上门帮办",
                "帮办员": "李四光",
                "帮办事项": f"为{NAME}办社保卡，联系人：李四光，电话{PHONE}",
                "联系电话": PHONE,
                "承诺办结日期": date(2023, 6, 10),
            }
        ],
        "2023-07-03",
    )
    assert done.submission is not None
    return done.submission, "help_cases", 2


@pytest.fixture
def people(report: Report) -> str:
    """A progress report that names its people; gives its measure."""
    measure = next(assignment.measure for assignment in assignments(DAY, UNIT))
    report(
        "progress",
        UNIT,
        "2023-06",
        [
            {
                "举措编号": measure,
                "责任单位": UNIT,
                "进展状态": "推进中",
                "进展情况": f"由{NAME}负责，电话{PHONE}",
                "责任领导": "李四光",
                "责任人": NAME,
                "联系电话": PHONE,
            }
        ],
        "2023-07-03",
    )
    return measure


def proof_of_cases(unit: str = UNIT) -> str:
    """Every value of every row, as somebody reading what left the service would see it."""
    parts = [part for indicator in prove("7.1.1", unit, DAY).indicators for part in indicator.parts]
    return "".join(part.rows.to_csv() + rows_shown(part, None, 0, 30).rows.to_csv() for part in parts)


def logged(action: str) -> list[dict[str, object]]:
    return [act.detail for act in find_acts(AuditQuestion(action=action)).acts]


@OUTSIDERS
def test_a_proof_holds_no_name_and_no_number(case: tuple[int, str, int], become: Become, role: Role) -> None:
    become(role)
    shown = proof_of_cases()
    assert "B1" in shown
    assert [secret for secret in FULL if secret in shown] == []


def test_the_unit_sees_its_own_rows_in_full(case: tuple[int, str, int], become: Become) -> None:
    become(Role.UNIT, UNIT)
    shown = proof_of_cases()
    assert [secret for secret in FULL if secret not in shown] == []


@OUTSIDERS
def test_a_list_of_cases_tells_what_it_is_about_and_not_whom(
    case: tuple[int, str, int], become: Become, role: Role
) -> None:
    become(role)
    subject = caseload("help_cases", DAY).open[0].subject
    assert "办社保卡" in subject
    assert PHONE not in subject
    assert "李四光" not in subject


@pytest.mark.parametrize("role", [Role.BUREAU, Role.INSPECTOR])
def test_those_who_have_to_call_see_the_people_on_duty_of_a_progress_report_but_no_number_in_its_text(
    people: str, become: Become, role: Role
) -> None:
    become(role)
    seen = assignment_history(people, UNIT, DAY).latest
    assert seen is not None
    assert (seen.leader, seen.person, seen.phone) == ("李四光", NAME, PHONE)
    assert PHONE not in (seen.account or "") and NAME not in (seen.account or "")


def test_a_leader_sees_nobody_in_full_in_progress_and_its_history(people: str, become: Become) -> None:
    become(Role.LEADER)
    shown = repr(assignments(DAY, UNIT)) + repr(assignment_history(people, UNIT, DAY))
    assert "欧阳**" in shown
    assert [secret for secret in FULL if secret in shown] == []


def test_the_unit_sees_who_is_named_in_its_progress(people: str, become: Become) -> None:
    become(Role.UNIT, UNIT)
    assert assignment_history(people, UNIT, DAY).phone == PHONE


def test_a_form_filled_with_masked_people_stores_the_full_ones_again(people: str) -> None:
    seen = assignment_history(people, UNIT, DAY).latest
    assert seen is not None
    entry = ProgressEntry(people, "推进中", "又有进展", leader=seen.leader, person=seen.person, phone=seen.phone)
    done = report_progress(UNIT, "2023-07", entry, at=parse_instant("2023-08-01"))
    row = done.report.frames["progress"].iloc[0]
    assert (row["leader"], row["person"], row["phone"]) == ("李四光", NAME, PHONE)


def test_nobody_stores_an_asterisk_for_a_person(people: str) -> None:
    with pytest.raises(RefusedRequest, match="隐去"):
        report_progress(
            UNIT, "2023-07", ProgressEntry(people, "推进中", "又有进展", person="王**"), at=parse_instant("2023-08-01")
        )


@OUTSIDERS
def test_the_reviews_behind_a_sign_name_nobody(report: Report, become: Become, role: Role) -> None:
    rows = [
        {
            "办件编号": f"R{number}",
            "事项名称": "社保卡",
            "责任单位": UNIT,
            "评价渠道": "移动端",
            "满意度": "非常满意",
            "申请人": NAME,
            "联系电话": PHONE,
            "评价时间": f"2023-06-0{number + 1} 10:00",
            "评价内容": f"{NAME}很满意，{PHONE}",
        }
        for number in range(8)
    ]
    report("reviews", UNIT, "2023-06", rows, "2023-07-03")
    become(role)
    shown = repr([reviews_showing(sign, UNIT, DAY) for sign in ("same_person", "same_comment", "bursts", "long_after")])
    assert "很满意" in shown
    assert [secret for secret in FULL if secret in shown] == []


@pytest.mark.parametrize("role", [Role.BUREAU, Role.INSPECTOR])
def test_those_who_have_to_call_see_the_people_on_duty_in_full(district: None, become: Become, role: Role) -> None:
    name_the_people_on_duty()
    become(role)
    plan = repr(district_as_of(DAY).plan)
    assert "李四光" in plan and PHONE in plan


def test_the_people_of_a_unit_are_masked_for_everyone_else(district: None, become: Become) -> None:
    name_the_people_on_duty()
    become(Role.LEADER)
    shown = repr(district_as_of(DAY).plan) + repr(search(NAME, DAY)) + repr(assignments(DAY))
    assert "李**" in shown
    assert [secret for secret in FULL if secret in shown.replace(f"words='{NAME}'", "")] == []


def name_the_people_on_duty() -> None:
    with writing() as session:
        for number in district_as_of(DAY).plan.units:
            row = session.get(UnitRow, number)
            assert row is not None
            row.leader, row.person, row.phone = "李四光", NAME, PHONE


@pytest.mark.parametrize("role", [Role.BUREAU, Role.INSPECTOR])
def test_what_is_revealed_is_full_and_logged_with_its_reason_and_rows(
    case: tuple[int, str, int], become: Become, role: Role
) -> None:
    become(role)
    revealed = reveal("help_cases", [case], "联系群众")
    assert (revealed[case]["服务对象"], revealed[case]["联系电话"], revealed[case]["帮办员"]) == (NAME, PHONE, "李四光")
    detail = logged("reveal")[0]
    assert detail == {"reason": "联系群众", "rows": {f"报送 {case[0]} help_cases": [2]}}


def test_the_log_of_a_revealing_does_not_hold_what_was_revealed(case: tuple[int, str, int]) -> None:
    reveal("help_cases", [case], "核实案件")
    acts = repr(find_acts(AuditQuestion()))
    assert [secret for secret in FULL if secret in acts] == []


def test_the_next_look_is_masked_again(case: tuple[int, str, int]) -> None:
    reveal("help_cases", [case], "核实案件")
    assert NAME not in proof_of_cases()


@pytest.mark.parametrize("role", [Role.LEADER, Role.UNIT])
def test_a_leader_and_a_unit_reveal_nothing(case: tuple[int, str, int], become: Become, role: Role) -> None:
    become(role, OTHER if role is Role.UNIT else None)
    with pytest.raises(Forbidden):
        reveal("help_cases", [case], "核实案件")
    become(Role.BUREAU)
    assert logged("reveal") == []


@pytest.mark.parametrize("reason", ["", "好奇", "其他", "其他：", "其他： "])
def test_nothing_is_revealed_without_a_reason(case: tuple[int, str, int], reason: str) -> None:
    with pytest.raises(RefusedRequest, match="理由"):
        reveal("help_cases", [case], reason)


def test_another_reason_is_told_in_words(case: tuple[int, str, int]) -> None:
    assert reveal("help_cases", [case], f"{REASONS[-1]}：领导批示")[case]["服务对象"] == NAME


def test_no_more_than_a_page_is_revealed_at_a_time(case: tuple[int, str, int]) -> None:
    with pytest.raises(RefusedRequest, match="最多"):
        reveal("help_cases", [case] * (MOST + 1), "核实案件")


def test_logging_leaves_the_kept_answers_as_they_are(case: tuple[int, str, int]) -> None:
    before = data_version()
    reveal("help_cases", [case], "核实案件")
    uploaded_file(case[0])
    assert data_version() == before


def test_a_download_of_a_file_as_uploaded_is_logged(case: tuple[int, str, int]) -> None:
    uploaded_file(case[0])
    assert [detail["file"] for detail in logged("download file")] == ["help_cases.xlsx"]


def test_a_warning_repeats_no_number_that_stands_in_a_cell(report: Report, become: Become) -> None:
    done = report(
        "help_cases",
        UNIT,
        "2023-06",
        [
            {
                "受理编号": "B2",
                "受理日期": date(2023, 5, 1),
                "责任单位": UNIT,
                "服务对象": NAME,
                "对象类别": "老年人",
                "服务方式": "上门帮办",
                "帮办员": "李四光",
                "帮办事项": "社保卡",
                "联系电话": PHONE,
            }
        ],
        "2023-07-03",
    )
    become(Role.LEADER)
    details = submission_details(done.submission or 0, DAY)
    assert len(details.warnings) == 1
    assert [secret for secret in FULL if secret in repr(details)] == []
