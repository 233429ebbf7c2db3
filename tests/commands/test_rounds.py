"""round, meeting, talk, instruction: entered and listed from the command line, as docs/cli.md has them; the to-do of
inspectors and the pack follow.
"""

from collections.abc import Sequence

import pytest

from tests.commands.conftest import Run
from tests.commands.files import Answer

UNIT, OTHER = "区人社局", "东关街道"
PLAN = (
    "round", "plan", "--name", "八月督查", "--kind", "special", "--from", "2023-08-28", "--to", "2023-08-30",
    "--units", "人社局", OTHER, "--leader", "李样", "--areas", "hotline", "--tasks", "1.2",
)  # fmt: skip
AT = ("--at", "2023-08-22T09:00", "--json")


def answered(run: Run, *words: str) -> dict:
    answer = run(*words)
    assert answer.status == 0, answer.stderr
    return answer.json


def todo(run: Run, as_of: str) -> list[dict]:
    items: Sequence[dict] = answered(run, "todo", "--role", "inspector", "--as-of", as_of, "--json")["items"]
    return [item for item in items if item["what"].startswith("round")]


def test_a_round_goes_its_way_and_is_listed_as_it_stood_on_each_day(run: Run) -> None:
    planned = answered(run, *PLAN, *AT)
    assert (planned["number"], planned["state"], planned["units"]) == ("2023-1", "planned", [UNIT, OTHER])
    assert planned["told"] == []
    answered(run, "round", "start", "2023-1", "--at", "2023-08-28T09:00", "--json")
    over = answered(
        run, "round", "conclude", "2023-1", "--conclusion", "人社局=规范", f"{OTHER}=已交办",
        "--at", "2023-08-30T17:00", "--json",
    )  # fmt: skip
    assert over["conclusions"] == {UNIT: "规范", OTHER: "已交办"}
    states = [
        answered(run, "round", "list", "--as-of", day, "--json")["rounds"][0]["state"]
        for day in ("2023-08-27", "2023-08-28", "2023-08-30")
    ]
    assert states == ["planned", "under-way", "concluded"]


def test_a_round_that_has_not_begun_is_changed_by_what_is_typed_alone(run: Run) -> None:
    planned = answered(run, *PLAN, *AT)
    changed = answered(
        run, "round", "change", "2023-1", "--to", "2023-08-31", "--sealed", "--at", "2023-08-23", "--json"
    )
    assert changed == planned | {"to": "2023-08-31", "sealed": True}


def test_a_second_visit_of_the_same_kind_is_told_and_a_dry_run_stores_nothing(run: Run) -> None:
    answered(run, *PLAN, *AT)
    tried = answered(run, *PLAN, "--dry-run", "--json")
    assert tried["number"] is None and len(tried["told"]) == 2
    assert len(answered(run, "round", "list", "--as-of", "2023-08-22", "--json")["rounds"]) == 1


def test_inspectors_have_a_round_in_their_to_do_from_five_working_days_before_it_until_it_is_concluded(
    run: Run,
) -> None:
    answered(run, *PLAN, *AT)
    assert todo(run, "2023-08-22") == [
        {"what": "round-near", "code": "2023-1", "unit": None, "due": "2023-08-28", "since": None}
    ]
    answered(run, *PLAN, "--from", "2023-09-25", "--to", "2023-09-26", *AT)
    assert [item["code"] for item in todo(run, "2023-08-22")] == ["2023-1"]
    answered(run, "round", "start", "2023-1", "--at", "2023-08-28T09:00", "--json")
    assert todo(run, "2023-08-30") == []
    assert [item["what"] for item in todo(run, "2023-08-31")] == ["round-to-conclude"]


def test_what_is_taken_on_at_a_meeting_in_a_talk_or_by_written_words_is_in_the_pack_as_promised(run: Run) -> None:
    answered(run, "meeting", "call", "--name", "八月调度", "--day", "2023-08-21", "--units", UNIT,
             "--at", "2023-08-14T09:00", "--json")  # fmt: skip
    promised = answered(run, "meeting", "commit", "2023-1", "--unit", UNIT, "--text", "增设座席",
                        "--due", "2023-08-31", *AT)  # fmt: skip
    assert promised == {"number": "2023-1", "unit": UNIT, "due": "2023-08-31"}
    talk = answered(run, "talk", "record", "--unit", UNIT, "--day", "2023-08-22", "--attendees", "李样、王样",
                    "--reason", "逾期", "--text", "限期", "--promise", "2023-09-01=报整改方案", *AT)  # fmt: skip
    words = answered(run, "instruction", "enter", "--leader", "区长", "--day", "2023-08-22", "--text", "请抓紧",
                     "--units", UNIT, "--due", "2023-09-05", "--measure", "1.2.1", *AT)  # fmt: skip
    assert (talk["commitments"][0]["number"], words["rectifications"][0]["number"]) == ("2023-2", "2023-3")
    pack = answered(run, "pack", "--as-of", "2023-09-11", "--since", "2023-08-21", "--unit", UNIT, "--json")
    commitments = {item["number"]: (item["source"], item["kept"]) for item in pack["units"][0]["commitments"]}
    assert commitments == {
        "2023-1": ("instruction:会议 2023-1", False),
        "2023-2": ("instruction:约谈 2023-1", False),
        "2023-3": ("instruction:批示 2023-1", False),
    }
    for name, key in (("meeting", "meetings"), ("talk", "talks"), ("instruction", "instructions")):
        assert len(answered(run, name, "list", "--as-of", "2023-08-22", "--json")[key]) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((*PLAN, "--to", "2023-08-01", "--json"), "不能早于开始日期"),
        (("round", "start", "2023-9", "--json"), "没有编号为 2023-9 的督查轮次"),
        (("round", "conclude", "2023-9", "--conclusion", "人社局", "--json"), "“人社局”应写成“单位=结论”"),
        (("meeting", "commit", "一", "--unit", UNIT, "--text", "改", "--due", "2023-09-01", "--json"), "不是会议编号"),
        (
            ("talk", "record", "--unit", UNIT, "--day", "2023-08-22", "--attendees", "李", "--reason", "因",
             "--text", "谈", "--promise", "月底=改", "--json"),
            "日期“月底”不能识别",
        ),
        (
            ("instruction", "enter", "--leader", "区长", "--day", "2023-08-22", "--text", "办", "--units", "没有局",
             "--due", "2023-09-05", "--json"),
            "单位名册中没有“没有局”",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_with_one_sentence(run: Run, words: Sequence[str], sentence: str) -> None:
    answer: Answer = run(*words)
    assert answer.status == 2 and sentence in answer.stderr and answer.stderr.count("\n") == 1
