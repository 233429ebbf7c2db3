"""The sample: made again it is the same to the byte, its plan is whole, its manifest names what is there."""

import json
import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from catalogue.datasets import DATASETS
from data_access.evidence import kind_of
from sample_data import make_district, make_examples, make_field_sheets, make_plan, make_units
from sample_data.district_items import ITEMS
from sample_data.district_units import UNITS
from sample_data.evidence import EVIDENCE
from sample_data.plan_text import PLAN_MEASURES, PLAN_TASKS
from sample_data.rating_rows import month_of_cases
from sample_data.story import PERFECT, SILENT
from tests.catalogue.plan_table import CODES

SAMPLE = Path(make_plan.__file__).parent
MANIFEST = json.loads((SAMPLE / "district" / "manifest.json").read_text(encoding="utf-8"))
ENTRIES = MANIFEST["entries"]
SUBMITTED = [entry for entry in MANIFEST["entries"] if entry["kind"] == "submit"]
KINDS_OF_DATASET = ("guides", "reviews", "progress", "hotline_calls")


def made(folder: Path) -> dict[str, bytes]:
    """A part of everything, made from nothing."""
    month_of_cases.cache_clear()
    make_plan.make(folder)
    make_units.make(folder)
    make_field_sheets.make(folder)
    for dataset in KINDS_OF_DATASET:
        list(make_examples.make_pair(folder, dataset))
    for post in make_district.all_posts()[::9]:
        post.write(folder / "district")
    for evidence in EVIDENCE:
        evidence.write(folder / "district")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.*")) if path.is_file()
    }


def content(path: Path) -> object:
    """What a file holds, whatever packed it."""
    if path.suffix == ".png":
        return pixels(path)
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def pixels(path: Path) -> object:
    with Image.open(path) as picture:
        return picture.size, picture.tobytes()


def of_kind(kind: str) -> list[dict[str, object]]:
    return [entry for entry in ENTRIES if entry["kind"] == kind]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("sample")
    return folder, made(folder)


@pytest.mark.long
def test_made_again_it_is_the_same_to_the_byte(made_once: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    assert made(tmp_path) == made_once[1]


def test_what_is_kept_is_what_the_scripts_make(made_once: tuple[Path, dict[str, bytes]]) -> None:
    folder, files = made_once
    assert len(files) > 20
    assert [name for name in files if content(folder / name) != content(SAMPLE / name)] == []


def test_everything_together_is_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*.*")) < 8_000_000


def test_the_plan_has_its_24_tasks_in_9_areas_and_every_measure() -> None:
    book = openpyxl.load_workbook(SAMPLE / make_plan.FILE_NAME)
    tasks = [row[:2] for row in book["任务"].iter_rows(min_row=2, values_only=True)]
    measures = [row[:2] for row in book["举措"].iter_rows(min_row=2, values_only=True)]
    assert (len(tasks), len({area for _, area in tasks}), len(measures)) == (24, 9, 46)
    assert {task for _, task in measures} == {task for task, _ in tasks}
    assert "8.3.2" in [measure for measure, _ in measures]


def test_every_indicator_of_the_plan_table_stands_in_the_plan_once_with_a_target() -> None:
    codes = [code for row in PLAN_MEASURES for code in str(row[4] or "").split("、") if code]
    assert sorted(codes) == sorted(CODES)
    assert all(
        len(str(row[4]).split("、")) == len(str(row[5]).split("、")) for row in PLAN_MEASURES if row[3] == "指标"
    )


def test_what_the_plan_leaves_open_stays_open() -> None:
    said = {str(row[0]): (row[4], row[5]) for row in PLAN_TASKS}
    assert (said["5.1"], said["8.1"], said["2.1"][1], said["8.5"][1]) == (
        (None, None),
        (None, "8月底前"),
        "2021年底前",
        "2021年7月底前",
    )


def test_names_of_units_mean_one_unit_each() -> None:
    names = [name for unit in UNITS for name in (unit.name, *unit.aliases)]
    assert len(names) == len(set(names))
    assert [sum(unit.kind == kind for unit in UNITS) for kind in ("镇街", "部门", "其他")] == [24, 35, 3]


def test_item_codes_are_well_formed_and_each_its_own() -> None:
    codes = [item.code for items in ITEMS.values() for item in items]
    assert {len(code) for code in codes} == {31}
    assert len(codes) == len(set(codes))


def test_the_manifest_names_the_files_that_are_there_and_no_others() -> None:
    there = {path.relative_to(SAMPLE / "district").as_posix() for path in (SAMPLE / "district").rglob("*.*")}
    assert {entry["file"] for entry in [*SUBMITTED, *of_kind("attach"), *of_kind("assess")]} == there - {
        "manifest.json"
    }


def test_the_manifest_runs_in_time_and_knows_its_words() -> None:
    times = [datetime.fromisoformat(entry["at"]) for entry in MANIFEST["entries"]]
    assert times == sorted(times)
    assert {time.utcoffset().total_seconds() for time in times} == {8 * 3600}
    assert {entry["dataset"] for entry in SUBMITTED} == set(DATASETS)
    assert {entry["unit"] for entry in SUBMITTED} <= {unit.name for unit in UNITS} | {None}
    assert {entry["expect"] for entry in SUBMITTED} == {"accepted", "errors", "refused"}


def test_the_silent_send_nothing_and_are_verified_nowhere() -> None:
    assert [entry for entry in MANIFEST["entries"] if entry.get("unit") in SILENT] == []


@pytest.mark.parametrize("file", sorted(str(entry["file"]) for entry in of_kind("attach")))
def test_evidence_is_what_its_name_says_and_small(file: str) -> None:
    content = (SAMPLE / "district" / file).read_bytes()
    assert f".{kind_of(content, file)}" == Path(file).suffix
    assert len(content) < 20_000


def test_evidence_is_of_every_kind_that_units_send() -> None:
    assert {Path(str(entry["file"])).suffix for entry in of_kind("attach")} == {".pdf", ".png", ".docx", ".xlsx"}


def test_a_pdf_of_the_sample_says_where_its_parts_begin() -> None:
    content = next(SAMPLE.rglob("*.pdf")).read_bytes()
    parts = [int(start) for start in re.findall(rb"(\d{10}) 00000 n", content)]
    assert [content[start:].partition(b" ")[0] for start in parts] == [
        str(number).encode() for number in range(1, len(parts) + 1)
    ]


def test_what_is_taken_back_was_there_before() -> None:
    first = {entry["file"]: entry["at"] for entry in ENTRIES if entry["kind"] in ("submit", "attach")}
    assert [
        entry
        for entry in ENTRIES
        if entry["kind"] in ("withdraw", "take back") and not first[entry["file"]] < entry["at"]
    ] == []


@pytest.mark.parametrize("name", PERFECT)
def test_the_best_units_rate_what_they_handle(name: str) -> None:
    month = month_of_cases(next(unit for unit in UNITS if unit.name == name), "2023-06")
    rated = {row["item_code"] for row in month.reviews if row["channel"] != "系统默认"}
    assert {row["item_code"] for row in month.monthly_cases if row["cases"]} <= rated
