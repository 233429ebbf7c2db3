"""A wrong cell mended on screen is another typed value in it, judged by the same rules, and kept beside what the file
says.
"""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

import services.intake.upload
from data_access.audit import acts
from data_access.corrections import corrections_of
from data_access.database import engine, reading, writing
from data_access.submissions import file_content, hash_of
from models.corrections import CellCorrection
from models.people import Role
from models.tables import Correction
from models.validation import ValidationReport
from rules.as_of import parse_instant
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.intake.checked_workbook import CheckedWorkbook, Request
from services.intake.checking import check
from services.intake.corrections import MOST, check_again, correct
from services.intake.marking import mark
from services.intake.submissions import submission_details
from services.intake.upload import Submitted, submit
from services.proof.prove import prove
from services.proof.rows_shown import rows_shown
from tests.services.conftest import Report, lamp, workbook

GIVEN = Request("reviews", "区人社局", False, "2023-06")
NAME = "6月好差评.xlsx"
GOOD = {
    "办件编号": "B1",
    "事项名称": "社保登记",
    "责任单位": "区人社局",
    "评价渠道": "移动端",
    "满意度": "满意",
    "评价时间": "2023-06-12",
}
WRONG = GOOD | {"办件编号": "B2", "满意度": "还行"}
CASES = {"实施编码": "A1", "责任单位": "区人社局", "办件量": 10, "办结量": 8, "推送量": 10}


class Upload:
    """A workbook as the page holds it."""

    def __init__(self, rows: Sequence[dict[str, Any]], request: Request = GIVEN) -> None:
        self.content = workbook("reviews", rows)
        self.workbook = check(self.content, NAME, request)
        self.as_read = self.workbook.as_read
        self.sheet = self.as_read.sheets[0].name

    def at(self, label: str, row: int, value: str) -> CellCorrection:
        column = next(column.column for column in self.as_read.sheets[0].columns if column.field == label)
        return CellCorrection(self.sheet, row, column, value)

    def corrected(self, *corrections: CellCorrection) -> CheckedWorkbook:
        return correct(self.workbook, corrections)

    def correct(self, *corrections: CellCorrection) -> ValidationReport:
        return self.corrected(*corrections).report

    def submit(self, *corrections: CellCorrection, at: str = "2023-07-03") -> Submitted:
        return submit(self.corrected(*corrections), at=parse_instant(at))


def errors(report: ValidationReport) -> list[tuple[str | None, str]]:
    return [(problem.cell, problem.code) for problem in report.problems if problem.severity == "error"]


def stored_corrections() -> list[Correction]:
    with reading() as session:
        return corrections_of(session, range(100))


WORKBOOKS = "stored_file WHERE sha256 NOT IN (SELECT sha256 FROM plan_version)"
"""What was reported: the plan's own workbook is kept as well."""


def count(table: str) -> int:
    with engine().connect() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608 the names are ours


def entry(action: str) -> tuple[Any, Any]:
    with reading() as session:
        last = [act for act in acts(session) if act.action == action][-1]
    return last.before, last.after


@pytest.mark.long
@pytest.mark.parametrize(("channel", "counted"), [("移动端", 2), ("系统默认", 1)])
def test_a_file_whose_only_errors_are_corrected_is_accepted_and_the_corrected_value_counts(
    report: Report, channel: str, counted: int
) -> None:
    report("monthly_cases", "区人社局", "2023-06", [CASES], "2023-07-03")
    upload = Upload([GOOD, GOOD | {"办件编号": "B2", "评价渠道": "电报"}])
    assert not upload.as_read.accepted
    assert upload.submit(upload.at("评价渠道", 3, channel)).records == 2
    rated = lamp("1.1.2", "区人社局", "2023-07-04").indicators[0]
    assert (rated.numerator, rated.denominator) == (counted, 8)


