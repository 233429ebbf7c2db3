"""Visits that click: websockets to a board of the sample district, beside it a bare page of one table as the floor.

Prints the processor's time of a click on each page and on average, its ratio to the floor in the same run, how long
visits with 10 s to think wait, how long a crowd takes that begins or clicks at once, and the server's memory, also
after 2,000 clicks more.
Targets: ≤ 25 ms and ≤ 3 × the floor on average; 100 visits p95 ≤ 0.2 s; 100 clicks at once ≤ 2.5 s; < 1 GB.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.browser.entering import Caller, demonstrator
from tests.browser.serving import free_port, start_app, stop

ROOT = Path(__file__).resolve().parent.parent
UNIT = "区人社局"
MIX = (
    "",
    "to_do",
    "progress",
    "cases",
    "rectifications",
    "notices",
    f"unit?unit={UNIT}",
    f"lamp?measure=1.1.2&unit={UNIT}",
    "reviews",
    "hotline",
    "reporting",
    "upload",
)
"""What a person of a unit and the bureau open most, as address and query."""
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
CLICKS = 2000
LONGEST = 120  # seconds that any answer may take


@dataclass
class Server:
    """A process that serves, with what it has used."""

    address: str
    process: subprocess.Popen[bytes]
    caller: Caller

    def seconds(self) -> float:
        """Return the processor's time of the process so far, its threads' too."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def megabytes(self) -> float:
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * PAGE_BYTES / 2**20


class Visit:
    """One tab's websocket."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def click(self, place: str) -> float:
        """Ask for a page and wait for its end; return the seconds it took."""
        page, _, query = place.partition("?")
        message = BackMsg()
        message.rerun_script.page_name, message.rerun_script.query_string = page, query
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        while True:
            answer = await asyncio.wait_for(self._socket.recv(), LONGEST)
            if ForwardMsg.FromString(answer).WhichOneof("type") == "script_finished":
                return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--visits", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=6, help="clicks of each page for the processor's time")
    parser.add_argument("--seconds", type=int, default=60, help="how long the visits click and think")
    parser.add_argument("--database", type=Path, help="a sample district to copy, else one is made")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), wanted.database) as (board, bare):
        asyncio.run(measure(board, bare, wanted))


async def measure(board: Server, bare: Server, wanted: argparse.Namespace) -> None:
    floor = await processor(bare, [""], 20 * wanted.rounds)
    own = await processor(board, MIX, wanted.rounds)
    for place, seconds in own.items():
        print(f"{place or 'board':34}{1000 * seconds:8.1f} ms")
    average, base = statistics.mean(own.values()), floor[""]
    print(f"processor per click {1000 * average:.1f} ms, bare page {1000 * base:.1f} ms: {average / base:.1f} ×")
    waits = await thinking(board, wanted.visits, wanted.seconds)
    print(
        f"{wanted.visits} visits, 10 s to think, {len(waits)} clicks: median {statistics.median(waits):.2f} s, "
        f"p95 {statistics.quantiles(waits, n=20)[-1]:.2f} s"
    )
    begun, begun_of_bare = await begin_at_once(board, wanted.visits), await begin_at_once(bare, wanted.visits)
    print(f"{wanted.visits} visits begun at once: {begun:.1f} s, bare {begun_of_bare:.1f} s")
    crowd, crowd_of_bare = await at_once(board, wanted.visits), await at_once(bare, wanted.visits)
    print(f"{wanted.visits} clicks at once: {crowd:.1f} s, bare {crowd_of_bare:.1f} s; {board.megabytes():.0f} MB")
    before, after = await growth(board)
    print(f"{CLICKS:,} clicks by visits of ten: {before:.0f} MB, then {after:.0f} MB")


async def processor(server: Server, places: Sequence[str], rounds: int) -> dict[str, float]:
    """Return place → seconds of the server's processor a click, warm, by one visit alone."""
    async with visit(server) as tab:
        for place in (*places, *places):
            await tab.click(place)
        used: dict[str, float] = {}
        for place in places:
            before = server.seconds()
            for _ in range(rounds):
                await tab.click(place)
            used[place] = (server.seconds() - before) / rounds
        return used


