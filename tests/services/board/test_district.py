"""What stands beside the lamps: who was never heard of."""

from datetime import date

from services.board.district import district_as_of
from tests.services.conftest import Report

TICKET = {
    "工单编号": "A1",
    "受理时间": "2023-06-05 09:00",
    "工单类型": "咨询",
    "责任单位": "东关街道",
    "办理时限": "2023-06-12",
}
BAD_REVIEW = {
    "差评编号": "C1",
    "责任单位": "东关街道",
    "事项名称": "社保卡",
    "差评时间": "2023-06-05 09:00",
    "是否实名": "是",
    "是否回访": "否",
}


def silent(day: str) -> frozenset[str]:
    return district_as_of(date.fromisoformat(day)).silent


def test_a_ledger_that_another_unit_owes_does_not_speak_for_a_silent_unit(report: Report) -> None:
    report("hotline_tickets", None, "2023-06", [TICKET], "2023-07-03")
    assert "东关街道" in silent("2023-07-10")


def test_one_report_that_a_unit_owes_breaks_its_silence_from_that_day_on(report: Report) -> None:
    report("bad_reviews", "东关街道", "2023-06", [BAD_REVIEW], "2023-07-03")
    assert "东关街道" in silent("2023-07-02")
    assert "东关街道" not in silent("2023-07-03")


def test_whoever_owes_everything_in_the_sample_is_silent(sample_database: str) -> None:
    assert {"石峡乡", "区烟草局", "区粮储局"} <= silent("2023-08-22")
