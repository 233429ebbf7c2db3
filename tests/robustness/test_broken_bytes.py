"""Broken bytes of every format: read or refused, in time, and nothing stays behind. `make test-all` tries many more of
each format.
"""

import io
import random
import tempfile
import time
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from data_access.marked_workbook import NotMarkable, mark
from data_access.spreadsheets import ReadLimits, read
from data_access.spreadsheets.books import open_book
from data_access.spreadsheets.hand_over import hand_over
from data_access.spreadsheets.refusals import Rejected
from models.cells import Refused
from models.validation import Problem
from tests.data_access.processes import nobody_at_work
from tests.data_access.workbooks import ods_of_xml, unpacked, xlsx_of_text, zipped

FILES = Path(__file__).resolve().parents[1] / "spreadsheet_files"
SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 60))]
LIMITS = ReadLimits(wall_seconds=60, cpu_seconds=20)
AS_LARGE = replace(LIMITS, bulk_bytes=0)
CELLS = '<table:table table:name="表"><table:table-row><table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell></table:table-row></table:table>'  # noqa: E501
SAMPLES = {
    "xlsx": xlsx_of_text([["事项", "办件量"], ["甲", "12"]]),
    "xls": (FILES / "mixed_cells.xls").read_bytes(),
    "xlsb": (FILES / "dates.xlsb").read_bytes(),
    "xlsb with strings": (FILES / "sheets_of_all_kinds.xlsb").read_bytes(),
    "ods": ods_of_xml(CELLS),
    "csv": "事项,办件量\n甲,12\n".encode("gb18030"),
}


def broken(content: bytes, seed: int) -> bytes:
    """A few bytes changed, a piece cut out or put twice; inside a member where it is a zip."""
    rng = random.Random(seed)
    if content.startswith(b"PK") and seed % 3:
        return _broken_member(content, rng)
    return _broken_bytes(content, rng)


def _broken_bytes(content: bytes, rng: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.randrange(1, 64))
    data[start:end] = data[start:end] * rng.choice([0, 1, 2])
    return bytes(data)


def _broken_member(content: bytes, rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice(archive.namelist())
        for name in archive.namelist():
            member = archive.read(name)
            new.writestr(name, _broken_bytes(member, rng) if name == chosen and member else member)
    return out.getvalue()


def damaged_members(content: bytes) -> set[str]:
    members = set()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            try:
                archive.read(name)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
                members.add(name)
    return members


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("format", "limits"), [*((format, LIMITS) for format in SAMPLES), ("xlsx", AS_LARGE)])
def test_broken_bytes_are_read_or_refused_in_time(
    format: str, limits: ReadLimits, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    content, started = broken(SAMPLES[format], seed), time.monotonic()
    try:
        cells = read(content, f"工单.{format}", limits)
        assert cells.sheets
    except Refused as refused:
        assert refused.refusal.message.endswith("。")
    assert time.monotonic() - started < 2 * LIMITS.wall_seconds
    assert not list(tmp_path.iterdir()) and nobody_at_work()


@pytest.mark.parametrize("format", ["xlsb", "xlsb with strings"])
@pytest.mark.parametrize("seed", SEEDS)
def test_broken_records_of_an_xlsb_are_read_or_refused_by_the_pass_itself(format: str, seed: int) -> None:
    members, rng = unpacked(SAMPLES[format]), random.Random(seed)
    for part in [name for name in members if name.endswith(".bin")] * 8:
        content = zipped(members | {part: _broken_bytes(members[part], rng)})
        try:
            hand_over(open_book(content, "xlsb", "", LIMITS, careful=False), LIMITS, io.BytesIO())
        except Rejected as refusal:
            assert refusal.code in ("damaged", "empty", "unsafe")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_broken_workbook_is_marked_or_not_but_never_harms(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    wrong = Problem("Sheet1", 2, "B", "办件量", "not-a-number", "error", "12", "应填整数。")
    content = broken(SAMPLES["xlsx"], seed)
    try:
        marked = mark(content, [wrong], limits=LIMITS)
        assert damaged_members(marked) <= damaged_members(content)  # what is not touched is given back byte for byte
    except NotMarkable:
        pass
    assert not list(tmp_path.iterdir()) and nobody_at_work()
