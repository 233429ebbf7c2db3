"""The second sample: a plan of another year and type of district, with areas, datasets and indicators of its own.

Its figures are computed a second time here, from nothing but the workbooks as they lie there.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.people import Person, Role
from sample_data.business import make as making
from sample_data.business.plan_text import CONNECTION, OPENING, PLAN, SUPPORT
from sample_data.business.posts import OTHER_HEADINGS, OTHER_NAMES, OTHER_WORDS
from services.access.current_user import acting_as
from services.board.history import courses
from services.board.scorecard import assess
from services.cases.caseload import caseloads
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.operations.sample_district import SAMPLES
from services.operations.set_up import set_up
from services.plan.preview import preview_plan
from tests.engines import Engine
from tests.pages.visiting import text_of
from tests.permissions.test_every_page import visit

pytestmark = pytest.mark.long  # it loads the whole sample

FOLDER = SAMPLES["business"].folder
DAY = date(2024, 6, 18)
MONTHS = ("02月", "03月", "04月", "05月", "06月")
KEYS = {OPENING: "办件编号", CONNECTION: "工单编号", SUPPORT: "兑现编号"}
UNIT_COLUMNS = {OPENING: "受理单位", CONNECTION: "承办单位", SUPPORT: "主管部门"}
Record = dict[str, Any]


@pytest.fixture(scope="module")
def zone(databases: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The board of the second sample; nothing is written in it after that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", databases.empty(tmp_path_factory.mktemp("zone")))
        with acting_as(Person("管理局", Role.BUREAU)):
            set_up(sample="business")
            yield


def test_making_the_sample_again_gives_the_same_bytes(tmp_path: Path) -> None:
    making.make(tmp_path)
    files = [path.relative_to(tmp_path / "business") for path in (tmp_path / "business").rglob("*.*")]
    assert len(files) > 48
    assert [name for name in files if (tmp_path / "business" / name).read_bytes() != (FOLDER / name).read_bytes()] == []


def test_the_plan_workbook_is_read_without_a_mistake_on_a_board_that_knows_nothing_of_it(empty_database: str) -> None:
    set_up(units_file=SAMPLES["business"].units)
    preview = preview_plan(SAMPLES["business"].plan.read_bytes(), "方案.xlsx")
    assert preview.errors == ()
    added = {kind: len(names) for kind, names in preview.added.items()}
    assert added == {"areas": 5, "tasks": 12, "measures": 15, "datasets": 3, "indicators": 9}


def read(path: Path) -> Iterator[Record]:
    """The rows of a workbook below its headings, by the words of the template."""
    canonical = {written: label for label, written in OTHER_HEADINGS.items()}
    words = {written: word for word, written in (OTHER_NAMES | OTHER_WORDS).items()}
    heads: list[str] = []
    for cells in load_workbook(path).active.iter_rows(values_only=True):
        if not heads:
            heads = [canonical.get(str(cell), str(cell)) for cell in cells] if len([c for c in cells if c]) > 4 else []
        elif len([cell for cell in cells if cell is not None]) > 4:
            yield dict(zip(heads, (words.get(cell, _day(cell)) for cell in cells), strict=True))


def _day(cell: object) -> object:
    match = re.fullmatch(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", str(cell))
    if match:
        return date(*map(int, match.groups()))
    return cell.date() if isinstance(cell, datetime) else cell


def last_told(dataset: str) -> list[Record]:
    """Each case as the last ledger that lists it has it."""
    cases: dict[str, Record] = {}
    for month in MONTHS:
        for path in sorted((FOLDER / "报送" / month).glob(f"*{dataset}.xlsx")):
            cases |= {row[KEYS[dataset]]: row for row in read(path)}
    return list(cases.values())


def share(rows: list[Record], counts: Callable[[Record], bool]) -> tuple[float, float | None]:
    return sum(map(counts, rows)), len(rows)


def in_time(rows: list[Record], done: str, due: str) -> tuple[float, float | None]:
    return share([row for row in rows if row[due] <= DAY], lambda row: row[done] is not None and row[done] <= row[due])


def figures(rows: dict[str, list[Record]]) -> dict[str, tuple[float, float | None]]:
    """Code → numerator and denominator, in plain lines."""
    openings, connections, supports = rows[OPENING], rows[CONNECTION], rows[SUPPORT]
    stamped = [row for row in openings if row["企业类型"] != "分支机构"]
    small = [row for row in connections if row["是否小微企业"] == "是" and row["接通日期"] is not None]
    paid = [row for row in supports if row["兑现日期"] is not None]
    steps = [row["办理环节"] for row in openings]
    return {
        "open_on_time": in_time(openings, "办结日期", "承诺办结日期"),
        "open_steps": (sum(steps) / len(steps) if steps else 0, None),
        "free_seals": share(stamped, lambda row: row["是否免费刻章"] == "是"),
        "connect_on_time": in_time(connections, "接通日期", "承诺接通日期"),
        "connect_free": share(small, lambda row: row["用户费用"] == 0),
        "paid_on_time": in_time(supports, "兑现日期", "承诺兑现日期"),
        "paid_amount": (sum(row["兑现金额"] for row in paid), None),
        "paid_unasked": share(supports, lambda row: row["兑现方式"] == "免申即享"),
        "firms_supported": (len({row["企业名称"] for row in paid}), None),
    }


def test_every_figure_of_every_unit_is_what_the_workbooks_say(zone: None) -> None:
    cases = {dataset: last_told(dataset) for dataset in KEYS}
    assert {dataset: len(rows) > 60 for dataset, rows in cases.items()} == dict.fromkeys(KEYS, True)
    compared = set()
    for lamp in assess(DAY).lamps:
        own = {
            dataset: [row for row in rows if row[UNIT_COLUMNS[dataset]] == lamp.unit] for dataset, rows in cases.items()
        }
        expected = figures(own)
        for result in lamp.indicators:
            if (code := result.code.rpartition(".")[2].rpartition("/")[2]) in expected:
                numerator, denominator = expected[code]
                assert result.numerator == pytest.approx(numerator), (code, lamp.unit)
                assert result.denominator == denominator, (code, lamp.unit)
                compared.add(code)
    assert compared == {str(row[1]) for row in PLAN["指标"]}


def test_an_average_of_the_zone_is_that_of_all_its_rows(zone: None) -> None:
    every = [row["办理环节"] for row in last_told(OPENING)]
    code = next(result.code for lamp in assess(DAY).lamps if lamp.measure == "1.1.2" for result in lamp.indicators)
    assert courses([(code, "1.1.2")], DAY)[code, "1.1.2"][-1].value == pytest.approx(sum(every) / len(every))


def test_the_cases_of_its_time_limits_are_counted_as_the_workbooks_say(zone: None) -> None:
    loads = {load.kind.title: load for load in caseloads(DAY)}
    still_open = [row for row in last_told(OPENING) if row["办结日期"] is None]
    assert sum(len(load.open) for load in loads.values() if load.kind.title == "企业开办") == len(still_open)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("日期和编号有误", ("2024年2月30日", "合伙", "办件编号")),
        ("缺编号列", ("办件编号",)),
        ("单位和金额有误", ("滨江招商中心", "约5万")),
    ],
)
def test_a_workbook_with_a_clerks_mistakes_is_not_taken_and_each_is_named(
    file: str, words: tuple[str, ...], zone: None
) -> None:
    entry = next(
        entry
        for entry in json.loads(SAMPLES["business"].manifest.read_text(encoding="utf-8"))["entries"]
        if file in entry.get("file", "")
    )
    path = FOLDER / entry["file"]
    checked = check(
        path.read_bytes(), path.name, Request(entry["dataset"], entry["unit"], entry["unit"] is None, entry["month"])
    )
    problems = [problem for problem in checked.report.problems if problem.severity == "error"]
    refusal = checked.report.refused.message if checked.report.refused else ""
    message = refusal + "".join(f"{problem.cell}{problem.field}{problem.message}" for problem in problems)
    assert all(word in message for word in words), message


@pytest.mark.parametrize("role", [Role.BUREAU, Role.UNIT])
@pytest.mark.parametrize("area", [str(row[0]) for row in PLAN["领域"]])
def test_each_of_its_areas_has_its_page(area: str, role: Role, zone: None, become: Callable[..., None]) -> None:
    become(role, "海棠街道" if role is Role.UNIT else None)
    for query in ({}, {"view": "detail"}):
        assert f"重点领域 · {area}" in text_of(visit("area", area=area, **query))
