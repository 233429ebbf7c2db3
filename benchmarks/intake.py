"""The intake of a large ledger (100,000 rows × 30 columns of Chinese text, 1 % bad cells), each way in a process of its
own, one after another.

Prints the seconds on the clock (the least of the repeats: what runs beside can only add), their ratio to the bare
fastexcel read as strings of the same rows (the floor), the target, the processor's seconds in the process itself, and
the peak memory of all processes together, taken in a run of its own, for looking costs time. The process that forks the
readers runs already, as in a server. `--usual` adds the usual way (pandas with openpyxl, pydantic, SQLModel add_all);
`--frictionless PYTHON` names an interpreter that has frictionless[excel]. `--reviews 1000000` also sends in a file of
so many reviews, `--wrong` also checks a ledger in which every cell that can be wrong is, each in its own way.
`--postgresql` stores on a PostgreSQL server of its own, whose memory is not counted.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.definitions import Field

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
LIMIT_MB = 700
TARGETS = {"submit": 2.5, "checks": 0.3, "mark": 2.0}  # × the floor
ON_POSTGRESQL = {"submit": 3.0}
SERVER = "BENCHMARK_POSTGRESQL"
"""The environment variable by which each way knows the folder of the server's socket."""
WORDS = {
    "floor": "bare fastexcel read as strings (the floor)",
    "submit": "read + check + submit, child included",
    "checks": "the checks alone",
    "check": "read + check, 1 % bad cells",
    "wrong": "read + check, every cell wrong",
    "reviews": "reviews read, checked and submitted",
    "mark": "the marked workbook",
    "usual": "the usual way",
    "frictionless": "frictionless, validation alone",
}
FRICTIONLESS = """
import json, os, sys, time
from frictionless import Checklist, Resource, Schema
folder, name = os.path.split(sys.argv[1])
os.chdir(folder)
schema = Schema.from_descriptor(json.loads(sys.argv[2]))
start = time.perf_counter()
report = Resource(path=name, schema=schema).validate(Checklist(), limit_errors=1_000_000)
assert report.tasks[0].stats["rows"] > 0, report
print('{"seconds": %f, "processor": %f}' % (time.perf_counter() - start, time.process_time()))
"""


@dataclass
class Taken:
    """Seconds on the clock, and of the processor in the process itself."""

    seconds: float = 0.0
    processor: float = 0.0


@contextmanager
def clock() -> Iterator[Taken]:
    """Measures what is done within."""
    taken, start, before = Taken(), time.perf_counter(), time.process_time()
    yield taken
    taken.seconds, taken.processor = time.perf_counter() - start, time.process_time() - before


def main() -> None:
    arguments = _arguments()
    if arguments.way:
        taken = WAYS[arguments.way](Path(arguments.file))
        print(json.dumps({"seconds": taken.seconds, "processor": taken.processor}))
        return
    with tempfile.TemporaryDirectory() as folder, _server(arguments) as targets:
        _compare(Path(folder), arguments, targets)


@contextmanager
def _server(arguments: argparse.Namespace) -> Iterator[dict[str, float]]:
    """Give the targets, with a server running where one is asked for."""
    if not arguments.postgresql:
        yield TARGETS
        return
    from tests.engines import served_postgresql

    with served_postgresql() as socket:
        os.environ[SERVER] = str(socket)
        yield TARGETS | ON_POSTGRESQL


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--usual", action="store_true")
    parser.add_argument("--frictionless", metavar="PYTHON")
    parser.add_argument("--reviews", type=int, default=0)
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--file", help=argparse.SUPPRESS)
    return parser.parse_args()