def test_the_file_is_kept_as_uploaded_and_its_own_value_beside_the_corrected_one(district: None) -> None:
    upload = Upload([GOOD, WRONG])
    done = upload.submit(upload.at("满意度", 3, "不满意"))
    with reading() as session:
        assert file_content(session, hash_of(upload.content)) == upload.content
    [correction] = stored_corrections()
    assert (correction.submission_id, correction.part, correction.sheet, correction.row, correction.field) == (
        done.submission,
        "reviews",
        0,
        3,
        "satisfaction",
    )
    assert (correction.typed, correction.value, correction.by, correction.at) == (
        "还行",
        "不满意",
        "管理局",
        parse_instant("2023-07-03"),
    )


def test_the_log_tells_what_the_file_says_and_what_was_stored_instead(district: None) -> None:
    upload = Upload([GOOD, WRONG])
    upload.submit(upload.at("满意度", 3, "不满意"))
    before, after = entry("import at")
    assert before == [{"sheet": upload.sheet, "cell": "G3", "field": "满意度", "value": "还行"}]
    assert after == [{"sheet": upload.sheet, "cell": "G3", "field": "满意度", "value": "不满意"}]


def test_the_log_of_a_correction_names_nobody(district: None) -> None:
    upload = Upload([GOOD | {"联系电话": "#N/A"}])
    assert errors(upload.as_read) == [("L2", "formula-error")]
    upload.submit(upload.at("联系电话", 2, "13800001234"))
    assert entry("import at")[1][0]["value"] == "138****1234" and stored_corrections()[0].value == "13800001234"


def test_a_wrong_correction_is_refused_with_the_same_message(district: None) -> None:
    upload = Upload([GOOD, WRONG, GOOD | {"办件编号": "B3", "满意度": "凑合"}])
    as_in_the_file = next(problem for problem in upload.as_read.problems if problem.row == 4)
    again = upload.correct(upload.at("满意度", 3, "凑合"))
    assert next(problem.message for problem in again.problems if problem.row == 3) == as_in_the_file.message
    assert upload.submit(upload.at("满意度", 3, "凑合")).submission is None
    assert count("correction") == count("reviews") == 0


def test_blanking_a_compulsory_cell_is_no_way_out(district: None) -> None:
    upload = Upload([GOOD, WRONG])
    assert errors(upload.correct(upload.at("满意度", 3, "  "))) == [("G3", "missing-value")]


def test_a_correction_that_makes_a_duplicate_is_found_by_the_checks_of_the_whole_file(district: None) -> None:
    upload = Upload([GOOD, GOOD | {"办件编号": ""}])
    assert errors(upload.as_read) == [("A3", "missing-value")]
    assert errors(upload.correct(upload.at("办件编号", 3, "B1"))) == [("A3", "duplicate-key")]
    assert upload.correct(upload.at("办件编号", 3, "B2")).accepted


def test_a_cell_that_another_correction_makes_wrong_can_be_corrected_too(district: None) -> None:
    upload = Upload([GOOD | {"办件编号": ""}, GOOD])
    first = upload.at("办件编号", 2, "B1")
    assert errors(upload.correct(first)) == [("A3", "duplicate-key")]
    assert upload.correct(upload.at("办件编号", 3, "B9"), first).accepted


@pytest.mark.parametrize(("label", "row"), [("满意度", 2), ("事项名称", 3), ("满意度", 1), ("满意度", 40)])
def test_a_cell_without_a_problem_cannot_be_touched(district: None, label: str, row: int) -> None:
    upload = Upload([GOOD, WRONG])
    with pytest.raises(RefusedRequest, match="不能在此改动"):
        upload.correct(upload.at("满意度", 3, "满意"), upload.at(label, row, "不满意"))


@pytest.mark.parametrize("column", ["Z", "AA", ""])
def test_a_column_that_was_not_understood_cannot_be_touched(district: None, column: str) -> None:
    upload = Upload([GOOD, WRONG])
    with pytest.raises(RefusedRequest, match="不能在此改动"):
        upload.correct(CellCorrection(upload.sheet, 3, column, "满意"))
    with pytest.raises(RefusedRequest, match="不能在此改动"):
        upload.correct(CellCorrection("别的表", 3, "A", "满意"))


