"""No file harms the process that reads it, and nothing is left behind."""

from __future__ import annotations

import os
import random
import re
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import zipfile
from contextlib import ExitStack
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from data_access.spreadsheets import DEFAULT, ReadLimits, read
from data_access.spreadsheets.limits import MIB
from data_access.spreadsheets.refusals import SENTENCES
from models.cells import Refused
from tests.data_access.processes import ended, forkers, nobody_at_work, soon
from tests.data_access.workbooks import ods_of_xml, unpacked, xlsx_of_text, xlsx_of_xml, zipped

FILES = Path(__file__).resolve().parents[1] / "spreadsheet_files"
BULK = replace(DEFAULT, bulk_bytes=0)
CODES = {
    "empty",
    "too-large",
    "too-many-rows",
    "password",
    "not-a-spreadsheet",
    "damaged",
    "unsupported-format",
    "unsafe",
}


def refusal(content: bytes, name: str = "表.xlsx", limits: ReadLimits = DEFAULT) -> str:
    with pytest.raises(Refused) as caught:
        read(content, name, limits)
    assert re.fullmatch(r"[^。！]*，[^！]*。", caught.value.refusal.message)
    return caught.value.refusal.code


def test_every_refusal_is_one_sentence_that_says_what_to_do() -> None:
    assert set(SENTENCES) == CODES
    assert all(
        "请" in sentence and sentence.count("。") == 1 and sentence.endswith("。") for sentence in SENTENCES.values()
    )


@pytest.mark.parametrize(
    "content", [b"", b"\r\n \n", b"\xef\xbb\xbf", b"\0" * 600, xlsx_of_text([]), xlsx_of_text([["", ""]])]
)
def test_a_file_without_content_is_empty(content: bytes) -> None:
    assert refusal(content) == "empty"


HTML = b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><tr><td>1</td></tr></table></body></html>'


@pytest.mark.parametrize(
    "content", [HTML, b"\xef\xbb\xbf\r\n<table><tr><td>a</td></tr></table>", b'<?xml version="1.0"?>' + HTML]
)
@pytest.mark.parametrize("name", ["导出.xls", "导出.csv"])
def test_a_web_page_saved_as_a_workbook_is_to_be_saved_anew(content: bytes, name: str) -> None:
    with pytest.raises(Refused, match=r"另存为 \.xlsx") as caught:
        read(content, name)
    assert caught.value.refusal.code == "not-a-spreadsheet"


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n000", random.Random(7).randbytes(5000), zipped({"a.txt": "x"})]
)
def test_other_files_are_no_spreadsheet(content: bytes) -> None:
    assert refusal(content) == "not-a-spreadsheet"


@pytest.mark.parametrize("part", ["word/document.xml", "ppt/presentation.xml"])
def test_other_office_documents_are_not_supported(part: str) -> None:
    assert refusal(zipped({"[Content_Types].xml": "<Types/>", part: "<a/>"})) == "unsupported-format"


def test_a_file_larger_than_the_limit_is_refused_before_it_is_read() -> None:
    assert refusal(b"x" * 11, limits=replace(DEFAULT, file_bytes=10)) == "too-large"


@pytest.mark.parametrize("bulk_bytes", [0, DEFAULT.bulk_bytes])
def test_more_rows_than_the_limit_are_refused_and_the_head_does_not_count(bulk_bytes: int) -> None:
    limits = replace(DEFAULT, data_rows=100, head_rows=5, bulk_bytes=bulk_bytes)
    assert refusal(xlsx_of_text([["甲"]] * 106), limits=limits) == "too-many-rows"
    assert len(read(xlsx_of_text([["甲"]] * 105), limits=limits).sheets[0].text) == 105


def test_a_csv_with_more_rows_than_the_limit_is_refused() -> None:
    assert refusal("甲,乙\n".encode() * 106, limits=replace(DEFAULT, data_rows=100, head_rows=5)) == "too-many-rows"


@pytest.mark.parametrize("limits", [DEFAULT, BULK])
@pytest.mark.parametrize("far", ["XFD1048576", "XFD5000", "A1048576"])
def test_a_far_off_cell_is_refused_with_its_sheet_named(far: str, limits: ReadLimits) -> None:
    row = re.sub("[A-Z]", "", far)
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="Z1"><v>1</v></c></row>'
    content = xlsx_of_xml(f'<sheetData>{cells}<row r="{row}"><c r="{far}"><v>1</v></c></row></sheetData>')
    with pytest.raises(Refused, match="表") as caught:
        read(content, limits=limits)
    assert caught.value.refusal.code == "unsafe"


