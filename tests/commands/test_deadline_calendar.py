"""ics, todo, pack: one event for each deadline, the same for the same day, moved and not doubled; what waits."""

from datetime import date
from pathlib import Path

import icalendar
import pytest

from models.people import Role
from tests.commands.conftest import Run

UNIT, DAY = "区人社局", "2023-08-22"


def events(run: Run, as_of: str = DAY, unit: str = UNIT) -> dict[str, dict]:
    answer = run("ics", "--unit", unit, "--as-of", as_of, "--json")
    assert answer.status == 0, answer.stderr
    listed = {event["uid"]: event for event in answer.json["events"]}
    assert len(listed) == len(answer.json["events"])
    return listed


def open_one(run: Run, *arguments: str) -> None:
    opened = run("rectification", "open", "--unit", UNIT, "--issue", "无人接听", *arguments, "--json")
    assert opened.status == 0, opened.stderr


def code_to_event(run: Run, kind: str, as_of: str = DAY) -> dict[str, dict]:
    return {event["code"]: event for event in events(run, as_of).values() if event["kind"] == kind}


def test_there_is_an_event_for_each_task_without_a_doubt_and_for_each_month_of_reports(run: Run) -> None:
    tasks = code_to_event(run, "task")
    assert tasks["1.3"]["day"] == "2023-07-30"
    assert {"2.1", "5.1"}.isdisjoint(tasks)  # in doubt
    reports = code_to_event(run, "report")
    assert list(reports) == [f"2023-{month:02d}" for month in range(1, 13)]
    assert (reports["2023-07"]["day"], reports["2023-09"]["day"]) == ("2023-08-07", "2023-10-07")
    assert reports["2023-12"]["day"] == "2024-01-05"


def test_a_ruling_on_the_deadline_moves_the_event_and_does_not_double_it(run: Run) -> None:
    before = code_to_event(run, "task")["1.3"]
    run("settle", "1.3", "--deadline", "2023-09-30", "--reason", "会议确定", "--at", "2023-08-20T09:00", "--json")
    after = code_to_event(run, "task")["1.3"]
    assert (after["uid"], after["day"]) == (before["uid"], "2023-09-30")
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert code_to_event(run, "task", "2023-08-19")["1.3"] == before


@pytest.mark.long
def test_a_rectification_moves_with_each_new_due_day_and_is_cancelled_when_it_is_withdrawn(run: Run) -> None:
    open_one(run, "--due", "2023-08-25", "--at", "2023-08-10T09:00")
    number, extended = "2023-1", ("--until", "2023-08-31", "--reason", "停电")
    run("rectification", "extend", number, *extended, "--at", "2023-08-21T09:00", "--json")
    event = code_to_event(run, "rectification")[number]
    assert (event["day"], event["sequence"], event["status"]) == ("2023-08-31", 1, "CONFIRMED")
    run("rectification", "withdraw", number, "--reason", "误立", "--at", "2023-08-23T09:00", "--json")
    assert code_to_event(run, "rectification", "2023-08-23")[number]["status"] == "CANCELLED"
    assert code_to_event(run, "rectification")[number]["status"] == "CONFIRMED"


def test_a_due_day_in_a_year_without_a_calendar_has_no_event_and_is_told(run: Run) -> None:
    open_one(run, "--due", "2029-08-25", "--at", "2023-08-10T09:00")
    answer = run("ics", "--unit", UNIT, "--as-of", DAY, "--json")
    assert answer.json["left_out"] == [{"kind": "rectification", "code": "2023-1", "year": 2029}]
    assert code_to_event(run, "rectification") == {}


def test_the_file_is_read_by_the_library_and_imported_twice_holds_each_event_once(run: Run, tmp_path: Path) -> None:
    open_one(run, "--due", "2023-08-25", "--at", "2023-08-10T09:00")
    out = tmp_path / "期限.ics"
    answers = [run("ics", "--unit", UNIT, "--as-of", DAY, "--out", out, "--json") for _ in range(2)]
    assert answers[0].json == answers[1].json
    diary: dict[str, icalendar.Event] = {}
    for _ in range(2):
        for event in icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT"):
            diary[str(event["UID"])] = event
    assert {uid: (event["DTSTART"].dt.isoformat(), event["SEQUENCE"]) for uid, event in diary.items()} == {
        uid: (event["day"], event["sequence"]) for uid, event in events(run).items()
    }
    assert not any(UNIT in str(event["UID"]) for event in diary.values())


