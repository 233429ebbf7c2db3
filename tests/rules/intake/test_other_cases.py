"""A number that was given to two different cases is told from one case that is reported again."""

import pandas as pd

from catalogue.datasets import DATASETS
from rules.intake.other_cases import is_numbered_anew, other_cases

HELP = DATASETS["help_cases"]


def ledger(*rows: tuple[str | None, str | None, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["help_code", "received_on", "client", "matter"])
    return frame.assign(received_on=pd.to_datetime(frame["received_on"]))


JUNE = ledger(
    ("1", "2023-06-03", "张某某", "高龄津贴申请"),
    ("2", "2023-06-08", "李某某", "高龄津贴申请"),
    ("A7", "2023-06-20", "石料场", "用地预审"),
)


def met(*rows: tuple[str | None, str | None, str, str]) -> list[tuple[int, int, str]]:
    return [(other.record, other.accepted, other.field.label) for other in other_cases(HELP, ledger(*rows), JUNE)]


def test_the_same_number_received_on_another_day_is_another_case_though_client_and_matter_are_alike() -> None:
    assert met(("1", "2023-07-03", "张某某", "高龄津贴申请")) == [(0, 0, "受理日期")]


def test_the_same_number_and_day_for_another_client_is_another_case() -> None:
    assert met(("2", "2023-06-08", "兰岭建材有限公司", "高龄津贴申请")) == [(0, 1, "服务对象")]


def test_an_open_case_reported_again_is_the_same_case() -> None:
    assert met(("A7", "2023-06-20", "石料场", "用地预审")) == []


def test_a_subject_worded_anew_and_a_blank_day_do_not_make_another_case() -> None:
    assert met(("A7", None, "石料场扩建项目", "用地预审意见")) == []


def test_a_new_number_and_a_blank_number_meet_nothing() -> None:
    assert met(("9", "2023-07-03", "张某某", "登记"), (None, "2023-07-03", "张某某", "登记")) == []


def test_a_ledger_numbers_anew_where_most_numbers_it_shares_are_other_cases() -> None:
    july = ledger(
        ("1", "2023-07-03", "甲", "登记"), ("2", "2023-07-08", "乙", "登记"), ("3", "2023-07-09", "丙", "登记")
    )
    assert is_numbered_anew(HELP, july, JUNE, len(other_cases(HELP, july, JUNE)))


def test_one_mistyped_number_does_not_make_a_ledger_that_numbers_anew() -> None:
    july = ledger(("1", "2023-07-03", "甲", "登记"), ("A7", "2023-06-20", "石料场", "用地预审"))
    others = other_cases(HELP, july, JUNE)
    assert len(others) == 1 and not is_numbered_anew(HELP, july, JUNE, len(others))