def test_a_correction_cannot_turn_a_record_into_a_total_or_a_note(district: None) -> None:
    upload = Upload([GOOD, GOOD | {"办件编号": ""}])
    with pytest.raises(RefusedRequest, match="第 3 行会被当作合计行或说明行"):
        upload.correct(upload.at("办件编号", 3, "合计"))


@pytest.mark.long
def test_more_corrections_than_a_person_makes_by_hand_belong_in_the_file(district: None) -> None:
    upload = Upload([WRONG | {"办件编号": f"B{number}"} for number in range(MOST + 1)])
    with pytest.raises(RefusedRequest, match=f"以 {MOST} 处为限"):
        upload.correct(*(upload.at("满意度", row, "满意") for row in range(2, MOST + 3)))


@pytest.mark.parametrize("value", ["满意\x00", "好" * 2001])
def test_what_cannot_be_stored_is_refused(district: None, value: str) -> None:
    upload = Upload([GOOD, WRONG])
    with pytest.raises(RefusedRequest, match="请重新填写"):
        upload.correct(upload.at("满意度", 3, value))


def test_typing_what_the_file_says_takes_a_correction_back(district: None) -> None:
    upload = Upload([GOOD, WRONG])
    again = upload.correct(upload.at("满意度", 3, "还行"))
    assert again.corrected == () and errors(again) == errors(upload.as_read)


def test_the_same_file_with_the_same_corrections_changes_nothing(district: None) -> None:
    upload = Upload([GOOD, WRONG])
    first = upload.submit(upload.at("满意度", 3, "满意"))
    again = upload.submit(upload.at("满意度", 3, "满意"), at="2023-07-04")
    assert (again.unchanged, again.submission) == (True, first.submission)
    assert (count("submission"), count("correction"), count("reviews")) == (1, 1, 2)


@pytest.mark.long
def test_the_same_file_with_other_corrections_is_a_new_revision(district: None) -> None:
    upload = Upload([GOOD, WRONG])
    first = upload.submit(upload.at("满意度", 3, "满意"))
    second = upload.submit(upload.at("满意度", 3, "不满意"), at="2023-07-04")
    assert (first.revision, second.revision, second.unchanged) == (1, 2, False)
    assert [(correction.submission_id, correction.value) for correction in stored_corrections()] == [
        (1, "满意"),
        (2, "不满意"),
    ]
    assert (count("submission"), count(WORKBOOKS)) == (2, 1)


