"""remind, notice: the contract of supervision_cli.md in a district that has reported nothing yet."""

from datetime import date

import pytest

from services.board.scorecard import assess
from services.reporting.reports import Reporting, reports_owed
from tests.commands.conftest import Run

UNIT, DAY = "区人社局", "2023-08-22"


def items(run: Run, as_of: str = DAY, unit: str = UNIT) -> dict[str, dict]:
    answer = run("remind", "--as-of", as_of, "--unit", unit, "--json")
    assert answer.status == 0, answer.stderr
    [reminder] = answer.json["units"]
    return {item["matter"]: item for item in reminder["items"]}


def send(run: Run, *matters: str, level: str = "remind", reply_by: str = "2023-08-25", at: str = f"{DAY}T09:00"):  # noqa: ANN201
    return run(
        "notice", "send", "--unit", "人社局", "--level", level, "--matter", *matters, "--reply-by", reply_by,
        "--at", at, "--json",
    )  # fmt: skip


def test_what_stands_against_a_unit_is_what_the_board_and_the_duty_to_report_say(run: Run) -> None:
    matters = items(run)
    lamps = {
        f"measure:{lamp.measure}": lamp.lamp.value
        for lamp in assess(date.fromisoformat(DAY), unit=UNIT).lamps
        if lamp.lamp.value in ("overdue", "due_soon")
    }
    missing = {
        f"report:{line.dataset}:{line.month}"
        for line in reports_owed(date.fromisoformat(DAY), unit=UNIT)
        if line.status is Reporting.MISSING
    }
    assert {code: item["lamp"] for code, item in matters.items() if code.startswith("measure:")} == lamps
    assert {code for code, item in matters.items() if item["lamp"] == "not_reported"} == missing
    assert lamps and missing
    assert {item["suggest"] for item in matters.values()} == {"remind"}


def test_a_report_to_come_is_there_from_three_working_days_before_its_due_day(run: Run) -> None:
    assert "report:progress:2023-08" not in items(run, "2023-08-30")
    assert items(run, "2023-08-31")["report:progress:2023-08"] == {
        "matter": "report:progress:2023-08",
        "due": "2023-09-05",
        "lamp": "due_soon",
        "days": 3,
        "suggest": "remind",
    }
    assert items(run, "2023-09-06")["report:progress:2023-08"]["days"] == -1


@pytest.mark.long
def test_a_rectification_that_is_late_is_a_matter_and_goes_up_step_by_step(run: Run) -> None:
    run(
        "rectification",
        "open",
        "--unit",
        UNIT,
        "--issue",
        "无人接听",
        "--days",
        3,
        "--at",
        "2023-08-10T09:00",
        "--json",
    )
    matter = "rectification:2023-1"

    def suggested(as_of: str) -> str:
        return items(run, as_of)[matter]["suggest"]

    assert items(run)[matter]["days"] == -5
    assert suggested(DAY) == "remind"
    assert send(run, matter).json == {
        "number": "2023-1",
        "unit": UNIT,
        "level": "remind",
        "matters": [matter],
        "reply_by": "2023-08-25",
        "file": None,
    }
    assert (suggested("2023-08-25"), suggested("2023-08-26")) == ("wait", "supervise")
    assert send(run, matter, level="supervise", reply_by="2023-09-01", at="2023-08-28T09:00").json["number"] == "2023-2"
    assert (suggested("2023-09-01"), suggested("2023-09-02")) == ("wait", "bulletin")


def test_a_notice_is_received_once_and_settled_when_its_matters_no_longer_stand(run: Run) -> None:
    run(
        "rectification",
        "open",
        "--unit",
        UNIT,
        "--issue",
        "无人接听",
        "--days",
        3,
        "--at",
        "2023-08-10T09:00",
        "--json",
    )
    send(run, "rectification:2023-1")
    received = run("notice", "receive", "2023-1", "--unit", "人社局", "--at", "2023-08-23T10:00", "--json")
    assert received.status == 0, received.stderr
    again = run("notice", "receive", "2023-1", "--unit", UNIT, "--at", "2023-08-23T11:00", "--json")
    assert (again.status, again.stderr) == (2, "通知 2023-1 已于 2023-08-23 10:00 由管理局（命令行）签收。\n")
    run("rectification", "answer", "2023-1", "--text", "已改", "--at", "2023-08-24T10:00", "--json")
    run("rectification", "review", "2023-1", "--accept", "--at", "2023-08-25T10:00", "--json")

    def standing(as_of: str) -> list[tuple]:
        listed = run("notice", "list", "--as-of", as_of, "--unit", UNIT, "--json").json["notices"]
        return [(notice["number"], notice["sent_on"], notice["received_on"], notice["settled"]) for notice in listed]

    assert standing("2023-08-21") == []
    assert standing(DAY) == [("2023-1", DAY, None, False)]
    assert standing("2023-08-24") == [("2023-1", DAY, "2023-08-23", False)]
    assert standing("2023-08-25") == [("2023-1", DAY, "2023-08-23", True)]
    assert run("notice", "list", "--as-of", DAY, "--unit", "区住建局", "--json").json == {"notices": []}


@pytest.mark.parametrize(
    ("matters", "reply_by", "sentence"),
    [
        (("rectification:2023-9",), "2023-08-25", "区人社局没有事项 rectification:2023-9，现有："),
        (("ticket:GD1",), "2023-08-25", "事项“ticket:GD1”不能识别，应写成 measure:1.2.1、"),
        (("measure:1.2.1",), DAY, "答复期限（2023-08-22）应晚于发出当天（2023-08-22）。"),
    ],
)
def test_a_notice_that_cannot_be_sent_is_refused_and_nothing_stored(
    run: Run, matters: tuple[str, ...], reply_by: str, sentence: str
) -> None:
    answer = send(run, *matters, reply_by=reply_by)
    assert answer.status == 2
    assert answer.stderr.startswith(sentence)
    assert run("notice", "list", "--as-of", "2023-12-31", "--json").json == {"notices": []}


def test_another_units_notice_cannot_be_received(run: Run) -> None:
    run(
        "rectification",
        "open",
        "--unit",
        UNIT,
        "--issue",
        "无人接听",
        "--days",
        3,
        "--at",
        "2023-08-10T09:00",
        "--json",
    )
    send(run, "rectification:2023-1")
    answer = run("notice", "receive", "2023-1", "--unit", "区住建局", "--json")
    assert (answer.status, answer.stderr) == (2, "通知 2023-1 不是发给区住建局的。\n")


def test_a_notice_whose_file_could_not_be_written_is_not_sent(run: Run) -> None:
    matter = next(iter(items(run)))
    answer = run(
        "notice", "send", "--unit", UNIT, "--level", "remind", "--matter", matter, "--reply-by", "2023-08-25",
        "--at", f"{DAY}T09:00", "--out", "/没有这个目录/督办单.docx", "--json",
    )  # fmt: skip
    assert (answer.status, answer.json) == (2, None) and "不能写入" in answer.stderr
    assert run("notice", "list", "--as-of", "2023-12-31", "--json").json == {"notices": []}
