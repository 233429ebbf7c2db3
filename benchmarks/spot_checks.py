"""A simple, a stratified and a risk draw from 1 million reviews on SQLite, each in a process of its own.

Prints for each the processor's seconds, how many times a bare read of the same cells (the driver's rows, nothing done
with them) in the same process, and peak memory. Targets: under 5 s and 1 GB.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.at_work import at_work
from benchmarks.lamps import fill
from rules.as_of import parse_instant

AT = parse_instant("2023-08-23T09:00")
METHODS = ("simple", "stratified", "risk")
CELLS = ("id", "unit_id", "month", "case_code", "round", "channel")
CELLS_FOR_RISK = ("rated_at", "closed_at", "comment", "applicant", "phone")

MOMENTS = (
    "UPDATE reviews SET rated_at = datetime('2023-01-01', (id * 2654435761 % 18000000) || ' seconds') || '.000000'"
)
PEOPLE = """
UPDATE reviews SET closed_at = datetime(rated_at, -(id % 40) || ' days') || '.000000',
    applicant = '申请人' || (id * 7919 % 5000),
    phone = CASE WHEN id % 5 THEN printf('13%09d', id * 2654435761 % 1000000000) END,
    comment = CASE id % 4 WHEN 0 THEN '办理第' || id % 100000 || '号事项时工作人员认真负责'
        WHEN 1 THEN '满意' WHEN 2 THEN '窗口人员耐心解答，一次性告知，非常满意' END
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--database", help="one filled before")
    parser.add_argument("--method", choices=METHODS, help="this one draw, in this process")
    arguments = parser.parse_args()
    at_work()
    if arguments.method:
        draw_one(arguments.method)
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = arguments.database or f"sqlite:///{Path(folder) / 'board.sqlite3'}"
        if not arguments.database:
            fill(arguments.size)
            tell_more()
        for method in METHODS:
            subprocess.run([sys.executable, "-m", "benchmarks.spot_checks", "--method", method], check=True)


def tell_more() -> None:
    """Give each rating what signs look at: a second of seven months, a day up to 39 days before, a person of 5,000, of
    four in five a telephone number of their own, of three in four a comment, of which a third are the same long one.
    """
    from sqlalchemy import text

    from data_access.database import writing

    with writing() as session:
        for statement in (MOMENTS, PEOPLE):
            session.connection().execute(text(statement))


def draw_one(method: str) -> None:
    from frame.imports import import_and_freeze
    from models.people import Person, Role
    from services.access.current_user import acting_as
    from services.spot_checks.drawing import DrawRequest, draw

    import_and_freeze()  # as app.py does at the server's start
    with acting_as(Person("督查室", Role.INSPECTOR)):
        start = time.process_time()
        result = draw(DrawRequest("reviews", method, date(2023, 8, 22), size=400, seed="s"), at=AT)
        taken = time.process_time() - start
    peak = peak_memory()
    bare = bare_read((*CELLS, *CELLS_FOR_RISK) if method == "risk" else CELLS)
    print(
        f"{method:>10}: {taken:5.1f} s, {taken / bare:4.2f} × a bare read ({bare:.1f} s), {peak:5,.0f} MB, "
        f"{len(result.check.elements)} of {result.check.population:,}"
    )


def peak_memory() -> float:
    """Return the most MB that this process had since it began its program; ru_maxrss counts the one that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def bare_read(cells: tuple[str, ...]) -> float:
    """Return seconds of the processor in which the driver gives these cells of every row."""
    from data_access.database import reading

    with reading() as session:
        connection = session.connection().connection.driver_connection
        assert connection is not None
        start = time.process_time()
        connection.execute(f"SELECT {', '.join(cells)} FROM reviews").fetchall()  # noqa: S608 names are ours
        return time.process_time() - start


if __name__ == "__main__":
    main()
