"""The first click on each of the dearest pages at 1 million review rows, in processes in which nobody was: (a) one that
has just started and is ready, (b) one that was told of a submission accepted elsewhere.

Prints processor and seconds of each click; with `--before` a checkout of an earlier version, which takes turns, and the
ratio to it. Each start clicks the pages in another order, so that another is the very first. Target: 0.5 s.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.at_work import at_work
from benchmarks.pages import AS_OF, fill
from benchmarks.sessions import Server, visit
from tests.browser.confirming import UNIT, write_problem
from tests.browser.entering import demonstrator
from tests.browser.serving import start_app, stop

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("", "reviews", "hotline", "engineering_approvals", "guide_accuracy", "cases")
IDLE = 0.1  # of a core, for as many seconds as it is looked at
LOOKED_AT_FOR, LONGEST = 4.0, 120.0  # seconds

Click = tuple[float, float]
"""Seconds of the processor, and until the page was there."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--before", type=Path, help="a checkout of an earlier version")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", type=Path, help="keep the database here, and use it where it is there")
    wanted = parser.parse_args()
    versions = {"before": wanted.before, "now": ROOT} if wanted.before else {"now": ROOT}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        database = wanted.database or folder / "filled.sqlite3"
        if not database.exists():
            make(database, wanted.size)
        clicks: dict[tuple[str, str, str], list[Click]] = defaultdict(list)
        for number in range(wanted.rounds):
            pages = PAGES[number % len(PAGES) :] + PAGES[: number % len(PAGES)]
            for case in ("a", "b"):
                for version, root in versions.items():
                    with served(database, folder, root) as server:
                        if case == "b":
                            submit(folder / "board.sqlite3", folder / f"{number}.xlsx", root)
                            wait_until_idle(server)
                        for place, (page, click) in enumerate(asyncio.run(clicked(server, pages))):
                            clicks[case, version, page].append(click)
                            if place == 0:
                                clicks[case, version, "the very first"].append(click)
    report(clicks, list(versions))


def make(database: Path, size: int) -> None:
    """Fill the database, and let anybody in without an account."""
    from data_access.database import forget_engine, writing
    from data_access.settings import set_setting

    at_work()
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    fill(size)
    with writing() as session:
        for name, value in {"sample_data": True, "opens_at": AS_OF.isoformat()}.items():
            set_setting(session, name, value, since=None, reason="benchmark", by="bench")
    forget_engine()  # what stands in the log of the database comes into its file, which is copied


@contextmanager
def served(database: Path, folder: Path, root: Path) -> Iterator[Server]:
    """Give a process of that version on a copy of the database, which has come to rest after its start."""
    copy = folder / "board.sqlite3"
    for path in folder.glob(f"{copy.name}*"):
        path.unlink()
    shutil.copy(database, copy)
    address, process = start_app(copy, folder / "server.log", root=root)
    try:
        server = Server(address, process, demonstrator(address))
        wait_until_idle(server)
        yield server
    finally:
        stop(process)


def wait_until_idle(server: Server) -> None:
    """Wait until the process takes hardly any of the processor: what it does before anybody comes is done."""
    give_up = time.monotonic() + LONGEST
    while time.monotonic() < give_up:
        before = server.seconds()
        time.sleep(LOOKED_AT_FOR)
        if server.seconds() - before < IDLE * LOOKED_AT_FOR:
            return


def submit(database: Path, workbook: Path, root: Path) -> None:
    """Let another process accept a workbook."""
    write_problem(workbook, "2023-07-20")
    command = [sys.executable, "manage.py", "import", "--unit", UNIT, "--month", "2023-07", str(workbook)]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL)


async def clicked(server: Server, pages: tuple[str, ...]) -> list[tuple[str, Click]]:
    """Return what the first click on each page took, of one visit."""
    times = []
    async with visit(server) as tab:
        for page in pages:
            before = server.seconds()
            waited = await tab.click(page)
            times.append((page or "board", (server.seconds() - before, waited)))
    return times


def report(clicks: dict[tuple[str, str, str], list[Click]], versions: list[str]) -> None:
    print("median ms: processor / until the page was there")
    for case, words in {"a": "just started, ready", "b": "a submission elsewhere"}.items():
        print(words)
        for page in ("the very first", *(page or "board" for page in PAGES)):
            medians = [
                [statistics.median(times) for times in zip(*clicks[case, version, page], strict=True)]
                for version in versions
            ]
            columns = "   ".join(
                f"{version} {1000 * used:5.0f} / {1000 * waited:5.0f}"
                for version, (used, waited) in zip(versions, medians, strict=True)
            )
            ratio = f"   {medians[-1][0] / medians[0][0]:.2f} ×" if len(medians) > 1 else ""
            print(f"  {page:24}{columns}{ratio}")


if __name__ == "__main__":
    main()