async def thinking(server: Server, visits: int, seconds: int) -> list[float]:
    """Return what each click took, of so many visits that click every 10 s on average."""
    end, waits = time.perf_counter() + seconds, list[float]()

    async def person(number: int) -> None:
        roll = random.Random(number)
        await asyncio.sleep(roll.uniform(0, 10))
        async with visit(server) as tab:
            while time.perf_counter() < end:
                waits.append(await tab.click(roll.choice(MIX)))
                await asyncio.sleep(roll.uniform(5, 15))

    await asyncio.gather(*(person(number) for number in range(visits)))
    return waits


async def begin_at_once(server: Server, visits: int) -> float:
    """Return the seconds until so many visits that open at the same moment have their first page."""

    async def person() -> None:
        async with visit(server) as tab:
            await tab.click("")

    start = time.perf_counter()
    await asyncio.gather(*(person() for _ in range(visits)))
    return time.perf_counter() - start


async def at_once(server: Server, visits: int) -> float:
    """Return the seconds until the last of so many visits has its page, all of which click at the same moment."""
    places = MIX if server.caller.cookies else ("",)
    tabs = [visit(server) for _ in range(visits)]
    opened = [await tab.__aenter__() for tab in tabs]
    for tab in opened:
        await tab.click("")
    start = time.perf_counter()
    await asyncio.gather(*(tab.click(places[number % len(places)]) for number, tab in enumerate(opened)))
    taken = time.perf_counter() - start
    for tab in tabs:
        await tab.__aexit__(None, None, None)
    return taken


async def growth(server: Server) -> tuple[float, float]:
    """Return the megabytes before and after so many clicks, every ten of them by a visit of its own."""
    before = server.megabytes()
    for number in range(CLICKS // 10):
        async with visit(server) as tab:
            for click in range(10):
                await tab.click(MIX[(10 * number + click) % len(MIX)])
    return before, server.megabytes()


class visit:  # noqa: N801 a context manager reads like a function
    """A visit of its own to the server, for a block."""

    def __init__(self, server: Server) -> None:
        self._connecting = connect(
            server.address.replace("http", "ws", 1) + "/_stcore/stream",
            origin=server.address,  # type: ignore[arg-type]
            max_size=None,
            subprotocols=["streamlit", "none"],  # type: ignore[list-item]
            additional_headers={"Cookie": server.caller.cookie},
        )

    async def __aenter__(self) -> Visit:
        return Visit(await self._connecting.__aenter__())

    async def __aexit__(self, *problem: object) -> None:
        await self._connecting.__aexit__(None, None, None)


@contextmanager
def served(folder: Path, database: Path | None) -> Iterator[tuple[Server, Server]]:
    """Give the board, entered as the bureau, and the bare page."""
    copy = folder / "board.sqlite3"
    if database is not None:
        shutil.copy(database, copy)
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{copy}"}
    make = [sys.executable, "manage.py", "init", "--sample"]
    subprocess.run(make, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    address, board = start_app(copy, folder / "board.log")
    bare_address, bare = start_bare(folder)
    try:
        yield Server(address, board, demonstrator(address)), Server(bare_address, bare, Caller(bare_address))
    finally:
        stop(board)
        stop(bare)


def start_bare(folder: Path) -> tuple[str, subprocess.Popen[bytes]]:
    port = free_port()
    words = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", "benchmarks/bare_page.py", *words]
    process = subprocess.Popen(command, cwd=ROOT, stdout=(folder / "bare.log").open("wb"), stderr=subprocess.STDOUT)
    caller = Caller(f"http://127.0.0.1:{port}")
    for _ in range(LONGEST):
        try:
            if caller.ask("/_stcore/health").status == 200:
                return caller.address, process
        except OSError:
            time.sleep(1)
    process.kill()
    raise RuntimeError("The bare page did not start.")


if __name__ == "__main__":
    main()
