"""The whole board's lamps over 10 thousand, 100 thousand and 1 million review rows on SQLite; with --postgresql up to
10 million on a PostgreSQL server of its own, which the wheel of the development requirements brings.

Prints the time of the whole board at each size, their ratio, and the plain GROUP BY over the rows at the largest size.
Targets: under 100 ms; the largest at most 1.2 × the smallest (PostgreSQL, 10 M ÷ 10 k: 1.25); at least 100 × faster
than the GROUP BY. 10 million rows take some 10 GB in --folder while they are stored.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from sqlalchemy import text

from benchmarks.at_work import at_work
from tests.engines import Served, served_postgresql

MONTHS = [f"2023-{number:02d}" for number in range(1, 8)]
AS_OF = date(2023, 8, 22)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+")
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--folder", type=Path, default=Path("/tmp"), help="where that server keeps its files")
    arguments = parser.parse_args()
    most = 10_000_000 if arguments.postgresql else 1_000_000
    sizes = arguments.sizes or [10_000, 100_000, most]
    at_work()
    if arguments.postgresql:
        with served_postgresql(arguments.folder) as socket:
            server = Served(socket)
            measure({size: server.empty(socket) for size in sizes}, target=1.25)
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure({size: f"sqlite:///{Path(folder) / f'{size}.sqlite3'}" for size in sizes}, target=1.2)


def measure(databases: dict[int, str], target: float) -> None:
    sizes = list(databases)
    for size, url in databases.items():
        os.environ["DATABASE_URL"] = url
        start = time.perf_counter()
        fill(size)
        print(f"{size:>10,} rows: filled in {time.perf_counter() - start:.0f} s", flush=True)
    board = board_times(databases)
    os.environ["DATABASE_URL"] = databases[sizes[-1]]
    grouped, summed = median(group_by), median(kept_figures)
    for size in sizes:
        print(f"{size:>10,} rows: whole board {board[size] * 1000:6.1f} ms")
    print(f"largest ÷ smallest: {board[sizes[-1]] / board[sizes[0]]:.2f} (target ≤ {target})")
    print(
        f"at {sizes[-1]:,} rows: plain GROUP BY {grouped * 1000:.1f} ms, kept figures of the same indicators "
        f"{summed * 1000:.2f} ms: {grouped / summed:.0f} × (target ≥ 100)"
    )


def board_times(databases: dict[int, str], rounds: int = 15) -> dict[int, float]:
    """Return seconds of the whole board at each size, warm; the sizes take turns so that other work on the machine hits
    all alike.
    """
    taken: dict[int, list[float]] = {size: [] for size in databases}
    for number in range(rounds + 1):
        for size, url in databases.items():
            os.environ["DATABASE_URL"] = url
            start = time.perf_counter()
            whole_board()
            if number:  # the first round warms
                taken[size].append(time.perf_counter() - start)
    return {size: statistics.median(times) for size, times in taken.items()}


def fill(size: int) -> None:
    """Fill the database: the shipped plan and units; reviews over every unit and month, the figures stored as a
    submission stores them, of a few units at a time, for memory's sake.
    """
    from data_access.database import writing
    from data_access.plan_store import units
    from rules.as_of import SHANGHAI
    from services.figures.district_state import district_state
    from services.figures.fold import keep_figures
    from services.operations.set_up import UNITS_FILE, set_up

    set_up(units_file=UNITS_FILE)
    with writing() as session:
        state = district_state(session, datetime.now(SHANGHAI))
        ids = np.array(sorted(units(session)))
    for number in range(len(MONTHS)):
        fill_month(number, ids, size // len(MONTHS))
    last = datetime(2023, len(MONTHS) + 1, 3, 10, tzinfo=SHANGHAI)
    for some in np.array_split(ids, len(ids) // 4):
        with writing() as session:
            keep_figures(session, "reviews", [int(unit) for unit in some], last, MONTHS[0], state)


def fill_month(number: int, ids: np.ndarray, each: int) -> None:
    from catalogue.datasets.ratings import MONTHLY_CASES, REVIEWS
    from data_access.database import writing
    from data_access.records import insert_records
    from data_access.submissions import add_reports, keep_file
    from models.tables import Submission
    from rules.as_of import SHANGHAI

    month, at = MONTHS[number], datetime(2023, number + 2, 3, 10, tzinfo=SHANGHAI)
    for dataset, frame in ((MONTHLY_CASES, cases(ids)), (REVIEWS, reviews(ids, each, number))):
        with writing() as session:
            row = Submission(
                dataset=dataset.code,
                month=month,
                sha256=keep_file(session, b"benchmark"),
                file_name="bench.xlsx",
                accepted_at=at,
                by="bench",
                records=len(frame),
            )
            session.add(row)
            session.flush()
            insert_records(session, dataset.main, complete(frame, dataset.main, row.id or 0, month))
            counts = frame["unit_id"].value_counts()
            add_reports(session, row, {int(str(unit)): int(n) for unit, n in counts.items()}.items())


def cases(ids: np.ndarray) -> pd.DataFrame:
    units = np.repeat(ids, 20)
    return pd.DataFrame(
        {
            "unit_id": units,
            "item_code": [f"I{unit}-{n % 20}" for n, unit in enumerate(units)],
            "cases": 30,
            "closed_cases": 25,
        }
    )


def reviews(ids: np.ndarray, size: int, month: int) -> pd.DataFrame:
    numbers = np.arange(size)
    units = ids[numbers % len(ids)]
    return pd.DataFrame(
        {
            "unit_id": units,
            "case_code": [f"{month}-{number}" for number in numbers],
            "round": 1,
            "item_code": [f"I{unit}-{number % 20}" for number, unit in zip(numbers, units, strict=True)],
            "item_name": "事项",
            "channel": np.where(numbers % 3 == 0, "系统默认", "移动端"),
            "satisfaction": "满意",
            "rated_at": "2023-01-01 00:00:00.000000",
        }
    )


def complete(frame: pd.DataFrame, part: object, submission: int, month: str) -> pd.DataFrame:
    from data_access.records import columns_of

    frame = frame.assign(submission_id=submission, month=month, sheet=0, row=np.arange(2, len(frame) + 2))
    return frame.reindex(columns=columns_of(part)).astype(object).where(lambda f: f.notna(), None)  # type: ignore[arg-type]


def whole_board() -> None:
    from services.board.scorecard import assess

    assess(AS_OF)


def group_by() -> None:
    from data_access.database import reading

    with reading() as session:
        session.connection().execute(
            text(
                "SELECT unit_id, count(DISTINCT case_code), count(DISTINCT item_code) FROM reviews "
                "WHERE channel <> '系统默认' AND month <= '2023-07' GROUP BY unit_id"
            )
        ).all()


def kept_figures() -> None:
    from data_access.database import reading

    with reading() as session:
        session.connection().execute(
            text(
                "SELECT unit_id, numerator, denominator FROM figure "
                "WHERE code IN ('active_rating_rate', 'item_rating_coverage') AND until IS NULL AND horizon = '2023-07'"
            )
        ).all()


def median(run: Callable[[], None], times: int = 7) -> float:
    """Return seconds, warm."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
