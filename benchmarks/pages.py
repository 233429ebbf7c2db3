"""Every page's script over 10 thousand and 1 million review rows (a fifth as many tickets) and 62 units on SQLite.

Prints for each page the processor's time of its script, cold (no answer kept), after a write (what the page had asked
asked again by the server, as it does) and warm, at both sizes, and the ratio of the largest to the smallest. Targets at
the largest: under 500 ms cold and after a write, under 300 ms warm.
"""

from __future__ import annotations

import argparse
import logging
import os
import statistics
import tempfile
import time
import warnings
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.at_work import at_work
from frame.imports import import_and_freeze

ROOT = Path(__file__).resolve().parent.parent
MONTHS = [f"2023-{number:02d}" for number in range(1, 8)]
AS_OF = date(2023, 8, 22)
ITEMS = 20
WARM_RUNS = 3
LEAD = "三维数字中心"  # answers for every ticket of the district
TARGETS = (0.5, 0.5, 0.3)  # seconds: cold, after a write, warm

Frame = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--only", nargs="+", help="names of pages")
    parser.add_argument("--folder", type=Path, help="keep the databases here and use those that are there")
    arguments = parser.parse_args()
    at_work()
    import_and_freeze()  # as app.py does at the server's start
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        times = {size: pages_at(size, folder, arguments.only) for size in arguments.sizes}
    report(times, arguments.sizes[0], arguments.sizes[-1])


Times = tuple[float, float, float]
"""Seconds: cold, after a write, warm."""


def pages_at(size: int, folder: Path, only: list[str] | None = None) -> dict[str, Times]:
    database = folder / f"{size}.sqlite3"
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    if not database.exists():
        start = time.perf_counter()
        fill(size)
        print(f"{size:>9,} review rows: filled in {time.perf_counter() - start:.0f} s", flush=True)
    return {
        " ".join([name, *(query[word] for word in ("kind", "sign", "code", "measure") if word in query)]): page_times(
            name, query
        )
        for name, query in visits()
        if only is None or name in only
    }


def report(times: dict[int, dict[str, Times]], least: int, most: int) -> None:
    print(f"at {most:,} rows, ms; ratios to {least:,} rows")
    heads = ("cold", "after a write", "warm", "cold ×", "after ×", "warm ×")
    print(f"{'page':36}" + "".join(f"{head:>15}" for head in heads))
    for name, large in times[most].items():
        ratios = "".join(f"{now / small:>15.2f}" for now, small in zip(large, times[least][name], strict=True))
        over = any(seconds > target for seconds, target in zip(large, TARGETS, strict=True))
        seconds = "".join(f"{seconds * 1000:>15.0f}" for seconds in large)
        print(f"{name:36}{seconds}{ratios}{'  over a target' if over else ''}")


def visits() -> list[tuple[str, dict[str, str]]]:
    """Return every page of the navigation with its parameters: of one unit, lamp or submission where the page shows
    one; an area of one unit too.
    """
    from data_access.database import reading
    from data_access.plan_store import units
    from frame.navigation import SECTIONS

    with reading() as session:
        unit = next(unit.name for unit in units(session).values() if unit.kind == "部门")
    narrowed = {
        "unit": {"unit": unit},
        "lamp": {"measure": "1.1.2", "unit": unit},
        "submission": {"number": "2"},
        "guide": {"unit": unit},
    }
    names = [entry.name for entries in SECTIONS.values() for entry in entries]
    return [
        *((name, narrowed.get(name, {})) for name in names),
        ("reviews", {"unit": unit, "sign": "bursts"}),
        ("cases", {"kind": "tickets"}),
        ("lamp", {"measure": "6.2.1", "unit": LEAD}),
        ("indicator", {"code": "active_rating_rate"}),
        ("indicator", {"code": "regional_assessment_use"}),
        ("indicator", {"code": "ticket_redo_rate"}),
    ]


def page_times(name: str, query: dict[str, str]) -> Times:
    """Return seconds of the script; modules are imported and the page has been seen once before."""
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    from components.elements import cache
    from data_access.database import writing
    from frame.asked_again import ask_again

    cache._noted.clear()  # what other pages asked would be asked again, too, and rested after
    app = AppTest.from_file(str(ROOT / "frame" / "main.py"), default_timeout=300).run()
    app.query_params.update({"as_of": AS_OF.isoformat(), **query})
    app.switch_page(f"../pages/{name}.py").run()
    if app.exception:
        raise RuntimeError(f"{name}: {app.exception[0].message}")
    st.cache_resource.clear()
    cold = timed(app)
    with writing():
        pass
    ask_again()
    return cold, timed(app), statistics.median(timed(app) for _ in range(WARM_RUNS))


