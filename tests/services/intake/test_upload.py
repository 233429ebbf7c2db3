"""A workbook goes in wholly or not at all; nothing accepted is overwritten; history in any order gives the same
figures.
"""

from datetime import date, timedelta
from io import BytesIO
from itertools import permutations

import openpyxl
import pytest

import services.intake.upload
from data_access.database import engine, writing
from models.lamps import Lamp
from rules.as_of import parse_instant
from services.access.refusal import RefusedRequest
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.upload import Stored, submit, withdraw_submission
from tests.services.conftest import Report, kept_figures, lamp, send, workbook

CASE = {"实施编码": "A1", "责任单位": "区人社局", "办件量": 10, "办结量": 8, "推送量": 10}
GIVEN = Request("monthly_cases", "区人社局", False, "2023-01")


def titled(content: bytes, title: str) -> bytes:
    """With a line above the table."""
    book = openpyxl.load_workbook(BytesIO(content))
    book.worksheets[0].insert_rows(1)
    book.worksheets[0]["A1"] = title
    out = BytesIO()
    book.save(out)
    return out.getvalue()


WORKBOOKS = "stored_file WHERE sha256 NOT IN (SELECT sha256 FROM plan_version)"
"""What was reported: the plan's own workbook is kept as well."""


def count(table: str) -> int:
    with engine().connect() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608 the names are ours


def test_a_check_stores_nothing(district: None) -> None:
    before = count("audit_entry")
    assert check(workbook("monthly_cases", [CASE]), "一月.xlsx", GIVEN).accepted
    assert (count(WORKBOOKS), count("submission"), count("audit_entry")) == (0, 0, before)


def test_the_same_file_again_changes_nothing_and_shows_the_first_submission(district: None) -> None:
    content = workbook("monthly_cases", [CASE])
    first = send(content, "一月.xlsx", GIVEN, at=parse_instant("2023-02-03"))
    again = send(content, "一月（再报）.xlsx", GIVEN, at=parse_instant("2023-02-04"))
    assert (again.unchanged, again.submission) == (True, first.submission)
    assert (count("submission"), count("monthly_cases")) == (1, 1)


def test_a_workbook_with_a_wrong_cell_leaves_only_an_entry_in_the_log(district: None) -> None:
    entries = count("audit_entry")
    done = send(workbook("monthly_cases", [CASE | {"办件量": "很多"}]), "一月.xlsx", GIVEN)
    assert done.submission is None
    assert [problem.cell for problem in done.report.problems if problem.severity == "error"] == ["C2"]
    assert (count(WORKBOOKS), count("submission"), count("monthly_cases"), count("figure")) == (0, 0, 0, 0)
    assert count("audit_entry") == entries + 1