def test_the_calendar_of_all_holds_a_task_once_and_everything_else_of_every_unit(run: Run) -> None:
    open_one(run, "--due", "2023-08-25", "--at", "2023-08-10T09:00")
    answer = run("ics", "--all", "--as-of", DAY, "--json")
    every = {event["uid"] for event in answer.json["events"]}
    tasks = [event["code"] for event in answer.json["events"] if event["kind"] == "task"]
    assert len(tasks) == len(set(tasks))
    assert {uid for uid, event in events(run).items() if event["kind"] != "task"} < every


def test_a_unit_is_told_what_it_has_to_do_the_oldest_first(run: Run) -> None:
    open_one(run, "--due", "2023-08-25", "--at", "2023-08-10T09:00")
    run(
        "notice", "send", "--unit", UNIT, "--level", "remind", "--matter", "measure:1.2.1", "--reply-by", "2023-08-28",
        "--at", "2023-08-22T09:00", "--json",
    )  # fmt: skip
    answer = run("todo", "--role", "unit", "--unit", UNIT, "--as-of", DAY, "--json")
    assert answer.json["role"] == "unit"
    items = answer.json["items"]
    assert [item["since"] for item in items if item["since"]] == sorted(
        item["since"] for item in items if item["since"]
    )
    assert {
        "what": "rectification-open",
        "code": "2023-1",
        "unit": UNIT,
        "due": "2023-08-25",
        "since": "2023-08-10",
    } in items
    assert {"what": "notice-to-receive", "code": "2023-1", "unit": UNIT, "due": "2023-08-28", "since": DAY} in items
    assert "report-missing" in {item["what"] for item in items}


def test_an_answer_waits_for_bureau_and_inspector_until_it_is_reviewed(run: Run) -> None:
    open_one(run, "--due", "2023-08-25", "--at", "2023-08-10T09:00")
    run("rectification", "answer", "2023-1", "--text", "已改", "--at", "2023-08-14T09:00", "--json")

    def waiting(role: Role, as_of: str) -> list[dict]:
        items = run("todo", "--role", role.value, "--as-of", as_of, "--json").json["items"]
        return [item for item in items if item["what"] == "answer-to-review"]

    expected = {"what": "answer-to-review", "code": "2023-1", "unit": UNIT, "due": "2023-08-21", "since": "2023-08-14"}
    assert waiting(Role.INSPECTOR, DAY) == waiting(Role.BUREAU, DAY) == [expected]
    run("rectification", "review", "2023-1", "--accept", "--at", "2023-08-23T09:00", "--json")
    assert waiting(Role.INSPECTOR, "2023-08-23") == []


def test_a_notice_that_nobody_receives_is_told_to_the_bureau_after_two_working_days(run: Run) -> None:
    run(
        "notice", "send", "--unit", UNIT, "--level", "remind", "--matter", "measure:1.2.1", "--reply-by", "2023-08-28",
        "--at", "2023-08-22T09:00", "--json",
    )  # fmt: skip

    def unreceived(as_of: str) -> list[str]:
        items = run("todo", "--role", "bureau", "--as-of", as_of, "--json").json["items"]
        return [item["code"] for item in items if item["what"] == "notice-not-received"]

    assert (unreceived("2023-08-24"), unreceived("2023-08-25")) == ([], ["2023-1"])


def test_the_pack_tells_what_was_promised_and_asks_about_what_is_silent(run: Run) -> None:
    open_one(run, "--due", "2023-08-18", "--source", "instruction:区长办公会", "--at", "2023-08-01T09:00")
    answer = run("pack", "--as-of", DAY, "--since", "2023-07-22", "--unit", UNIT, "--json")
    [page] = answer.json["units"]
    [commitment] = page["commitments"]
    assert (commitment["number"], commitment["lamp"], commitment["kept"]) == ("2023-1", "overdue", False)
    assert page["rectifications"][0]["number"] == "2023-1"
    assert page["lamps"]["now"] != page["lamps"]["before"]
    assert {"overdue-without-progress", "not-reported-twice"} <= {question["rule"] for question in page["questions"]}
    assert all(question["link"].startswith("/") and question["text"] for question in page["questions"])


def test_a_pack_needs_an_earlier_meeting(run: Run) -> None:
    answer = run("pack", "--as-of", DAY, "--since", DAY, "--json")
    assert (answer.status, answer.stderr) == (2, f"上次会议（{DAY}）应早于截至日期（{date.fromisoformat(DAY)}）。\n")


def test_whose_list_is_wanted_must_be_said(run: Run) -> None:
    answer = run("todo", "--role", "unit", "--as-of", DAY, "--json")
    assert (answer.status, answer.stderr) == (2, "请用 --unit 写明是哪个单位的待办。\n")