def timed(app: Any) -> float:
    """Return seconds of the processor, so that other work on the machine matters little; the database's reading is in
    it. The page is run, not given as another visit saw it.
    """
    from frame.kept_pages import KEPT

    KEPT.clear()
    start = time.process_time()
    app.run()
    return time.process_time() - start


def fill(size: int) -> None:
    """Fill the database: the shipped plan and units; every dataset reported each month for all units, the figures
    stored as submissions store them.
    """
    from catalogue.datasets import DATASETS
    from data_access.database import writing
    from data_access.plan_store import units
    from models.definitions import Frequency
    from rules.as_of import SHANGHAI
    from services.figures.district_state import district_state
    from services.figures.fold import keep_figures
    from services.operations.set_up import UNITS_FILE, set_up

    set_up(units_file=UNITS_FILE)
    with writing() as session:
        state = district_state(session, datetime.now(SHANGHAI))
        ids = np.array(sorted(units(session)))
        for number, month in enumerate(MONTHS):
            for dataset, frame in ledgers(ids, size // len(MONTHS), number):
                if DATASETS[dataset].frequency is Frequency.MONTHLY or number == 0:
                    report_ledger(session, DATASETS[dataset], month, pd.DataFrame(frame))
    last = datetime(2023, len(MONTHS) + 1, 3, 10, tzinfo=SHANGHAI)
    for dataset in DATASETS:
        with writing() as session:
            first = MONTHS[0] if DATASETS[dataset].frequency is Frequency.MONTHLY else ""
            keep_figures(session, dataset, [int(unit) for unit in ids], last, first, state)


def report_ledger(session: Any, dataset: Any, month: str, frame: pd.DataFrame) -> None:
    """Store a whole-district ledger as an upload leaves it, accepted on the third of the next month."""
    from data_access.records import columns_of, insert_records
    from data_access.submissions import add_reports, keep_file
    from models.tables import Submission
    from rules.as_of import SHANGHAI

    at = datetime(2023, int(month[5:]) + 1, 3, 10, tzinfo=SHANGHAI)
    part = dataset.main
    row = Submission(
        dataset=dataset.code,
        month=month,
        sha256=keep_file(session, b"benchmark"),
        file_name="bench.xlsx",
        accepted_at=at,
        by="bench",
        records=len(frame),
        sheets=[{"name": "Sheet1", "part": part.code, "columns": {f.name: "A" for f in part.fields}}],
    )
    session.add(row)
    session.flush()
    placed = frame.assign(submission_id=row.id, month=month, sheet=0, row=np.arange(2, len(frame) + 2)).reindex(
        columns=columns_of(part)
    )
    insert_records(session, part, placed.astype(object).where(placed.notna(), None))
    counts = frame["unit_id"].value_counts()
    add_reports(session, row, [(int(str(unit)), int(number)) for unit, number in counts.items()])


def ledgers(ids: np.ndarray, size: int, month: int) -> Iterator[tuple[str, Frame]]:
    """Yield a month of every dataset; `size` reviews, a fifth as many tickets, fewer of the rest."""
    roll = np.random.default_rng(month)
    yield "guides", guides(ids, roll)
    yield "monthly_cases", cases(ids)
    yield "reviews", reviews(ids, size, month, roll)
    yield "bad_reviews", bad_reviews(ids, max(size // 100, 62), month, roll)
    yield "hotline_tickets", tickets(ids, max(size // 5, 62), month, roll)
    yield "hotline_calls", calls(ids, month, roll)
    yield "help_cases", help_cases(ids, max(size // 100, 62), month, roll)
    yield "approvals", approvals(ids, max(size // 100, 62), month, roll)
    yield (
        "engineering_monthly",
        {
            "unit_id": ids[:1],
            "of_month": MONTHS[month],
            "selections": 40,
            "water": 9,
            "heat": 3,
            "gas": 8,
            "power": 5,
            "telecom": 2,
        },
    )
    yield (
        "catalogue_claims",
        {
            "unit_id": np.repeat(ids, ITEMS),
            "basic_code": [f"{n:012d}" for n in range(len(ids) * ITEMS)],
            "item_name": "事项",
            "claim": roll.choice(["已认领", "无需认领", "未认领"], len(ids) * ITEMS, p=[0.9, 0.06, 0.04]),
        },
    )
    yield (
        "assessment_problems",
        {
            "unit_id": ids,
            "problem_code": [f"P{n}" for n in range(len(ids))],
            "dimension": "成熟度",
            "problem": "问题",
            "found_on": "2023-05-10",
            "due_on": "2023-07-10",
            "rectified_on": None,
        },
    )


def guides(ids: np.ndarray, roll: np.random.Generator) -> Frame:
    units = np.repeat(ids, ITEMS)
    number = len(units)
    return {
        "unit_id": units,
        "item_code": item_codes(units, np.arange(number)),
        "item_name": "事项",
        "basic_code": [f"{n:012d}" for n in range(number)],
        "item_type": roll.choice(["行政许可", "公共服务"], number),
        "case_type": roll.choice(["即办件", "承诺件"], number),
        "statutory_days": 20.0,
        "promised_days": roll.integers(0, 12, number).astype(float),
        "visits": roll.integers(0, 3, number),
        "online": True,
        "online_depth": roll.choice(["全程网办", "网上申报"], number, p=[0.8, 0.2]),
        "special": roll.random(number) < 0.05,
        "keywords": "一、二、三",
        "in_hall": roll.random(number) < 0.95,
        "same_source": True,
        "cross_region": roll.choice(["跨省", "无"], number),
        "published": True,
        "address": "一街1号1楼1号窗口",
        "office_hours": "周一至周五 9:00—17:00",
        "phone": "0000-1234567",
        "complaint_phone": "0000-7654321",
    }


def cases(ids: np.ndarray) -> Frame:
    units = np.repeat(ids, ITEMS)
    return {
        "unit_id": units,
        "item_code": item_codes(units, np.arange(len(units))),
        "cases": 30,
        "closed_cases": 25,
        "online_cases": 20,
        "pushed_cases": 29,
        "linked_cases": 30,
        "rated_cases": 20,
        "default_rated_cases": 5,
        "licence_calls": 3,
    }


def item_codes(units: np.ndarray, numbers: np.ndarray) -> list[str]:
    return [f"I{unit}-{number % ITEMS}" for number, unit in zip(numbers, units, strict=True)]


def reviews(ids: np.ndarray, size: int, month: int, roll: np.random.Generator) -> Frame:
    numbers = np.arange(size)
    units = ids[numbers % len(ids)]
    closed = moments(month, size, roll)
    return {
        "unit_id": units,
        "case_code": [f"{month}-{number}" for number in numbers],
        "round": 1,
        "item_code": item_codes(units, roll.integers(0, ITEMS, size)),
        "item_name": "事项",
        "channel": roll.choice(["电脑端", "移动端", "二维码", "大厅平板", "其他终端", "短信", "系统默认"], size),
        "satisfaction": roll.choice(
            ["非常满意", "满意", "基本满意", "不满意", "非常不满意"], size, p=[0.7, 0.2, 0.08, 0.01, 0.01]
        ),
        "comment": None,
        "rated_at": stamped(closed + pd.Timedelta(minutes=20)),
        "closed_at": stamped(closed),
        "phone": numbers.astype(str),
    }


def bad_reviews(ids: np.ndarray, size: int, month: int, roll: np.random.Generator) -> Frame:
    rated = moments(month, size, roll)
    done = (roll.random(size) < 0.98) & (rated < pd.Timestamp(2023, 7, 20))
    return {
        "unit_id": ids[np.arange(size) % len(ids)],
        "bad_review_code": [f"{month}-{n}" for n in range(size)],
        "item_name": "事项",
        "rated_at": stamped(rated),
        "named": True,
        "substantiated": True,
        "called_back": done,
        "called_back_at": where_true(done, stamped(rated + pd.Timedelta(hours=5))),
        "rectified_at": where_true(done, days(rated + pd.Timedelta(days=3))),
    }


def tickets(ids: np.ndarray, size: int, month: int, roll: np.random.Generator) -> Frame:
    received = moments(month, size, roll)
    done = roll.random(size) < 0.98
    return {
        "unit_id": ids[np.arange(size) % len(ids)],
        "ticket_code": [f"{month}-{n}" for n in range(size)],
        "received_at": stamped(received),
        "ticket_type": roll.choice(["咨询", "求助", "投诉", "举报", "建议", "表扬", "其他"], size),
        "signed_at": stamped(received + pd.Timedelta(hours=1)),
        "due_on": days(received + pd.Timedelta(days=7)),
        "closed_at": where_true(done, stamped(received + pd.to_timedelta(roll.integers(1, 8, size), "D"))),
        "called_back": done,
        "solved": where_true(done, roll.random(size) < 0.93),
        "satisfied": where_true(done, "满意"),
        "redone": roll.random(size) < 0.03,
    }


def calls(ids: np.ndarray, month: int, roll: np.random.Generator) -> Frame:
    first = date(2023, month + 1, 1)
    number = (date(2023, month + 2, 1) - first).days
    return {
        "unit_id": np.repeat(ids[:1], number),
        "day": [(first + timedelta(days=n)).isoformat() for n in range(number)],
        "calls": 500,
        "answered": roll.integers(465, 500, number),
        "answered_at_night": roll.integers(0, 30, number),
    }


def help_cases(ids: np.ndarray, size: int, month: int, roll: np.random.Generator) -> Frame:
    received = moments(month, size, roll)
    done = roll.random(size) < 0.97
    return {
        "unit_id": ids[np.arange(size) % len(ids)],
        "help_code": [f"{month}-{n}" for n in range(size)],
        "received_on": days(received),
        "client": "某",
        "client_kind": roll.choice(["重点项目", "企业", "老年人", "残疾人", "其他群众"], size),
        "project": [f"项目{n % 40}" for n in range(size)],
        "matter": "事",
        "way": roll.choice(["全程代办", "上门帮办", "延时帮办", "预约帮办", "大厅帮办"], size),
        "helper": "某",
        "due_on": days(received + pd.Timedelta(days=10)),
        "closed_on": where_true(done, days(received + pd.Timedelta(days=6))),
    }


def approvals(ids: np.ndarray, size: int, month: int, roll: np.random.Generator) -> Frame:
    received = moments(month, size, roll)
    done = roll.random(size) < 0.95
    return {
        "unit_id": ids[np.arange(size) % len(ids)],
        "project_code": [f"{month}-{n}" for n in range(size)],
        "matter": "施工许可",
        "project_name": "项目",
        "stage": roll.choice(["立项用地规划许可", "工程建设许可", "施工许可", "竣工验收"], size),
        "received_on": days(received),
        "promised_days": 7.0,
        "closed_on": where_true(done, days(received + pd.Timedelta(days=8))),
        "papers_missing": roll.random(size) < 0.2,
        "papers_due_on": days(received + pd.Timedelta(days=20)),
        "papers_supplied_on": where_true(done, days(received + pd.Timedelta(days=15))),
        "regional_possible": roll.random(size) < 0.4,
        "regional_used": roll.random(size) < 0.6,
        "survey_needed": True,
        "survey_joint": roll.random(size) < 0.7,
        "result_uploaded": done,
    }


def moments(month: int, size: int, roll: np.random.Generator) -> pd.DatetimeIndex:
    """Return minutes of working hours through the month."""
    return pd.DatetimeIndex(
        pd.Timestamp(2023, month + 1, 1)
        + pd.to_timedelta(roll.integers(0, 27, size) * 1440 + 540 + roll.integers(0, 480, size), "min")
    )


def where_true(holds: np.ndarray, values: Any) -> np.ndarray:
    """Return the values where `holds` is true, else nothing."""
    filled = np.full(len(holds), None, dtype=object)
    filled[holds] = np.broadcast_to(values, len(holds))[holds]
    return filled


def stamped(when: pd.DatetimeIndex) -> np.ndarray:
    """Return moments as SQLite stores them."""
    return np.array(when.strftime("%Y-%m-%d %H:%M:%S.000000"), dtype=object)


def days(when: pd.DatetimeIndex) -> np.ndarray:
    return np.array(when.strftime("%Y-%m-%d"), dtype=object)


if __name__ == "__main__":
    main()
