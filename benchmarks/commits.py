"""What it costs that whatever was accepted is on the disk before it is said (SQLite's synchronous=FULL), against
NORMAL, with which a power cut may take the last transactions back.

Prints milliseconds of a small transaction's commit and of one of 20,000 rows, each in both ways, which take turns; the
median. Only as true as the disk under --folder: one in memory shows no difference.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from sqlalchemy import text

WAYS = ("FULL", "NORMAL")
SIZES = {1: 60, 20_000: 8}
"""Rows of a transaction → how often it is made in each way."""


def main() -> None:
    from data_access.database import make_file, writing_engine

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path.cwd() / "data", help="on which disk")
    beneath = parser.parse_args().folder
    beneath.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=beneath) as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'board.sqlite3'}"
        make_file()
        with writing_engine().begin() as connection:
            connection.execute(text("CREATE TABLE record (id INTEGER PRIMARY KEY, content TEXT)"))
        for rows, times in SIZES.items():
            taken = defaultdict[str, list[float]](list)
            for number in range(2 * times):
                way = WAYS[number % 2]
                taken[way].append(seconds(way, rows))
            full, normal = (statistics.median(taken[way]) * 1000 for way in WAYS)
            print(f"{rows:>6,} rows: FULL {full:.1f} ms, NORMAL {normal:.1f} ms, {full / normal:.2f} ×")


def seconds(way: str, rows: int) -> float:
    """Return how long a transaction takes that the board would make, from its beginning to the end of its commit."""
    from data_access.database import writing_engine

    insert, content = text("INSERT INTO record (content) VALUES (:content)"), "工单内容" * 40
    with writing_engine().connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(f"PRAGMA synchronous={way}")
        start = time.perf_counter()
        with connection.begin():
            connection.execute(insert, [{"content": content}] * rows)
        return time.perf_counter() - start


if __name__ == "__main__":
    main()
