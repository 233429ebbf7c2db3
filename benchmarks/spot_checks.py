"""A simple, a stratified and a risk draw from 1 million reviews on SQLite, each in a process of its own.

Prints seconds and peak memory of each. Targets: under 5 s and 1 GB.
"""

from __future__ import annotations

import argparse
import os
import resource
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
        for method in METHODS:
            subprocess.run([sys.executable, "-m", "benchmarks.spot_checks", "--method", method], check=True)


def draw_one(method: str) -> None:
    from models.people import Person, Role
    from services.access.current_user import acting_as
    from services.spot_checks.drawing import DrawRequest, draw

    with acting_as(Person("督查室", Role.INSPECTOR)):
        start = time.perf_counter()
        result = draw(DrawRequest("reviews", method, date(2023, 8, 22), size=400, seed="s"), at=AT)
        taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{method:>10}: {taken:5.1f} s, {peak:5,.0f} MB, {len(result.check.elements)} of {result.check.population:,}")


if __name__ == "__main__":
    main()
