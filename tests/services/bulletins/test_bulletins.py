"""A bulletin on its way: who may do what when, what is frozen, what verification finds (supervision.md 4)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO

import docx
import openpyxl
import pytest

from data_access.database import reading, writing
from data_access.settings import set_setting
from models.bulletins import BulletinFile, BulletinState
from models.people import Role
from models.tables import StoredFile
from rules.as_of import parse_instant
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.bulletins.drafting import draft
from services.bulletins.fact_check import lines_to_check
from services.bulletins.register import bulletin, bulletin_files, bulletins
from services.bulletins.verification import verify_bulletin
from services.bulletins.way import co_sign, issue, object_to, send_back, settle_objection, submit
from services.notices.bulletins_issued import bulletins_issued
from services.rectifications.acts import Opening, open_rectification
from services.settings.register import change_setting
from tests.services.conftest import Report

Become = Callable[..., None]

UNIT = "区人社局"
CLAIM = {"基本编码": "000101001000", "事项名称": "社保卡", "责任单位": UNIT, "认领状态": "已认领"}


def at(day: str, hour: int = 9) -> datetime:
    return parse_instant(f"2023-{day}T{hour:02d}:00")


@pytest.fixture(autouse=True)
def _without_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts take seconds and stand in tests of their own; without a Chinese font there are none."""
    monkeypatch.setattr("services.bulletins.printing.chinese_font", lambda: None)


@pytest.fixture
def walk(district: None, become: Become) -> Callable[[str], int]:
    """Drafts a bulletin as of a day and brings it to its issue: 14 September a Thursday, issued on the 20th."""

    def go(as_of: str = "09-13", last: str = "issue") -> int:
        number = draft(date.fromisoformat(f"2023-{as_of}"), at=at("09-14"))
        if last == "draft":
            return number
        submit(number, at=at("09-14", 10))
        if last == "submit":
            return number
        become(Role.INSPECTOR)
        co_sign(number, at=at("09-15"))
        become(Role.BUREAU)
        if last == "issue":
            issue(number, at=at("09-20"))
        return number

    return go


def state(number: int) -> BulletinState:
    return bulletin(str(number)).summary.state


def test_it_goes_from_draft_over_fact_check_and_co_sign_to_its_issue_with_a_number(walk) -> None:
    issued = bulletin(str(walk())).summary
    assert (issued.state, issued.number, issued.document_number) == (
        BulletinState.ISSUED,
        "2023-1",
        "区政服督〔2023〕1号",
    )
    assert bulletin("2023-1").summary == issued


@pytest.mark.long
def test_numbers_are_counted_on_by_year_and_the_next_compares_with_the_last_issued(walk) -> None:
    walk("09-12")
    second = walk("09-13", "draft")
    assert bulletin(str(second)).figures["compared"] is None  # on the 14th none was issued yet
    third = draft(date(2023, 9, 20), at=at("09-21"))
    assert bulletin(str(third)).figures["compared"] == "2023-09-12"
    submit(third, at=at("09-21"))


def test_issue_waits_for_the_fact_check_unless_a_reason_is_given(walk) -> None:
    number = walk(last="co_sign")
    with pytest.raises(RefusedRequest, match="2023-09-20起"):
        issue(number, at=at("09-19"))
    with pytest.raises(RefusedRequest, match="写明"):
        issue(number, skip_fact_check=" ", at=at("09-19"))
    issue(number, skip_fact_check="会议急用", at=at("09-19"))
    assert bulletin(str(number)).skipped == "会议急用"


def test_nothing_is_submitted_whose_fact_check_runs_into_a_year_without_a_calendar(district: None) -> None:
    number = draft(date(2026, 11, 20), compare=None, at=parse_instant("2026-12-29T09:00"))
    with pytest.raises(RefusedRequest, match="未录入2027年工作日历"):
        submit(number, at=parse_instant("2026-12-30T09:00"))
    assert state(number) is BulletinState.DRAFT


def test_without_the_co_sign_there_is_no_issue_but_where_the_setting_says_so(walk, become: Become) -> None:
    number = walk(last="submit")
    with pytest.raises(RefusedRequest, match="会签"):
        issue(number, at=at("09-20"))
    with writing() as session:
        set_setting(session, "bulletin_cosign", False, since=at("09-19"), reason="试", by="试")
    issue(number, at=at("09-20"))


def test_the_inspector_returns_with_a_reason_and_it_is_submitted_again(walk, become: Become) -> None:
    number = walk(last="submit")
    become(Role.INSPECTOR)
    with pytest.raises(RefusedRequest, match="理由"):
        send_back(number, reason=" ", at=at("09-15"))
    send_back(number, reason="补充抽查情况", at=at("09-15"))
    become(Role.BUREAU)
    assert state(number) is BulletinState.RETURNED
    submit(number, at=at("09-18"))
    assert bulletin(str(number)).summary.check_until == date(2023, 9, 21)


