"""What `check` prints for people: thousands of equal problems as one line, and no more cells than anybody reads."""

from pathlib import Path

import pytest

import manage
from tests.commands.files import REVIEWS, review, write


def lines_of(path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert manage.main(["check", str(path)]) == 1
    return capsys.readouterr().out.splitlines()


def wrong(code: str, said: str) -> list[object]:
    return [*review(code)[:4], said, "2023-06-03"]


@pytest.mark.long
def test_equal_problems_are_told_once_with_their_number_and_first_cell(district: str, tmp_path: Path, capsys) -> None:
    rows = [REVIEWS, wrong("A0", "不错"), *(wrong(f"A{number}", "还行") for number in range(1, 3001))]
    lines = lines_of(write(tmp_path / "6月.xlsx", rows), capsys)
    assert lines[0] == "识别为好差评明细（reviews），单位：区人社局，月份：2023-06；已读 Sheet1（3,001 行）。"
    head = lines.index("列\t问题\t所填内容\t处数\t首个单元格")
    assert [line.split("\t")[0:1] + line.split("\t")[2:] for line in lines[head + 1 : head + 3]] == [
        ["E 满意度", "还行", "3,000", "Sheet1!E3"],
        ["E 满意度", "不错", "1", "Sheet1!E2"],
    ]
    cells = lines[lines.index("逐处：") + 1 :]
    assert (len(cells), cells[0].split("\t")[0], cells[-1]) == (
        201,
        "Sheet1!E2",
        "其余 2,801 处从略，加 --json 可逐处列出。",
    )


def test_few_different_problems_are_told_cell_by_cell_alone(district: str, tmp_path: Path, capsys) -> None:
    lines = lines_of(
        write(tmp_path / "6月.xlsx", [REVIEWS, review("A1"), wrong("A2", "还行"), wrong("A3", "不错")]), capsys
    )
    assert [line.split("\t")[0] for line in lines[1:]] == ["Sheet1!E3", "Sheet1!E4"]


def test_more_kinds_than_anybody_reads_are_counted(district: str, tmp_path: Path, capsys) -> None:
    rows = [REVIEWS, *(wrong(f"A{number}", f"还行{number // 2}") for number in range(2, 202))]
    assert "其余 50 种，100 处" in lines_of(write(tmp_path / "6月.xlsx", rows), capsys)