@pytest.mark.long
def test_of_two_people_at_once_the_second_is_told_of_the_first(district: None, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = Upload([GOOD, WRONG])
    store, report = services.intake.upload._store, upload.correct(upload.at("满意度", 3, "满意"))
    first: list[Submitted] = []

    def look(session: Any, *rest: Any) -> Submitted | None:
        if not first:  # the other one is quicker: in after this one looked and before it holds the lock
            first.append(Submitted(0, 0, False, report, 0))
            answer = standing(session, *rest)
            first[0] = upload.submit(upload.at("满意度", 3, "满意"))
            return answer
        return standing(session, *rest)

    standing = services.intake.upload._submission_of_same_file
    monkeypatch.setattr(services.intake.upload, "_submission_of_same_file", look)
    second = upload.submit(upload.at("满意度", 3, "满意"))
    assert store is services.intake.upload._store
    assert (second.unchanged, second.submission, count("submission"), count("correction")) == (
        True,
        first[0].submission,
        1,
        1,
    )


@pytest.mark.long
def test_nothing_carries_over_to_the_same_file_uploaded_again(district: None) -> None:
    upload = Upload([GOOD, WRONG])
    upload.submit(upload.at("满意度", 3, "满意"))
    assert not Upload([GOOD, WRONG]).as_read.accepted


@pytest.mark.parametrize("step", ["add_corrections", "insert_records", "keep_figures"])
def test_a_failure_while_storing_leaves_no_correction(
    district: None, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    upload = Upload([GOOD, WRONG])
    monkeypatch.setattr(services.intake.upload, step, fail)
    with pytest.raises(OSError, match="disk full"):
        upload.submit(upload.at("满意度", 3, "满意"))
    assert [count(table) for table in ("submission", "correction", "reviews", WORKBOOKS)] == [0, 0, 0, 0]


def test_a_unit_named_wrongly_can_be_corrected_and_the_row_counts_for_it(district: None) -> None:
    upload = Upload([GOOD, GOOD | {"办件编号": "B2", "责任单位": "区人社居"}])
    assert errors(upload.as_read) == [("E3", "unknown-unit")]
    assert errors(upload.correct(upload.at("责任单位", 3, "区住建局"))) == [("E3", "other-unit")]
    assert upload.submit(upload.at("责任单位", 3, "区人力资源和社会保障局")).records == 2


def test_a_file_judged_anew_keeps_the_corrections_that_are_still_needed(district: None) -> None:
    upload = Upload([GOOD | {"责任单位": "人社中心"}, WRONG])
    mended = upload.corrected(upload.at("满意度", 3, "满意"), upload.at("责任单位", 2, "区人社局"))
    with writing() as session:
        session.connection().exec_driver_sql("UPDATE unit SET aliases = '[\"人社中心\"]' WHERE name = '区人社局'")
    again = check_again(mended, GIVEN)
    assert [cell.cell for cell in again.report.corrected] == ["G3"] and again.accepted


def test_nobody_corrects_the_workbook_of_another_unit(district: None, become: Any) -> None:
    upload = Upload([GOOD, WRONG])
    become(Role.UNIT, "区住建局")
    with pytest.raises(Forbidden):
        upload.correct(upload.at("满意度", 3, "满意"))
    become(Role.LEADER)
    with pytest.raises(Forbidden):
        upload.correct(upload.at("满意度", 3, "满意"))


@pytest.mark.long
def test_a_submission_tells_its_corrections_and_a_proof_the_file_s_own_value(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-06", [CASES], "2023-07-03")
    upload = Upload([GOOD, GOOD | {"办件编号": "B2", "评价渠道": "电报"}])
    done = upload.submit(upload.at("评价渠道", 3, "移动端"), at="2023-07-03T09:30")
    [correction] = submission_details(done.submission or 0, date(2023, 7, 4)).corrections
    assert (correction.cell, correction.label, correction.typed, correction.value, correction.by) == (
        "F3",
        "评价渠道",
        "电报",
        "移动端",
        "管理局",
    )
    parts = [part for indicator in prove("1.1.2", "区人社局", date(2023, 7, 4)).indicators for part in indicator.parts]
    shown = rows_shown(next(part for part in parts if part.part == "reviews"), None, 0, 30)
    assert shown.mended == {(done.submission, upload.sheet, 3): {"评价渠道": correction}}


def test_what_is_personal_in_a_correction_is_in_full_for_the_unit_alone(district: None, become: Any) -> None:
    upload = Upload([GOOD | {"联系电话": "#N/A"}])
    number = upload.submit(upload.at("联系电话", 2, "13800001234")).submission or 0
    assert submission_details(number, date(2023, 7, 4)).corrections[0].value == "138****1234"
    become(Role.UNIT, "区人社局")
    assert submission_details(number, date(2023, 7, 4)).corrections[0].value == "13800001234"
    become(Role.UNIT, "区住建局")
    with pytest.raises(Forbidden):
        submission_details(number, date(2023, 7, 4))


def test_the_marked_workbook_keeps_the_file_s_content_and_lists_what_was_corrected_on_screen(district: None) -> None:
    upload = Upload([GOOD, WRONG, GOOD | {"办件编号": "B3", "满意度": "凑合"}])
    book = openpyxl.load_workbook(BytesIO(mark(upload.corrected(upload.at("满意度", 3, "满意")))))
    listed = [
        "".join(str(cell or "") for cell in row) for row in book.worksheets[0].iter_rows(min_row=3, values_only=True)
    ]
    assert (
        "有 1 处已在屏幕上改正" in listed[0]
        and "已在屏幕上改为“满意”" in listed[1]
        and "“凑合”不在“满意度”的选项内" in listed[2]
    )
    assert book[upload.sheet]["G3"].value == "还行" and book[upload.sheet]["G4"].comment is not None
