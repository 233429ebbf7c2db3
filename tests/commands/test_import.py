"""`manage.py import --json`: what goes in, what does not, the same file again, and of which month it is."""

from pathlib import Path

import pytest

import manage
from data_access.database import reading
from data_access.submissions import submission
from models.tables import Submission
from tests.commands.conftest import UNITS, Run
from tests.commands.files import CASES, REVIEWS, cases, review, write

CLAIMS = ["基本编码", "事项名称", "责任单位", "认领状态"]


def _stored(number: int) -> Submission:
    with reading() as session:
        stored = submission(session, number)
        assert stored is not None
        return stored


@pytest.mark.long
def test_the_same_file_again_changes_nothing_and_shows_the_first_submission(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "表.xlsx", [["2023年6月办件统计"], CASES, cases("A1"), cases("A2")])
    first = run("import", path, "--unit", "人社局", "--json")
    assert first.status == 0
    assert first.json == {
        "submission": 1,
        "revision": 1,
        "unchanged": False,
        "accepted": True,
        "records": 2,
        "errors": [],
    }
    again = run("import", path, "--unit", "区人社局", "--json")
    assert (again.status, again.json) == (0, first.json | {"unchanged": True})
    other = write(tmp_path / "改.xlsx", [["2023年6月办件统计"], CASES, cases("A1")])
    assert run("import", other, "--unit", "区人社局", "--json").json["revision"] == 2
    assert _stored(1).month == "2023-06"


def test_what_is_wrong_does_not_go_in(run: Run, tmp_path: Path) -> None:
    rows = [["2023年6月办件统计"], CASES, cases("A1"), cases("A2", "区住建局"), ["A3", "某某局", "x", None, 1]]
    path = write(tmp_path / "表.xlsx", rows)
    answer = run("import", path, "--unit", "区人社局", "--json")
    assert answer.status == 1
    assert {**answer.json, "errors": answer.problems("cell", "code")} == {
        "submission": None,
        "revision": None,
        "unchanged": False,
        "accepted": False,
        "records": 3,
        "errors": [("B4", "other-unit"), ("B5", "unknown-unit"), ("C5", "not-a-number")],
    }
    assert run("import", path, "--district", "--json").problems("cell") == ["B5", "C5"]


def test_warnings_go_in(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "表.xlsx", [REVIEWS, review("A1"), review("A2", at="2023-05-31")])
    answer = run("import", path, "--unit", "区人社局", "--month", "2023-06", "--json")
    assert (answer.status, answer.json["accepted"], answer.problems("code", "severity")) == (
        0,
        True,
        [("other-month", "warning")],
    )


def test_a_monthly_file_without_its_month_is_refused(run: Run, tmp_path: Path) -> None:
    answer = run("import", write(tmp_path / "表.xlsx", [CASES, cases("A1")]), "--unit", "区人社局", "--json")
    assert (answer.status, answer.json) == (2, None) and "--month" in answer.stderr


def test_a_snapshot_is_of_the_month_of_its_submission_whatever_its_title_says(run: Run, tmp_path: Path) -> None:
    rows = [["2023年3月事项认领情况"], CLAIMS, ["620100000001", "甲", "区人社局", "已认领"]]
    path = write(tmp_path / "表.xlsx", rows)
    assert run("import", path, "--unit", "区人社局", "--at", "2023-06-30T16:30:00Z", "--json").status == 0
    assert _stored(1).month == "2023-07"  # in Shanghai it was 1 July
    again = run("import", path, "--unit", "区人社局", "--month", "2023-03", "--json")
    assert (again.json["submission"], again.json["unchanged"]) == (1, True)


def test_a_time_without_zone_is_of_shanghai(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "表.xlsx", [["2023年6月办件统计"], CASES, cases("A1")])
    assert run("import", path, "--unit", "区人社局", "--at", "2023-07-03T00:30", "--json").status == 0
    assert _stored(1).accepted_at.isoformat() == "2023-07-02T16:30:00+00:00"


def test_a_file_that_cannot_be_read_says_so_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    path.write_bytes(b"")
    answer = run("import", path, "--unit", "区人社局", "--json")
    assert (answer.status, answer.json["submission"], answer.json["accepted"], answer.json["records"]) == (
        2,
        None,
        False,
        0,
    )
    assert (answer.json["refused"]["code"], answer.stderr) == ("empty", answer.json["refused"]["message"] + "\n")


def test_the_list_of_units_with_an_error_is_answered_as_any_other_file(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "单位.xlsx", [*UNITS, ["区民政局", "机关", None, None]])
    answer = run("import", path, "--district", "--dataset", "units", "--json")
    assert (answer.status, answer.problems("cell", "code")) == (1, [("B9", "not-a-choice")])


HELP = ["受理编号", "受理日期", "责任单位", "服务对象", "对象类别", "帮办事项", "服务方式", "帮办员"]


def _ledger(path: Path, month: int, title: int | None = None) -> Path:
    """Three cases numbered 1, 2, 3, under the title of that month or another."""
    rows = [
        [str(number), f"2023-{month:02d}-0{number}", "河口镇", "张某", "老年人", "登记", "上门帮办", "王某"]
        for number in (1, 2, 3)
    ]
    return write(path, [[f"河口镇2023年{title or month}月帮代办台账"], HELP, *rows])


@pytest.mark.long
def test_what_would_be_asked_on_screen_is_told_in_chinese_and_the_json_stays(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", _ledger(tmp_path / "6月.xlsx", 6), "--unit", "河口镇", "--json").status == 0
    renamed = str(_ledger(tmp_path / "7月.xlsx", 6, title=7))
    capsys.readouterr()
    assert manage.main(["import", renamed, "--unit", "河口镇"]) == 0
    lines = capsys.readouterr().out.splitlines()
    question = lines[lines.index("请核实：") + 1]
    assert question.startswith("1. 全部 3 行的“受理日期”都在 2023-06，没有一行在 2023-07")
    assert "其中 3 行已随 2023-06 受理（报送 1：1、2、3），确认后以本次的为准。" in question
    third = run("import", _ledger(tmp_path / "8月.xlsx", 6, title=8), "--unit", "河口镇", "--json")
    assert set(third.json) == {"submission", "revision", "unchanged", "accepted", "records", "errors"}


@pytest.mark.long
def test_a_ledger_that_numbers_anew_goes_in_once_the_unit_s_numbering_is_told(run: Run, tmp_path: Path) -> None:
    run("import", _ledger(tmp_path / "6月.xlsx", 6), "--unit", "河口镇", "--json")
    july = _ledger(tmp_path / "7月.xlsx", 7)
    assert run("import", july, "--unit", "河口镇", "--json").problems("code")[0] == "numbered-anew"
    answer = run("numbering", "help_cases", "--unit", "河口镇", "--by-month", "--json")
    assert (answer.status, answer.json) == (0, {"unit": "河口镇", "dataset": "help_cases", "by_month": True})
    assert run("import", july, "--unit", "河口镇", "--json").json["accepted"]
    again = run("numbering", "help_cases", "--unit", "河口镇", "--by-month", "--json")
    assert (again.status, again.stderr) == (2, "河口镇“帮代办台账”的编号已经是按月分开，没有变化。\n")