@pytest.mark.parametrize("step", ["keep_file", "insert_records", "add_reports", "keep_figures", "_sheet_json"])
def test_a_failure_at_any_step_of_storing_leaves_nothing(
    district: None, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    entries = count("audit_entry")
    monkeypatch.setattr(services.intake.upload, step, fail)
    with pytest.raises(OSError, match="disk full"):
        send(workbook("monthly_cases", [CASE]), "一月.xlsx", GIVEN)
    assert [count(table) for table in (WORKBOOKS, "submission", "report", "monthly_cases", "figure")] == [0] * 5
    assert count("audit_entry") == entries


@pytest.mark.long
def test_a_correction_keeps_the_rows_of_the_revision_it_replaces(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03T09:00")
    report("monthly_cases", "区人社局", "2023-01", [CASE | {"推送量": 4}], "2023-02-10T09:00")
    assert (count("submission"), count("monthly_cases"), count(WORKBOOKS)) == (2, 2, 2)


@pytest.mark.long
def test_a_withdrawal_brings_back_what_stood_before_and_keeps_the_submission(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03T09:00")
    wrong = report("monthly_cases", "区人社局", "2023-01", [CASE | {"推送量": 4}], "2023-02-10T09:00")
    withdraw_submission(wrong.submission or 0, reason="报错文件", at=parse_instant("2023-02-12T09:00"))
    numerators = {
        day: lamp("2.3.2", "区人社局", day).indicators[0].numerator
        for day in ("2023-02-09", "2023-02-11", "2023-02-12")
    }
    assert numerators == {"2023-02-09": 10, "2023-02-11": 4, "2023-02-12": 10}
    assert count("submission") == 2


def test_withdrawing_the_only_report_makes_it_missing_again(report: Report) -> None:
    sent = report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03T09:00")
    withdraw_submission(sent.submission or 0, reason="报错单位", at=parse_instant("2023-02-12T09:00"))
    after = lamp("2.3.2", "区人社局", "2023-02-12")
    assert (after.lamp, after.indicators[0].numerator) == (Lamp.NOT_REPORTED, None)
    with pytest.raises(RefusedRequest, match="已经撤回"):
        withdraw_submission(sent.submission or 0, reason="再撤")


REPORTS = [
    ("monthly_cases", "2023-01", [CASE], "2023-02-03T09:00"),
    ("monthly_cases", "2023-01", [CASE | {"推送量": 4}], "2023-02-20T09:00"),
    ("monthly_cases", "2023-02", [CASE | {"推送量": 6}], "2023-03-03T09:00"),
    (
        "reviews",
        "2023-02",
        [
            {
                "办件编号": "B1",
                "事项名称": "社保登记",
                "责任单位": "区人社局",
                "评价渠道": "移动端",
                "满意度": "满意",
                "评价时间": "2023-02-12",
            }
        ],
        "2023-03-03T09:00",
    ),
]


@pytest.mark.long
@pytest.mark.parametrize("order", list(permutations(range(4)))[1::5])
def test_history_restored_in_any_order_gives_the_same_lamps(report: Report, order: tuple[int, ...]) -> None:
    for number in order:
        dataset, month, rows, at = REPORTS[number]
        report(dataset, "区人社局", month, rows, at)
    days = [date(2023, 2, 1) + timedelta(days=n) for n in range(0, 40, 3)]
    seen = [
        tuple(
            (indicator.numerator, indicator.denominator)
            for m in ("2.3.2", "1.1.2")
            for indicator in lamp(m, "区人社局", str(day)).indicators
        )
        for day in days
    ]
    expected = [
        (
            (None, None)
            if day < date(2023, 2, 3)
            else (10, 10)
            if day < date(2023, 2, 20)
            else (4, 10)
            if day < date(2023, 3, 3)
            else (10, 20),
            (1, 16) if day >= date(2023, 3, 3) else (None, None),
        )
        for day in days
    ]
    assert seen == expected


@pytest.mark.long
def test_figures_folded_again_from_nothing_are_the_figures_that_were_kept(report: Report) -> None:
    from services.figures.district_state import district_state
    from services.figures.fold import keep_figures

    for dataset, month, rows, at in REPORTS:
        report(dataset, "区人社局", month, rows, at)
    stored = kept_figures()
    with writing() as session:
        state = district_state(session, parse_instant("2023-12-31"))
        unit = state.plan.unit_id("区人社局")
        session.connection().exec_driver_sql("DELETE FROM figure")
        for dataset in ("monthly_cases", "reviews"):
            keep_figures(session, dataset, [unit or 0], parse_instant("2023-02-03T09:00"), "2023-01", state)
    assert kept_figures() == stored


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (Request("monthly_case"), "没有名为“monthly_case”的数据集"),
        (Request("monthly_cases", "区人社居"), "单位名册中没有“区人社居”"),
        (Request("monthly_cases", "区人社局", False, "2023-13"), "月份“2023-13”不能识别"),
    ],
)
def test_a_request_that_does_not_hold_together_is_refused_with_a_sentence(
    district: None, request_: Request, sentence: str
) -> None:
    with pytest.raises(RefusedRequest, match=sentence):
        check(workbook("monthly_cases", [CASE]), "一月.xlsx", request_)


def test_a_month_that_nobody_stated_is_asked_for(district: None) -> None:
    with pytest.raises(RefusedRequest, match="请在上传时选择月份"):
        send(workbook("monthly_cases", [CASE]), "办件.xlsx", Request("monthly_cases", "区人社局"))
    assert count("submission") == 0


def test_daily_calls_cannot_come_as_a_ledger_of_the_whole_district(district: None) -> None:
    content = workbook("hotline_calls", [{"日期": "2023-01-01", "呼入量": 1, "接通量": 1}])
    with pytest.raises(RefusedRequest, match="没有责任单位列"):
        send(content, "话务.xlsx", Request("hotline_calls", None, True, "2023-01"))


def test_reading_checking_and_storing_are_told_as_they_go(district: None) -> None:
    progress: list[tuple[str, int, int]] = []
    content = workbook("monthly_cases", [CASE])
    request = Request("monthly_cases", "区人社局", False, "2023-06")

    def tell(stage: str, done: int, total: int) -> None:
        progress.append((stage, done, total))

    submit(check(content, "办件.xlsx", request, progress=tell), progress=tell)
    size = len(content)
    assert progress == [
        ("读取", 0, size),
        ("读取", size, size),
        ("检查", 0, 2),
        ("检查", 2, 2),
        ("存储", 0, 1),
        ("存储", 1, 1),
    ]


MIXED = [CASE, CASE | {"实施编码": "A2", "责任单位": "区住建局"}]


def test_rows_of_several_units_are_stored_under_none_of_them(district: None) -> None:
    content = titled(workbook("monthly_cases", MIXED), "填报单位：区人社局  2023年1月")
    assert check(content, "区人社局1月.xlsx", Request()).report.unit is None
    with pytest.raises(RefusedRequest, match="请在上传时选择单位"):
        send(content, "区人社局1月.xlsx", Request())
    assert count("submission") == 0
    assert send(content, "区人社局1月.xlsx", Request(district=True)).submission is not None


def test_a_ledgers_row_of_a_unit_renamed_since_the_check_is_refused(district: None) -> None:
    content, request = workbook("monthly_cases", MIXED), Request("monthly_cases", None, True, "2023-01")
    ledger = check(content, "一月.xlsx", request)
    with writing() as session:
        session.connection().exec_driver_sql("UPDATE unit SET name = '区住房城乡建设局' WHERE name = '区住建局'")
    with pytest.raises(RefusedRequest, match="第 3 行写的“区住建局”，检查之后已不在单位名册中"):
        submit(ledger)
    assert count("submission") == 0


def test_rows_are_told_batch_by_batch_while_they_are_stored() -> None:
    progress: list[tuple[str, int, int]] = []
    stored = Stored(lambda stage, done, total: progress.append((stage, done, total)), 12_000)
    for rows in (5_000, 5_000, 2_000):
        stored.add(rows)
    assert progress == [
        ("存储", 0, 12_000),
        ("存储", 5_000, 12_000),
        ("存储", 10_000, 12_000),
        ("存储", 12_000, 12_000),
    ]