def _compare(folder: Path, arguments: argparse.Namespace, targets: dict[str, float]) -> None:
    from benchmarks.intake_files import REVIEWS, TICKETS, write_ledger

    files = {"floor": folder / "clean.xlsx", "submit": folder / "clean.xlsx"} | dict.fromkeys(
        ("check", "checks", "mark"), folder / "bad.xlsx"
    )
    write_ledger(files["submit"], TICKETS, arguments.rows)
    write_ledger(files["check"], TICKETS, arguments.rows, 0.01)
    print(
        f"{arguments.rows:,} rows × {len(TICKETS)} columns, {files['submit'].stat().st_size / 1e6:.1f} MB, {os.cpu_count()} cores, "  # noqa: E501
        f"load {os.getloadavg()[0]:.1f}, the least of {arguments.repeat}"
    )
    runs: dict[str, list[Taken]] = {}
    for _ in range(arguments.repeat):
        for way, path in files.items():
            runs.setdefault(way, []).append(_run(_ours(way, path)))
    if arguments.usual:
        files["usual"] = files["submit"]
        runs["usual"] = [_run(_ours("usual", files["usual"]))]
    else:
        print("the usual way was not run (--usual)")
    if arguments.frictionless:
        schema = json.dumps(_table_schema(TICKETS))
        runs["frictionless"] = [_run([arguments.frictionless, "-c", FRICTIONLESS, str(files["check"]), schema])]
    else:
        print("frictionless was not run: it is not among our requirements (--frictionless PYTHON)")
    if arguments.wrong:
        files["wrong"] = folder / "wrong.xlsx"
        write_ledger(files["wrong"], TICKETS, arguments.rows, 1.0)
        runs["wrong"] = [_run(_ours("wrong", files["wrong"]))]
    if arguments.reviews:
        files["reviews"] = folder / "reviews.xlsx"
        write_ledger(files["reviews"], REVIEWS, arguments.reviews)
        print(f"{arguments.reviews:,} reviews, {files['reviews'].stat().st_size / 1e6:.0f} MB")
        runs["reviews"] = [_run(_ours("reviews", files["reviews"]))]
    _report(runs, {way: _peak(_ours(way, path)) for way, path in files.items()}, targets)


def _table_schema(labels: Iterable[str]) -> dict[str, object]:
    """Our rules for each column alone, and the key, in the words of frictionless; columns that we do not know are
    text.
    """
    from catalogue.datasets import DATASETS

    known = {field.label: field for field in DATASETS["hotline_tickets"].main.fields}
    key = [field.label for field in known.values() if field.key]
    return {"fields": [_column_schema(label, known.get(label)) for label in labels], "primaryKey": key}


def _column_schema(label: str, field: Field | None) -> dict[str, object]:
    from models.definitions import Kind

    if field is None:
        return {"name": label, "type": "string"}
    constraints: dict[str, object] = {"required": field.required}
    if field.choices:
        constraints["enum"] = list(field.choices)
    types: dict[Kind, dict[str, object]] = {
        Kind.DATETIME: {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S"},
        Kind.DATE: {"type": "date", "format": "%Y-%m-%d"},
        Kind.YES_NO: {"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]},
    }
    return {"name": label, **types.get(field.kind, {"type": "string"}), "constraints": constraints}


def _report(runs: dict[str, list[Taken]], peaks: dict[str, float], targets: dict[str, float]) -> None:
    seconds = {way: min(run.seconds for run in taken) for way, taken in runs.items()}
    processor = {way: min(run.processor for run in taken) for way, taken in runs.items()}
    for way in runs:
        memory = f"; peak {peaks[way]:5.0f} MB" if way in peaks else ""
        target = f", target ≤ {targets[way]}" if way in targets else ""
        print(
            f"{WORDS[way]:<45} {seconds[way]:7.2f} s {seconds[way] / seconds['floor']:6.2f} × the floor{target}; own processor "  # noqa: E501
            f"{processor[way]:6.2f} s{memory}"
        )
    print(f"peak of all processes of read + check + submit: {peaks['submit']:.0f} MB, target < {LIMIT_MB}")
    for way, target in (("usual", 13), ("frictionless", 10)):
        if way in runs:
            print(
                f"{WORDS[way]}: {seconds[way] / seconds['submit']:.1f} × our read + check + submit, target ≥ {target}"
            )


def _ours(way: str, path: Path) -> list[str]:
    return [sys.executable, __file__, "--way", way, "--file", str(path)]


def _run(command: list[str]) -> Taken:
    """As the process tells it."""
    return _told(subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True))


def _told(process: subprocess.Popen[str]) -> Taken:
    printed, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, list(process.args)[:4]))} failed")
    return Taken(**json.loads(printed.splitlines()[-1]))


