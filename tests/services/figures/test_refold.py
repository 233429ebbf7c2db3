"""Figures are derived: made again from the records they are what they were."""

import pytest
from sqlalchemy import text

from data_access.breakdowns import breakdowns_kept
from data_access.database import reading, writing
from services.figures.refold import refold
from services.intake.upload import withdraw_submission
from services.operations.set_up import set_up
from tests.services.conftest import Report

REVIEW = {
    "办件编号": "B1",
    "事项名称": "社保登记",
    "实施编码": "A1",
    "责任单位": "区人社局",
    "评价渠道": "移动端",
    "满意度": "满意",
    "评价时间": "2023-01-12 10:00",
}

CASE = {"实施编码": "A1", "责任单位": "区人社局", "办件量": 10, "办结量": 8, "推送量": 10, "关联事项办件量": 9}


def breakdowns() -> list[str]:
    with reading() as session:
        return breakdowns_kept(session)


def change(statement: str) -> None:
    with writing() as session:
        session.connection().execute(text(statement))


@pytest.mark.slow
def test_made_again_the_sample_districts_figures_and_breakdowns_are_the_same(sample_database: str) -> None:
    done = refold()
    assert done.figures and done.breakdowns and not done.changed


@pytest.mark.long
def test_revisions_and_withdrawals_come_out_the_same(report: Report) -> None:
    report("reviews", "区人社局", "2023-01", [REVIEW], "2023-02-03")
    second = report("reviews", "区人社局", "2023-01", [REVIEW, REVIEW | {"办件编号": "B2"}], "2023-02-05")
    report("reviews", None, "2023-02", [REVIEW | {"责任单位": "东关街道"}], "2023-03-03")
    withdraw_submission(second.submission or 0, reason="误报")
    assert not refold().changed


@pytest.mark.long
def test_a_figure_that_was_tampered_with_is_put_right_and_told(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03")
    change("UPDATE figure SET numerator = 99 WHERE numerator = 10")
    assert refold().changed
    assert not refold().changed


@pytest.mark.long
def test_init_makes_again_what_an_earlier_version_of_the_program_folded(report: Report) -> None:
    report("reviews", "区人社局", "2023-01", [REVIEW], "2023-02-03")
    stored = breakdowns()
    said: list[str] = []
    change("DELETE FROM breakdown")
    change("UPDATE data_version SET folding = 0")
    set_up(say=said.append)
    assert breakdowns() == stored != []
    assert any("重新计算" in line for line in said)


@pytest.mark.long
def test_init_leaves_what_is_there_alone(report: Report) -> None:
    report("reviews", "区人社局", "2023-01", [REVIEW], "2023-02-03")
    said: list[str] = []
    set_up(say=said.append)
    assert not any("重新计算" in line for line in said)
