"""bulletin: the contract of supervision_cli.md, and its refusals."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.commands.conftest import Run

KEYS = {
    "as_of", "compared", "reports", "lamps", "tasks", "areas", "indicators", "overdue", "missing", "ranking",
    "unranked", "rectifications", "spot_checks", "changes",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _without_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.bulletins.printing.chinese_font", lambda: None)


DRAFT = ("bulletin", "draft", "--as-of", "2023-09-13", "--at", "2023-09-14T09:00", "--json")


def drafted(run: Run, *more: object) -> dict:
    answer = run(*DRAFT, *more)
    assert answer.status == 0, answer.stderr
    return answer.json


def issued(run: Run) -> dict:
    number = drafted(run)["id"]
    for step, at in (("submit", "2023-09-14T10:00"), ("co-sign", "2023-09-15T09:00"), ("issue", "2023-09-20T09:00")):
        answer = run("bulletin", step, number, "--at", at, "--json")
        assert answer.status == 0, answer.stderr
    return answer.json


def test_a_draft_tells_figures_digest_and_files_and_writes_them(run: Run, tmp_path: Path) -> None:
    answer = drafted(run, "--out", tmp_path / "通报")
    assert set(answer) == {"id", "state", "figures", "digest", "files", "warnings"}
    assert answer["state"] == "draft" and set(answer["figures"]) == KEYS
    text = json.dumps(answer["figures"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert answer["digest"] == hashlib.sha256(text.encode()).hexdigest()
    written = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "通报").iterdir()}
    assert written == {file["name"]: file["sha256"] for file in answer["files"]}
    assert answer["warnings"] == ["服务器没有安装中文字体，未生成图；文档中没有图。"]


@pytest.mark.long
def test_the_same_draft_again_has_the_same_digest_and_files(run: Run) -> None:
    first, second = drafted(run), drafted(run)
    assert (first["digest"], first["files"]) == (second["digest"], second["files"])


@pytest.mark.long
def test_each_step_tells_where_it_stands_and_the_issue_its_number(run: Run) -> None:
    answer = issued(run)
    assert {name: answer[name] for name in ("state", "number", "document_number")} == {
        "state": "issued",
        "number": "2023-1",
        "document_number": "区政服督〔2023〕1号",
    }
    shown = run("bulletin", "show", "2023-1", "--json").json
    assert shown["files"] == answer["files"] and shown["digest"] == answer["digest"]


@pytest.mark.long
def test_verify_says_that_all_is_equal_and_lists_what_is_not(run: Run) -> None:
    issued(run)
    assert run("bulletin", "verify", "2023-1", "--json") == run("bulletin", "verify", "2023-1", "--json")
    answer = run("bulletin", "verify", "2023-1", "--json")
    assert answer.status == 0
    assert answer.json == {
        "number": "2023-1",
        "files_intact": True,
        "rendered_equal": True,
        "figures_equal": True,
        "differences": [],
    }
    run(
        "rectification", "open", "--unit", "区人社局", "--issue", "电话无人接听", "--due", "2023-09-12",
        "--at", "2023-09-05T09:00", "--json",
    )  # fmt: skip
    answer = run("bulletin", "verify", "2023-1", "--json")
    assert answer.status == 1
    assert {"where": "rectifications.counts.overdue", "issued": 0, "now": 1} in answer.json["differences"]


@pytest.mark.long
def test_the_list_as_of_a_day_tells_each_bulletin(run: Run) -> None:
    issued(run)
    [listed] = run("bulletin", "list", "--as-of", "2023-09-15", "--json").json["bulletins"]
    assert (listed["state"], listed["number"], listed["as_of"]) == ("co_signed", None, "2023-09-13")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("draft", "--as-of", "2023-09-14"), "最早可在2023-09-15起草"),
        (("draft", "--as-of", "2023-09-13", "--compare", "2023-09-13"), "应早于截至日期"),
        (("draft", "--as-of", "2023-09-13", "--compare", "2022-12-31"), "早于方案年度"),
        (("draft", "--as-of", "2023-09-13", "--compare", "昨天"), "不能识别"),
        (("draft", "--as-of", "2023-09-13", "--corrects", "2023-9"), "没有2023-9号通报"),
        (("submit", "7"), "没有编号为“7”的通报"),
        (("issue", "x"), "不是草稿的编号"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence_and_nothing_is_stored(
    run: Run, arguments: tuple[str, ...], words: str
) -> None:
    answer = run("bulletin", *arguments, "--at", "2023-09-14T09:00", "--json")
    assert answer.status == 2 and words in answer.stderr and answer.stderr.count("\n") == 1 and answer.json is None
    assert run("bulletin", "list", "--json").json == {"bulletins": []}


def test_a_place_where_a_folder_has_the_name_of_a_file_is_refused_and_nothing_is_stored(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "通报.docx").mkdir()
    answer = run(*DRAFT, "--out", tmp_path)
    assert answer.status == 2 and "通报.docx”，请换一个位置" in answer.stderr and answer.stderr.count("\n") == 1
    assert run("bulletin", "list", "--json").json == {"bulletins": []}


@pytest.mark.long
def test_a_time_that_has_not_come_is_refused(run: Run) -> None:
    number = drafted(run)["id"]
    answer = run("bulletin", "submit", number, "--at", "2099-12-31T09:00", "--json")
    assert answer.status == 2 and "还没有到" in answer.stderr and answer.stderr.count("\n") == 1
    assert run("bulletin", "show", number, "--json").json["state"] == "draft"


@pytest.mark.long
def test_a_reason_that_is_too_long_is_refused(run: Run) -> None:
    number = drafted(run)["id"]
    run("bulletin", "submit", number, "--at", "2023-09-14T10:00", "--json")
    answer = run("bulletin", "co-sign", number, "--return", "长" * 1001, "--at", "2023-09-15T09:00", "--json")
    assert answer.status == 2 and "最多写 1000 个字" in answer.stderr


@pytest.mark.long
def test_each_office_has_the_bulletin_in_its_to_do_from_the_day_on_which_it_can_act(run: Run) -> None:
    number = drafted(run)["id"]
    run("bulletin", "submit", number, "--at", "2023-09-15T10:00", "--json")
    run("bulletin", "co-sign", number, "--at", "2023-09-18T10:00", "--json")

    def waits(day: str, role: str, *more: str) -> list[tuple[str, str]]:
        items = run("todo", "--role", role, *more, "--as-of", day, "--json").json["items"]
        return [(item["what"], item["since"]) for item in items if item["what"].startswith("bulletin")]

    assert waits("2023-09-15", "inspector") == [("bulletin-to-co-sign", "2023-09-15")]
    assert waits("2023-09-15", "unit", "--unit", "区人社局") == [("bulletin-to-check", "2023-09-15")]
    assert (waits("2023-09-20", "bureau"), waits("2023-09-21", "bureau")) == ([], [("bulletin-to-issue", "2023-09-21")])


def test_a_bulletin_that_is_not_issued_cannot_be_verified(run: Run) -> None:
    answer = run("bulletin", "verify", str(drafted(run)["id"]), "--json")
    assert answer.status == 2 and "尚未印发" in answer.stderr


@pytest.mark.long
def test_a_returned_bulletin_says_so(run: Run) -> None:
    number = drafted(run)["id"]
    run("bulletin", "submit", number, "--at", "2023-09-14T10:00", "--json")
    answer = run("bulletin", "co-sign", number, "--return", "补充抽查", "--at", "2023-09-15T09:00", "--json")
    assert (answer.status, answer.json["state"]) == (0, "returned")