def _peak(command: list[str]) -> float:
    """The most memory (MB) that the process and its children held together."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True)
    peak, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.03):
            peak[0] = max(peak[0], sum(map(_held, _family(process.pid))) / 1024)

    watcher = threading.Thread(target=watch)
    watcher.start()
    _told(process)
    done.set()
    watcher.join()
    return peak[0]


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        threads = [task.name for task in Path(f"/proc/{pid}/task").iterdir()]
        children += [
            child
            for task in threads
            if task != str(pid)
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split()
        ]
    except OSError:
        return []
    return [pid, *(descendant for child in children for descendant in _family(int(child)))]


def _held(pid: int) -> int:
    """Proportional memory in kB: shared pages are counted once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def floor(path: Path) -> Taken:
    import fastexcel

    with clock() as taken:
        fastexcel.read_excel(path.read_bytes()).load_sheet_eager(0, header_row=0, dtypes="string")
    return taken


def submit(path: Path, dataset: str = "hotline_tickets") -> Taken:
    with tempfile.TemporaryDirectory() as folder:
        request = _prepared(folder, dataset)
        from services.intake.checking import check as look
        from services.intake.upload import submit as send

        content = path.read_bytes()
        with clock() as taken:
            done = send(look(content, path.name, request))
        assert done.submission is not None, done.report.problems[:3]
        return taken


def check(path: Path) -> Taken:
    with tempfile.TemporaryDirectory() as folder:
        request = _prepared(folder)
        from services.intake.checking import check as look

        content = path.read_bytes()
        with clock() as taken:
            assert look(content, path.name, request).report.problems
        return taken


def checks(path: Path) -> Taken:
    with tempfile.TemporaryDirectory() as folder:
        request = _prepared(folder)
        import services.intake.checking as checking
        from rules.intake import understand

        cells = checking.read(path.read_bytes(), path.name)
        context, _ = checking._context(request, path.name)
        with clock() as taken:
            understand(cells, [checking.checked_datasets()["hotline_tickets"]], context)
        return taken


def mark(path: Path) -> Taken:
    with tempfile.TemporaryDirectory() as folder:
        request = _prepared(folder)
        from services.intake.checking import check as look
        from services.intake.marking import mark as colour

        workbook = look(path.read_bytes(), path.name, request)
        with clock() as taken:
            colour(workbook)
        return taken


def _prepared(folder: str, dataset: str = "hotline_tickets"):  # noqa: ANN202 imported late, so that the floor stays bare
    os.environ["DATABASE_URL"] = _address(Path(folder))
    from benchmarks.at_work import at_work
    from services.intake.checked_workbook import Request
    from services.operations.set_up import UNITS_FILE, set_up

    at_work()
    set_up(units_file=UNITS_FILE)
    gc.collect()
    gc.freeze()  # as app.py does at the server's start
    return Request(dataset, None, True, "2023-06")


def _address(folder: Path) -> str:
    """Return the address of a database in which nothing is."""
    if SERVER not in os.environ:
        return f"sqlite:///{folder / 'bench.sqlite3'}"
    from tests.engines import Served

    return Served(Path(os.environ[SERVER])).empty(folder)


def usual(path: Path) -> Taken:
    """Return the time and memory of what is commonly written: pandas with openpyxl, a pydantic model a row, objects
    added one by one.
    """
    import pandas as pd
    from pydantic import BaseModel, NaiveDatetime
    from sqlmodel import Field, Session, SQLModel, create_engine

    from benchmarks.intake_files import TICKETS

    names = [f"c{number}" for number in range(len(TICKETS))]
    moments = {"c1", "c6", "c7", "c9"}
    types = {name: NaiveDatetime if name in moments else str for name in names}
    checked = type("Checked", (BaseModel,), {"__annotations__": types})
    row = type(
        "Row",
        (SQLModel,),
        {"__annotations__": {"id": int | None, **types}, "id": Field(default=None, primary_key=True)},
        table=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'usual.sqlite3'}")
        SQLModel.metadata.create_all(engine, tables=[row.__table__])
        with clock() as taken:
            frame = pd.read_excel(path, dtype=str, engine="openpyxl").set_axis(names, axis=1)
            models = [checked(**record) for record in frame.to_dict("records")]
            with Session(engine) as session:
                session.add_all([row(**model.model_dump()) for model in models])
                session.commit()
            frame.groupby("c5").size()
        return taken


WAYS: dict[str, Callable[[Path], Taken]] = {
    "floor": floor,
    "submit": submit,
    "check": check,
    "checks": checks,
    "mark": mark,
    "usual": usual,
    "wrong": check,
    "reviews": lambda path: submit(path, "reviews"),
}

if __name__ == "__main__":
    main()
