"""What a unit's person gets of another unit: the lamps of the board, and nothing behind them, by whatever way."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
from starlette.requests import Request as HttpRequest

from components.elements import cache
from frame.files import download, download_evidence
from models.people import Role
from services.access.permission import Forbidden
from services.areas.breakdowns import AREA_BREAKDOWNS, area_breakdowns
from services.board.district import district_as_of
from services.board.history import courses
from services.board.lamps_json import lamps_asked_for
from services.board.scorecard import assess
from services.cases.caseload import caseloads
from services.guides.accuracy import accuracy_as_of
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.submissions import recent_submissions, submission_details
from services.intake.upload import submit, withdraw_submission
from services.milestones.evidence import evidence_as_of, take_back
from services.milestones.progress import assignments
from services.proof.prove import prove
from services.reporting.exemptions import exemptions_as_of
from services.reporting.reports import reports_owed
from services.reporting.workbook import reporting_workbook
from services.search.search import search
from tests.permissions.conftest import DAY, OTHER, OWN, Known

Become = Callable[..., None]


@pytest.fixture
def own(become: Become, known: Known) -> Known:
    """Somebody of the own unit is at work."""
    become(Role.UNIT, OWN)
    return known


def test_the_lamps_of_others_are_there_with_nothing_behind_them(own: Known) -> None:
    lamps = assess(DAY).lamps
    others = [lamp for lamp in lamps if lamp.unit not in (None, OWN)]
    assert any(lamp.unit == OTHER for lamp in others)
    assert not any(lamp.indicators or lamp.reason or lamp.completed_on for lamp in others)
    assert any(lamp.indicators for lamp in lamps if lamp.unit == OWN)
    assert not any(
        lamp.indicators or lamp.reason for lamp in lamps_asked_for(DAY, unit=OTHER, area=None, task=None).lamps
    )


def test_the_roll_up_of_the_board_is_the_same_for_all(own: Known, become: Become) -> None:
    mine = [(lamp.measure, lamp.unit, lamp.lamp) for lamp in assess(DAY).lamps]
    become(Role.LEADER)
    assert [(lamp.measure, lamp.unit, lamp.lamp) for lamp in assess(DAY).lamps] == mine


@pytest.mark.parametrize("area", AREA_BREAKDOWNS)
def test_the_breakdowns_of_an_area_hold_the_own_rows_alone(area: str, own: Known) -> None:
    assert {unit for frame in area_breakdowns(area, DAY).values() for unit in frame["unit"]} <= {OWN}


def test_lists_of_several_units_are_narrowed_to_the_own(own: Known) -> None:
    units_named = {
        *(report.unit for report in reports_owed(DAY)),
        *(assignment.unit for assignment in assignments(DAY)),
        *(file.unit for file in evidence_as_of(DAY)),
        *(exemption.unit for exemption in exemptions_as_of(DAY)),
        *(gap.unit for gap in district_as_of(DAY).missing),
        *(unit for unit, _ in accuracy_as_of(DAY).figures),
        *(unit for load in caseloads(DAY) for unit in load.counts),
        *(case.unit for load in caseloads(DAY) for case in load.open),
        *(submission.unit for submission in recent_submissions(DAY) if submission.unit),
    }
    assert units_named == {OWN}


def test_the_people_of_other_units_are_not_told(own: Known) -> None:
    known = district_as_of(DAY).plan.units.values()
    assert len(known) > 50 and not any(unit.leader or unit.person or unit.phone for unit in known if unit.name != OWN)


def test_the_reporting_workbook_names_no_other_unit(own: Known) -> None:
    book = openpyxl.load_workbook(BytesIO(reporting_workbook(DAY)))
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert OWN in cells and OTHER not in cells


def test_a_search_finds_no_items_and_cases_of_others(own: Known, become: Become) -> None:
    become(Role.BUREAU)
    theirs = next(item for item in search("登记", DAY).items if item.unit != OWN)
    become(Role.UNIT, OWN)
    assert {
        item.unit
        for item in (*search("登记", DAY).items, *search(theirs.code, DAY).items, *search(theirs.code, DAY).cases)
    } <= {OWN}


def test_what_the_bureau_was_answered_is_not_handed_to_a_unit(own: Known, become: Become) -> None:
    become(Role.BUREAU)
    whole = cache.reports_owed(DAY)
    become(Role.UNIT, OWN)
    assert {report.unit for report in cache.reports_owed(DAY)} == {OWN} < {report.unit for report in whole}


def test_a_ledger_of_the_whole_district_is_told_of_by_its_own_part_and_its_file_is_not_given(own: Known) -> None:
    ledger = next(submission for submission in recent_submissions(DAY) if submission.unit is None)
    details = submission_details(ledger.id, DAY)
    assert {report.unit for report in details.reports} == {OWN} and not details.warnings
    assert ask(download, ledger.id) == (403, "只能查看和办理本单位的事项。")


@pytest.mark.long
def test_the_rows_of_a_proof_are_the_own_alone(own: Known) -> None:
    rows = [
        row
        for lamp in assess(DAY, unit=OWN).lamps
        for indicator in prove(lamp.measure, OWN, DAY).indicators
        for part in indicator.parts
        for row in part.rows["unit"].unique()
    ]
    assert set(rows) == {OWN}


def test_files_by_address_are_given_to_the_own_unit_alone(own: Known, become: Become) -> None:
    assert ask(download, own.own_submission)[0] == 200
    assert ask(download, own.other_submission) == (403, "只能查看和办理本单位的事项。")
    assert ask(download_evidence, own.own_evidence)[0] == 200
    assert ask(download_evidence, own.other_evidence)[0] == 403
    become(Role.LEADER)
    assert (ask(download, own.own_submission)[0], ask(download_evidence, own.own_evidence)[0]) == (403, 403)
    become(None)
    assert (ask(download, own.own_submission)[0], ask(download_evidence, own.own_evidence)[0]) == (401, 401)


def ask(route: Callable, number: int) -> tuple[int, str]:
    request = HttpRequest({"type": "http", "method": "GET", "headers": [], "path_params": {"number": str(number)}})
    with ThreadPoolExecutor(1) as thread:
        sent = thread.submit(asyncio.run, route(request)).result()
    return sent.status_code, sent.body.decode(errors="replace")


@pytest.mark.parametrize(
    "request_", [Request(unit=OTHER), Request(district=True), Request("reviews", OTHER, False, "2023-07")]
)
def test_a_unit_reports_for_itself_alone(request_: Request, own: Known) -> None:
    with pytest.raises(Forbidden):
        check("单位\n".encode(), "空.csv", request_)


def test_a_file_that_speaks_of_another_unit_is_wrong_and_not_that_units(own: Known) -> None:
    content = f"责任单位,统计日期,呼入量,接通量\n{OTHER},2023-07-01,10,9\n".encode()
    assert check(content, f"{OTHER}话务.csv", Request()).report.unit == OWN


def test_a_workbook_checked_for_another_unit_is_not_taken(own: Known, become: Become) -> None:
    become(Role.BUREAU)
    theirs = check("单位\n".encode(), "空.csv", Request(unit=OTHER))
    become(Role.UNIT, OWN)
    with pytest.raises(Forbidden):
        submit(theirs)


def test_what_another_unit_sent_is_not_taken_back(own: Known) -> None:
    for number in (own.other_submission, own.ledger):
        with pytest.raises(Forbidden):
            withdraw_submission(number, reason="撤回")
    with pytest.raises(Forbidden):
        take_back(own.other_evidence, at=datetime.now(UTC))


def test_the_course_of_an_indicator_is_the_own_figures(own: Known) -> None:
    judged = ("active_rating_rate", "1.1.2")
    shown = courses([judged], DAY)[judged][-1]
    mine = next(
        indicator for lamp in assess(DAY, unit=OWN).lamps if lamp.measure == "1.1.2" for indicator in lamp.indicators
    )
    assert (shown.numerator, shown.denominator) == (mine.numerator, mine.denominator)
