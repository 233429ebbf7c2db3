"""rectification: the contract of supervision_cli.md, and every refusal with its sentence and nothing stored."""

import threading
from datetime import date
from pathlib import Path

import pytest

from models.people import Person, Role
from rules.as_of import parse_instant
from services.access.current_user import acting_as
from services.rectifications.acts import Opening, open_rectification
from services.rectifications.course import answer_file, rectification_course
from services.rectifications.ledger import rectifications_as_of
from tests.commands.conftest import Run
from tests.commands.files import Answer

UNIT = "区人社局"
OPENED = "2023-09-26T09:00"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def opened(run: Run) -> Answer:
    answer = run(
        "rectification", "open", "--unit", "人社局", "--issue", "窗口电话无人接听", "--source", "measure:1.3.2",
        "--at", OPENED, "--json",
    )  # fmt: skip
    assert answer.status == 0, answer.stderr
    return answer


def listed(run: Run, as_of: str, *arguments: str) -> dict:
    return run("rectification", "list", "--as-of", as_of, *arguments, "--json").json


def act(run: Run, *arguments: object) -> Answer:
    return run("rectification", *arguments, "--json")


def test_one_opened_without_a_day_is_due_in_ten_working_days(opened: Answer) -> None:
    assert opened.json == {
        "number": "2023-1",
        "unit": UNIT,
        "due": "2023-10-16",
        "lamp": "on_track",
        "state": "open",
    }


def test_the_list_is_the_one_of_the_contract(run: Run, opened: Answer) -> None:
    assert listed(run, "2023-10-12") == {
        "as_of": "2023-10-12",
        "counts": {"on_track": 1},
        "rectifications": [
            {
                "number": "2023-1",
                "unit": UNIT,
                "issue": "窗口电话无人接听",
                "source": "measure:1.3.2",
                "opened_on": "2023-09-26",
                "due": "2023-10-16",
                "due_first": "2023-10-16",
                "state": "open",
                "lamp": "on_track",
                "answered_on": None,
                "closed_on": None,
                "returns": 0,
                "extensions": 0,
                "days": 2,
            }
        ],
    }
    assert listed(run, "2023-09-25")["rectifications"] == []
    assert listed(run, "2023-10-12", "--unit", "区住建局")["rectifications"] == []


@pytest.mark.long
def test_a_whole_course_is_told_as_of_any_day(run: Run, opened: Answer, tmp_path: Path) -> None:
    proof = tmp_path / "值班表.pdf"
    proof.write_bytes(PDF)
    extension = ("--until", "2023-10-20", "--reason", "设备采购", "--applied", "2023-10-16")
    first = ("--text", "已增设座席", "--completed", "2023-10-18", "--cause", "人员", "--file", proof)
    steps = [
        ("extend", "2023-1", *extension, "--at", "2023-10-17T10:00"),
        ("answer", "2023-1", *first, "--at", "2023-10-18T10:00"),
        ("review", "2023-1", "--return", "没有值班记录", "--at", "2023-10-19T10:00"),
        ("answer", "2023-1", "--text", "补值班记录", "--at", "2023-10-20T23:59:59"),
        ("answer", "2023-1", "--text", "再补一页", "--at", "2023-10-23T08:00"),
        ("review", "2023-1", "--accept", "--at", "2023-11-06T10:00"),
        ("reopen", "2023-1", "--due", "2023-11-30", "--reason", "回访又无人接听", "--at", "2023-11-20T10:00"),
        ("withdraw", "2023-1", "--reason", "号码已停用，经批准终止", "--at", "2023-12-04T10:00"),
    ]  # fmt: skip
    answers = [act(run, *step) for step in steps]
    assert [(answer.status, answer.stderr) for answer in answers] == [(0, "")] * len(steps)
    assert [answer.json["state"] for answer in answers] == [
        "open", "answered", "open", "answered", "answered", "closed", "open", "withdrawn",
    ]  # fmt: skip
    story = [
        ("2023-10-16", "open", "due_soon", "2023-10-16"),
        ("2023-10-17", "open", "on_track", "2023-10-20"),
        ("2023-10-18", "answered", "to_verify", "2023-10-20"),
        ("2023-10-19", "open", "due_soon", "2023-10-20"),
        ("2023-10-31", "answered", "to_verify", "2023-10-20"),
        ("2023-11-06", "closed", "done", "2023-10-20"),
        ("2023-11-20", "open", "on_track", "2023-11-30"),
        ("2023-12-01", "open", "overdue", "2023-11-30"),
        ("2023-12-04", "withdrawn", "not_applicable", "2023-11-30"),
    ]
    for as_of, *expected in story:
        [item] = listed(run, as_of)["rectifications"]
        assert [item["state"], item["lamp"], item["due"]] == expected, as_of
    [closed] = listed(run, "2023-11-06")["rectifications"]
    assert (closed["answered_on"], closed["closed_on"], closed["days"]) == ("2023-10-20", "2023-11-06", None)
    assert (closed["returns"], closed["extensions"], closed["due_first"]) == (1, 1, "2023-10-16")
    assert listed(run, "2023-12-04")["counts"] == {}