@pytest.mark.parametrize("limits", [DEFAULT, BULK])
def test_a_single_far_cell_is_read_at_its_address(limits: ReadLimits) -> None:
    content = xlsx_of_xml('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    sheet = read(content, limits=limits).sheets[0]
    assert (sheet.first_row, sheet.first_column, sheet.text.shape) == (1048576, 16384, (1, 1))


@pytest.mark.long
def test_a_zip_bomb_is_unsafe() -> None:
    parts = unpacked(xlsx_of_text([["甲"]]))
    bomb = zipped({**parts, "xl/media/big.bin": bytes(64 * 1024 * 1024)})
    assert refusal(bomb) == "unsafe"
    small = replace(DEFAULT, unpacked_bytes=1000)
    assert refusal(xlsx_of_text([["甲"] * 100] * 100), limits=small) == "unsafe"


def test_a_member_that_lies_about_its_size_does_no_harm() -> None:
    sheet = (
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
        + b" " * 30_000_000
        + b"</worksheet>"
    )
    content = bytearray(zipped({**unpacked(xlsx_of_text([["甲"]])), "xl/worksheets/sheet1.xml": sheet}))
    true, lie = struct.pack("<I", len(sheet)), struct.pack("<I", 1000)
    assert refusal(bytes(content).replace(true, lie)) in {"damaged", "unsafe"}


def test_a_document_type_is_unsafe() -> None:
    parts = unpacked(xlsx_of_text([["甲"]]))
    laughs = (
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + parts["xl/worksheets/sheet1.xml"].split(b"?>", 1)[1]
    )
    assert refusal(zipped({**parts, "xl/worksheets/sheet1.xml": laughs})) == "unsafe"


@pytest.mark.long
@pytest.mark.parametrize(
    ("limits", "height"),
    [
        (replace(DEFAULT, memory_bytes=40 * MIB), 20_000),
        (replace(DEFAULT, memory_bytes=MIB), 20_000),
        (replace(DEFAULT, output_bytes=10_000), 1_000),
        (replace(DEFAULT, cpu_seconds=1, bulk_bytes=2**40), 60_000),
    ],
    ids=["memory", "no memory", "output", "time"],
)
def test_a_file_that_meets_a_limit_is_unsafe(limits: ReadLimits, height: int) -> None:
    assert refusal(_long_cells(height), limits=limits) == "unsafe"


def _long_cells(height: int) -> bytes:
    rows = "".join(
        f'<row r="{r}">'
        + "".join(f'<c r="{c}{r}" t="inlineStr"><is><t>{"长" * 90}{r}</t></is></c>' for c in "ABCDEFGH")
        + "</row>"
        for r in range(1, height + 1)
    )
    return xlsx_of_xml(f"<sheetData>{rows}</sheetData>")


def test_a_file_is_read_however_many_others_the_process_has_open() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        with ExitStack() as files:
            while files.enter_context(Path(os.devnull).open()).fileno() < 1_100:
                pass
            assert read(xlsx_of_text([["甲"], ["1"]]), "多.xlsx").sheets
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


SOUND = {
    "xlsx": xlsx_of_text([["甲", "乙"], ["1", "2"]] * 20),
    "xls": (FILES / "mixed_cells.xls").read_bytes(),
    "ods": ods_of_xml(
        '<table:table table:name="表"><table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>'  # noqa: E501
    ),
    "xlsb": zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01\x00" * 40}),
}


@pytest.mark.parametrize("format", SOUND)
def test_a_file_cut_off_anywhere_is_refused_or_read_but_never_raises(format: str) -> None:
    content, chance = SOUND[format], random.Random(1)
    for length in sorted(chance.sample(range(1, len(content)), 6)):
        _refused_or_read(content[:length])


@pytest.mark.parametrize("format", SOUND)
def test_a_file_with_broken_bytes_is_refused_or_read_but_never_raises(format: str) -> None:
    chance = random.Random(2)
    for _ in range(6):
        content = bytearray(SOUND[format])
        for _ in range(chance.choice((1, 10, 100))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        _refused_or_read(bytes(content))


def _refused_or_read(content: bytes) -> None:
    try:
        assert read(content).sheets
    except Refused as caught:
        assert caught.refusal.code in CODES


def test_no_file_and_no_process_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read(SOUND["xlsx"])  # from the first read on there is one process that forks
    files, before = _open_files(), forkers()
    read(SOUND["xlsx"])
    refusal(SOUND["xlsx"][:300])
    refusal(SOUND["xlsx"], limits=replace(DEFAULT, output_bytes=10))
    assert list(tmp_path.iterdir()) == []
    assert forkers() == before and nobody_at_work()
    assert _open_files() <= files


def test_a_forker_that_was_killed_is_started_again():
    read(SOUND["xlsx"])
    before = forkers()
    for forker in before:
        os.kill(forker, signal.SIGKILL)
    assert read(SOUND["xlsx"]).sheets
    assert forkers() - before


@pytest.mark.long
def test_the_forker_ends_with_the_process_that_started_it():
    code = (
        "import os, sys; from data_access.spreadsheets import read; read(sys.stdin.buffer.read());"
        "print(open(f'/proc/self/task/{os.getpid()}/children').read()); sys.stdout.flush(); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", code], input=SOUND["xlsx"], stdout=subprocess.PIPE, check=False)
    (forker,) = map(int, killed.stdout.split())
    assert soon(lambda: ended(forker))


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_the_cells_stay_when_the_files_are_closed() -> None:
    sheet = read(SOUND["xlsx"]).sheets[0]
    assert sheet.text.iloc[-1].tolist() == ["1", "2"]


def test_limits_come_from_the_environment() -> None:
    assert ReadLimits.from_environment({"READ_WALL_SECONDS": "7"}) == replace(ReadLimits(), wall_seconds=7)


def test_macros_and_links_are_not_followed() -> None:
    parts = unpacked(xlsx_of_text([["甲"]]))
    content = zipped({**parts, "xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    book = read(content)
    assert book.format == "xlsm" and book.sheets[0].text.iat[0, 0] == "甲"
    assert zipfile.is_zipfile(BytesIO(content))