@pytest.mark.long
def test_a_unit_checks_its_own_lines_and_its_objection_is_printed_until_it_is_settled(walk, become: Become) -> None:
    number = walk(last="submit")
    become(Role.UNIT, UNIT)
    [check] = lines_to_check(date(2023, 9, 15), UNIT)
    assert check.lines and check.is_open and check.until == date(2023, 9, 19)
    object_to(number, UNIT, reason="1.3.2 已办结", at=at("09-18"))
    with pytest.raises(Forbidden):
        bulletin(str(number))
    become(Role.INSPECTOR)
    co_sign(number, at=at("09-18", 11))
    become(Role.BUREAU)
    [objection] = bulletin(str(number)).summary.objections
    assert (objection.unit, objection.reason, objection.settled) == (UNIT, "1.3.2 已办结", False)
    issue(number, at=at("09-20"))
    assert list(bulletin(str(number)).particulars.objections) == [UNIT]


@pytest.mark.long
def test_an_objection_that_was_settled_is_not_printed(walk, become: Become) -> None:
    number = walk(last="submit")
    become(Role.UNIT, UNIT)
    object_to(number, UNIT, reason="1.3.2 已办结", at=at("09-15"))
    become(Role.BUREAU)
    settle_objection(number, UNIT, reason="与核验记录一致，予以说明", at=at("09-15", 11))
    become(Role.INSPECTOR)
    co_sign(number, at=at("09-18"))
    become(Role.BUREAU)
    issue(number, at=at("09-20"))
    assert list(bulletin(str(number)).particulars.objections) == []


def test_after_its_last_day_a_unit_can_say_nothing_more(walk, become: Become) -> None:
    number = walk(last="submit")
    become(Role.UNIT, UNIT)
    with pytest.raises(RefusedRequest, match="2023-09-19截止"):
        object_to(number, UNIT, reason="1.3.2 已办结", at=at("09-20"))


def test_nothing_can_be_done_before_what_was_done_already(walk) -> None:
    number = walk(last="submit")
    with pytest.raises(RefusedRequest, match="不能早于上一步"):
        issue(number, skip_fact_check="急", at=at("09-13"))


@pytest.mark.long
def test_the_same_draft_prints_the_same_files_and_its_issue_freezes_them(walk) -> None:
    number = walk(last="co_sign")
    assert bulletin_files(str(number)) == bulletin_files(str(number))
    issue(number, at=at("09-20"))
    names = [name for name, _ in bulletin_files("2023-1")]
    assert names == ["通报.docx", "附件.xlsx"]
    assert verify_bulletin("2023-1").holds


def test_late_reports_and_the_ledger_are_frozen_with_the_draft_and_shown_to_their_units(
    district: None, report: Report, become: Become
) -> None:
    row = {"举措编号": "2.2.1", "进展状态": "推进中", "进展情况": "已制定清单", "完成比例": 40}
    report("progress", UNIT, "2023-01", [row], "2023-02-09T09:00")  # due on the 6th
    open_rectification(Opening(UNIT, "电话13812345678无人接听", due=date(2023, 9, 8)), at=at("09-01"))
    number = draft(date(2023, 9, 13), at=at("09-14"))
    open_rectification(Opening("区住建局", "后来的事项"), at=at("09-14", 10))
    particulars = bulletin(str(number)).particulars
    assert list(particulars.late) == [{"unit": UNIT, "dataset": "progress", "months": ["2023-01"]}]
    assert [(entry["number"], entry["unit"], entry["issue"]) for entry in particulars.ledger] == [
        ("2023-1", UNIT, "电话138****5678无人接听")
    ]
    submit(number, at=at("09-14", 11))
    become(Role.UNIT, UNIT)
    [check] = lines_to_check(date(2023, 9, 15), UNIT)
    assert "整改2023-1号逾期3个工作日：时限2023年9月8日，电话138****5678无人接听" in check.lines


@pytest.mark.long
def test_an_issued_file_carries_the_time_of_its_issue_in_the_zone_of_file_properties(walk) -> None:
    walk()  # issued on 20 September at nine in Shanghai
    document, workbook = (BytesIO(content) for _, content in bulletin_files("2023-1"))
    assert docx.Document(document).core_properties.created == datetime(2023, 9, 20, 1, tzinfo=UTC)
    assert openpyxl.load_workbook(workbook).properties.created == datetime(2023, 9, 20, 1)  # noqa: DTZ001 read so