def test_the_files_of_an_answer_are_kept_and_given_again(run: Run, opened: Answer, tmp_path: Path) -> None:
    proof = tmp_path / "值班表.pdf"
    proof.write_bytes(PDF)
    act(run, "answer", "2023-1", "--text", "已增设座席", "--file", proof, "--at", "2023-10-09T10:00")
    [entry] = rectification_course("2023-1", date(2023, 10, 9)).entries
    [file] = entry.files
    assert answer_file(file.number) == ("值班表.pdf", PDF)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("open", "--unit", "区卫健委", "--issue", "无人接听"), "单位名册中没有“区卫健委”，请先在单位名册中登记。"),
        (("open", "--unit", UNIT, "--issue", " "), "请写明要整改的问题。"),
        (
            ("open", "--unit", UNIT, "--issue", "无人接听", "--due", "2023-09-26", "--at", OPENED),
            "时限（2023-09-26）应晚于立项日期（2023-09-26）。",
        ),
        (("open", "--unit", UNIT, "--issue", "无人接听", "--days", "0"), "整改时限应为 1 至 250 个工作日。"),
        (
            ("open", "--unit", UNIT, "--issue", "无人接听", "--source", "measure:9.9.9"),
            "方案中没有举措“9.9.9”，举措编号形如 1.2.2。",
        ),
        (
            ("open", "--unit", UNIT, "--issue", "无人接听", "--source", f"lead:{'长' * 2000}"),
            "最多写 2000 个字，现有 2005 个字，请精简或作为附件上传。",
        ),
        (("answer", "2023-7", "--text", "已改"), "没有编号为 2023-7 的整改事项。"),
        (("answer", "7", "--text", "已改"), "“7”不是整改编号，编号形如 2023-1。"),
        (
            ("answer", "2023-1", "--text", "已改", "--cause", "粗心"),
            "没有名为“粗心”的原因，可用：人员、流程、系统、数据、资源、其他。",
        ),
        (("review", "2023-1", "--accept"), "责任单位尚未答复，无可复核；答复后再复核。"),
        (("review", "2023-1", "--accept", "--due", "2023-12-01"), "只有退回时可以另定时限，销号不写 --due。"),
        (
            ("extend", "2023-1", "--until", "2023-10-31", "--reason", "停电", "--at", "2023-10-17T00:00"),
            "延期应在时限（2023-10-16）当天或以前申请，2023-10-17 申请已经逾期，不能延期。",
        ),
        (
            ("extend", "2023-1", "--until", "2023-10-16", "--reason", "停电", "--at", "2023-10-10T00:00"),
            "延期后的时限应晚于现时限（2023-10-16）。",
        ),
        (("reopen", "2023-1", "--due", "2023-12-01", "--reason", "反弹"), "只有已销号的才能重新整改，目前为待整改。"),
        (("withdraw", "2023-1", "--reason", ""), "请写明终止理由。"),
        (
            ("withdraw", "2023-1", "--reason", "误立", "--at", "2023-09-26T08:59"),
            "2023-09-26 09:00 已有记录，补录的时间（2023-09-26 08:59）不能早于它；请按先后次序补录。",
        ),
        (("list", "--unit", "区卫健委"), "单位名册中没有“区卫健委”，请先在单位名册中登记。"),
    ],
)  # fmt: skip
def test_what_is_refused_gets_one_sentence_and_stores_nothing(
    run: Run, opened: Answer, arguments: tuple[str, ...], sentence: str
) -> None:
    before = listed(run, "2030-01-01")
    answer = act(run, *arguments)
    assert (answer.status, answer.json, answer.stderr) == (2, None, sentence + "\n")
    assert listed(run, "2030-01-01") == before


