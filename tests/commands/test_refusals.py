"""Files that cannot be read, wrong names, bad arguments: codes, JSON, exit status, and what stands on which stream."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.files import REVIEWS, review, write
from tests.conftest import manage

GOLDEN = Path(__file__).resolve().parents[1] / "spreadsheet_files"
SHAPE = {
    "file",
    "sha256",
    "accepted",
    "refused",
    "dataset",
    "unit",
    "month",
    "sheets",
    "ignored_sheets",
    "errors",
    "records",
}


def _members(path: Path, *names: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")


def _bomb(path: Path) -> None:
    workbook = write(path.with_name("small.xlsx"), [REVIEWS, review("A1")])
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name) + b" " * (64 * 1024 * 1024 if "sheet1" in name else 0))


def _cut(path: Path) -> None:
    path.write_bytes(write(path.with_name("whole.xlsx"), [REVIEWS, review("A1")]).read_bytes()[:2000])


MADE = {
    "空.xlsx": ("empty", lambda path: path.write_bytes(b"")),
    "空表.xlsx": ("empty", lambda path: write(path, [])),
    "空白.csv": ("empty", lambda path: path.write_bytes(b"\r\n \r\n")),
    "网页.xls": (
        "not-a-spreadsheet",
        lambda path: path.write_text("<html><table><tr><td>办件编号</td></tr></table></html>", "utf-8"),
    ),
    "图片.xlsx": ("not-a-spreadsheet", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))),
    "压缩包.xlsx": ("not-a-spreadsheet", lambda path: _members(path, "a.txt")),
    "文档.xlsx": ("unsupported-format", lambda path: _members(path, "[Content_Types].xml", "word/document.xml")),
    "半个.xlsx": ("damaged", _cut),
    "炸弹.xlsx": ("unsafe", _bomb),
    "别的表.xlsx": ("no-table", lambda path: write(path, [["姓名", "年龄"], ["张三", 3]])),
}
GOLDENS = {
    "password_protected.xls": "password",
    "password_protected.xlsx": "password",
    "word_document.doc": "unsupported-format",
    "wps_et_of_its_own.et": "unsupported-format",
}


@pytest.mark.parametrize("name", [*MADE, *GOLDENS])
def test_a_file_that_cannot_be_read_is_refused_with_its_code_and_one_sentence(
    name: str, check: Run, tmp_path: Path
) -> None:
    path = GOLDEN / name if name in GOLDENS else tmp_path / name
    code = GOLDENS.get(name) or MADE[name][0]
    if name in MADE:
        MADE[name][1](path)
    answer = check(path, "--dataset", "reviews", "--unit", "人社局", "--month", "2023-06")
    assert answer.status == 2 and set(answer.json) == SHAPE
    assert (answer.json["accepted"], answer.json["refused"]["code"]) == (False, code)
    assert answer.stderr == answer.json["refused"]["message"] + "\n"
    assert (answer.json["sheets"], answer.json["errors"], answer.json["records"]) == ([], [], {})
    assert (answer.json["dataset"], answer.json["unit"], answer.json["month"]) == ("reviews", "区人社局", "2023-06")
    assert (answer.json["file"], answer.json["sha256"]) == (name, hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.mark.parametrize("name", ["表.xls", "表.csv", "表.et", "表"])
def test_a_workbook_is_told_by_its_content_and_not_by_its_name(name: str, check: Run, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(write(tmp_path / "真.xlsx", [REVIEWS, review("A1")]).read_bytes())
    answer = check(path)
    assert (answer.status, answer.values("办件编号")) == (0, ["A1"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("name", ["6月.csv", "6月.xlsx"])
def test_csv_in_any_encoding_with_quotes_and_line_breaks_in_cells(
    name: str, encoding: str, check: Run, tmp_path: Path
) -> None:
    text = (
        ",".join([*REVIEWS, "评价内容"]) + '\r\n00123,"社保,卡",区人社局,3,5,2023/6/4,"第一行\n第""二""行"\r\n'
        "12345678901234567890123,社保,区人社局,3,5,2023-06-04,\r\n1.23E+22,社保,区人社局,3,还行,2023-06-04,#N/A\r\n"
    )
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    answer = check(path)
    assert answer.values("办件编号") == ["00123", "12345678901234567890123", None]
    assert (answer.values("事项名称")[0], answer.values("评价内容")[0]) == ("社保,卡", '第一行\n第"二"行')
    assert answer.problems("cell", "code") == [("A4", "damaged-code"), ("E4", "not-a-choice"), ("G4", "formula-error")]


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "没有这个文件.xlsx", "--json"],
        ["check", "{}", "--json", "--dataset", "没有"],
        ["check", "{}", "--json", "--unit", "没有的局"],
        ["check", "{}", "--json", "--month", "2023-6"],
        ["check", "{}", "--json", "--month", "2023-13"],
        ["import", "{}", "--json"],
        ["import", "{}", "--json", "--unit", "区人社局", "--district"],
        ["import", "{}", "--json", "--unit", "区人社局", "--at", "昨天"],
        ["import", "{}", "--json", "--unit", "区人社局", "--at", "0001-01-01T00:00"],
        ["import", "{}", "--json", "--unit", "区人社局", "--at", "9999-12-31T23:59:59-12:00"],
        ["import", "{}", "--json", "--unit", "\udcff"],
        ["todo", "--json", "--role", "bureau", "--unit", "没有的局", "--as-of", "2023-08-20"],
        ["bulletin", "draft", "--json", "--as-of", "2023-08-20", "--out", "/proc"],
        ["没有的命令"],
    ],
)
def test_bad_arguments_are_refused_with_one_sentence(arguments: list[str], run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "表.xlsx", [REVIEWS, review("A1")])
    answer = run(*(argument.replace("{}", str(path)) for argument in arguments))
    assert (answer.status, answer.json) == (2, None)
    assert answer.stderr.count("\n") == 1 and answer.stderr.strip()


@pytest.mark.long
def test_exit_status_and_streams_of_the_command_itself(district: str, tmp_path: Path) -> None:
    path = write(
        tmp_path / "6月.xlsx", [REVIEWS, review("A1"), ["A2", None, "区人社局", "二维码", "还行", "2023-06-03"]]
    )
    wrong = manage("check", str(path), "--json", database=district)
    document = json.loads(wrong.stdout)
    assert (wrong.returncode, wrong.stderr, wrong.stdout.count("\n"), set(document)) == (1, "", 1, SHAPE - {"records"})
    assert document["errors"][1] == {
        "sheet": "Sheet1",
        "row": 3,
        "column": "E",
        "cell": "E3",
        "field": "满意度",
        "code": "not-a-choice",
        "severity": "error",
        "value": "还行",
        "message": document["errors"][1]["message"],
    }
    assert list(document["sheets"][0]) == [
        "name",
        "part",
        "header_rows",
        "columns",
        "unmapped",
        "missing",
        "dropped_rows",
        "hidden_rows",
        "records",
    ]
    (tmp_path / "空.xlsx").write_bytes(b"")
    empty = manage("check", str(tmp_path / "空.xlsx"), "--json", database=district)
    assert (empty.returncode, json.loads(empty.stdout)["refused"]["code"]) == (2, "empty")
    assert empty.stderr.count("\n") == 1