@pytest.mark.long
def test_history_that_comes_in_later_shows_in_verification_and_leaves_the_bulletin_as_it_is(
    walk, report: Report
) -> None:
    walk()
    files = bulletin_files("2023-1")
    report("catalogue_claims", UNIT, "2023-07", [CLAIM], "2023-07-03")
    verification = verify_bulletin("2023-1")
    assert verification.files_intact and verification.rendered_equal and not verification.figures_equal
    assert {"where": "reports.snapshots.received", "issued": 0, "now": 1} in verification.differences
    assert bulletin_files("2023-1") == files


def test_a_stored_file_that_was_tampered_with_is_found(walk) -> None:
    number = walk()
    with writing() as session:
        file = session.get(BulletinFile, (number, 0))
        stored = session.get(StoredFile, file.sha256)
        stored.content = stored.content + b" "
        session.add(stored)
    verification = verify_bulletin("2023-1")
    assert not verification.files_intact and not verification.rendered_equal


@pytest.mark.long
def test_a_mistake_is_put_right_by_a_new_one_that_names_it(walk) -> None:
    walk()
    number = draft(date(2023, 9, 13), corrects="2023-1", compare=None, at=at("09-21"))
    details = bulletin(str(number))
    assert details.summary.corrects == "2023-1"
    assert "本通报更正区政服督〔2023〕1号" in details.document.body[0].text
    with pytest.raises(RefusedRequest, match="尚未印发"):
        draft(date(2023, 9, 13), corrects=str(number), at=at("09-21"))


def test_a_day_that_is_not_over_is_refused_with_the_first_day_on_which_it_can_be_done(district: None) -> None:
    with pytest.raises(RefusedRequest, match="最早可在2023-09-15"):
        draft(date(2023, 9, 14), at=at("09-14"))
    with pytest.raises(RefusedRequest, match="早于截至日期"):
        draft(date(2023, 9, 13), compare=date(2023, 9, 13), at=at("09-14"))
    with pytest.raises(RefusedRequest, match="方案年度"):
        draft(date(2022, 12, 31), at=at("09-14"))
    assert bulletins(date(2023, 12, 31)) == []


def test_a_list_as_of_an_earlier_day_shows_what_stood_then_and_units_see_only_what_is_issued(
    walk, become: Become
) -> None:
    walk()
    assert [bulletin.state for bulletin in bulletins(date(2023, 9, 15))] == [BulletinState.CO_SIGNED]
    become(Role.UNIT, UNIT)
    assert bulletins(date(2023, 9, 15)) == []
    assert [bulletin.number for bulletin in bulletins(date(2023, 9, 20))] == ["2023-1"]


def test_head_and_number_are_those_of_the_settings(district: None) -> None:
    change_setting("document_number", "云政督发〔{year}〕{n}号", reason="启用新字号")
    with pytest.raises(RefusedRequest, match="{n}"):
        change_setting("document_number", "云政督发〔{year}〕号", reason="启用新字号")
    with pytest.raises(RefusedRequest, match="不能留空"):
        change_setting("masthead", "", reason="试")


def test_the_next_step_for_a_matter_knows_what_an_issued_bulletin_named(walk) -> None:
    walk()
    with reading() as session:
        assert bulletins_issued(session, at("09-20", 0)) == ()
        [issued] = bulletins_issued(session, at("09-21"))
    assert issued.issued_on == date(2023, 9, 20)
    assert {(UNIT, "report:guides:"), (UNIT, "report:reviews:2023-08")} <= issued.named


@pytest.mark.long
def test_a_bulletin_that_another_one_corrects_is_no_period_of_its_own(walk, become: Become) -> None:
    walk()
    number = draft(date(2023, 9, 13), corrects="2023-1", compare=None, at=at("09-21"))
    submit(number, at=at("09-21"))
    become(Role.INSPECTOR)
    co_sign(number, at=at("09-22"))
    become(Role.BUREAU)
    issue(number, skip_fact_check="更正", at=at("09-22"))
    with reading() as session:
        assert [issued.is_corrected for issued in bulletins_issued(session, at("09-25"))] == [True, False]


@pytest.mark.long
def test_a_report_that_came_in_part_has_come(report: Report) -> None:
    """任务进展 with one measure of several is 部分 on screen; in a bulletin it is received, and its unit not silent."""
    row = {"举措编号": "2.2.1", "进展状态": "推进中", "进展情况": "已制定清单", "完成比例": 40}
    report("progress", UNIT, "2023-01", [row], "2023-02-03T09:00")
    report("progress", "区住建局", "2023-01", [row], "2023-02-09T09:00")  # due on the 6th
    figures = bulletin(str(draft(date(2023, 2, 10), compare=None, at=at("02-11")))).figures
    assert (figures["reports"]["on_time"], figures["reports"]["late"]) == (1, 1)
    assert not {UNIT, "区住建局"} & set(figures["reports"]["silent"])
    assert ("progress", UNIT) not in {(row["dataset"], row["unit"]) for row in figures["missing"]}