@pytest.mark.parametrize("source", ["notice:2022-1", "bulletin:2022-9", "case:tickets:GD0691"])
def test_a_source_may_be_a_paper_from_before_the_board_or_a_case_of_a_ledger_still_to_come(
    run: Run, opened: Answer, source: str
) -> None:
    answer = act(run, "open", "--unit", UNIT, "--issue", "又", "--source", source, "--at", "2023-10-18T09:00")
    assert answer.status == 0, answer.stderr


def test_the_second_of_two_reviewers_is_told_who_was_first(run: Run, opened: Answer) -> None:
    act(run, "answer", "2023-1", "--text", "已改", "--at", "2023-10-09T10:00")
    act(run, "review", "2023-1", "--accept", "--at", "2023-10-10T10:00")
    answer = act(run, "review", "2023-1", "--return", "不实", "--at", "2023-10-10T10:05")
    assert (answer.status, answer.stderr) == (
        2,
        "该事项已于 2023-10-10 销号，不能再复核退回（最近一次：2023-10-10 10:00 管理局（命令行）复核通过，销号）。\n",
    )


def test_a_file_that_is_no_proof_is_refused_with_the_answer(run: Run, opened: Answer, tmp_path: Path) -> None:
    program = tmp_path / "整改.pdf"
    program.write_bytes(b"MZ\x90\x00")
    answer = act(run, "answer", "2023-1", "--text", "已改", "--file", program, "--at", "2023-10-09T10:00")
    assert answer.status == 2
    assert "不是可以作为证明材料的文件" in answer.stderr
    assert listed(run, "2023-10-09")["rectifications"][0]["state"] == "open"


def test_numbers_run_by_year_and_never_collide(run: Run, district: str) -> None:
    """Eight people at once."""
    numbers: list[str] = []

    def open_one(name: str) -> None:
        with acting_as(Person(name, Role.INSPECTOR)):
            numbers.append(open_rectification(Opening(UNIT, name), at=parse_instant("2023-10-09T10:00")).number)

    threads = [threading.Thread(target=open_one, args=(f"问题 {n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == sorted(f"2023-{n}" for n in range(1, 9))
    answer = act(run, "open", "--unit", UNIT, "--issue", "又一年", "--due", "2024-01-20", "--at", "2024-01-05T09:00")
    assert answer.json["number"] == "2024-1"


def test_a_day_off_is_told_and_not_moved(run: Run) -> None:
    answer = run(
        "rectification", "open", "--unit", UNIT, "--issue", "无人接听", "--due", "2023-10-01", "--at", OPENED, "--json"
    )
    assert answer.json["due"] == "2023-10-01"


def test_one_about_a_measure_that_was_put_right_before_is_told_as_repeated(run: Run, opened: Answer) -> None:
    act(run, "answer", "2023-1", "--text", "已改", "--at", "2023-10-09T10:00")
    act(run, "review", "2023-1", "--accept", "--at", "2023-10-10T10:00")
    for issue, at in (("又无人接听", "2023-10-11T10:00"), ("又又无人接听", "2023-10-12T10:00")):
        act(run, "open", "--unit", UNIT, "--issue", issue, "--source", "measure:1.3.2", "--at", at)
    act(
        run,
        "open",
        "--unit",
        "区住建局",
        "--issue",
        "无人接听",
        "--source",
        "measure:1.3.2",
        "--at",
        "2023-10-13T10:00",
    )
    ledger = rectifications_as_of(date(2023, 10, 13))
    assert [item.repeats for item in ledger.rectifications] == [None, "2023-1", "2023-1", None]
