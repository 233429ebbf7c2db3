"""The intake of a large ledger (100,000 rows × 30 columns of Chinese text, 1 % bad cells), each way in a process of its own, one after another.

Prints seconds, the ratio to the bare fastexcel read as strings of the same rows (the floor), the target, and the peak memory of all processes together.
`--usual` adds the usual way (pandas with openpyxl, pydantic, SQLModel add_all); `--frictionless PYTHON` names an interpreter that has frictionless[excel].
`--reviews 1000000` also sends in a file of so many reviews.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
LIMIT_MB = 700
TARGETS = {"submit": 2.5, "checks": 0.3, "mark": 2.0}  # × the floor
WORDS = {
    "floor": "bare fastexcel read as strings (the floor)", "submit": "read + check + submit, child included", "checks": "the checks alone",
    "check": "read + check, 1 % bad cells", "mark": "the marked workbook", "usual": "the usual way", "frictionless": "frictionless, validation alone",
}
FRICTIONLESS = """
import os, sys, time
from frictionless import Checklist, Resource, Schema
folder, name = os.path.split(sys.argv[1])
os.chdir(folder)
dates, choices = ["受理时间", "派单时间", "签收时间", "办结时间"], {"工单类型": ["咨询", "求助", "投诉", "举报", "建议", "表扬", "其他"]}
def described(label):
    if label in dates: return {"name": label, "type": "datetime", "format": "%Y-%m-%d %H:%M:%S"}
    if label in choices: return {"name": label, "type": "string", "constraints": {"enum": choices[label]}}
    return {"name": label, "type": "string", "constraints": {"required": True}}
schema = Schema.from_descriptor({"fields": [described(label) for label in sys.argv[2].split(",")]})
start = time.perf_counter()
report = Resource(path=name, schema=schema).validate(Checklist(), limit_errors=1_000_000)
assert report.tasks[0].stats["rows"] > 0, report
print('{"seconds": %f}' % (time.perf_counter() - start))
"""


def main() -> None:
    arguments = _arguments()
    if arguments.way:
        print(json.dumps({"seconds": WAYS[arguments.way](Path(arguments.file))}))
        return
    with tempfile.TemporaryDirectory() as folder:
        _compare(Path(folder), arguments)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--usual", action="store_true")
    parser.add_argument("--frictionless", metavar="PYTHON")
    parser.add_argument("--reviews", type=int, default=0)
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--file", help=argparse.SUPPRESS)
    return parser.parse_args()


def _compare(folder: Path, arguments: argparse.Namespace) -> None:
    from benchmarks.intake_files import REVIEWS, TICKETS, write_ledger

    clean, bad, reviews = folder / "clean.xlsx", folder / "bad.xlsx", folder / "reviews.xlsx"
    write_ledger(clean, TICKETS, arguments.rows)
    write_ledger(bad, TICKETS, arguments.rows, 0.01)
    print(f"{arguments.rows:,} rows × {len(TICKETS)} columns, {clean.stat().st_size / 1e6:.1f} MB, {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.1f}, median of {arguments.repeat}")
    files = {"floor": clean, "submit": clean, "check": bad, "checks": bad, "mark": bad}
    runs: dict[str, list[tuple[float, float]]] = {}
    for _ in range(arguments.repeat):
        for way, path in files.items():
            runs.setdefault(way, []).append(_run([sys.executable, __file__, "--way", way, "--file", str(path)]))
    if arguments.usual:
        runs["usual"] = [_run([sys.executable, __file__, "--way", "usual", "--file", str(clean)])]
    else:
        print("the usual way was not run (--usual)")
    if arguments.frictionless:
        runs["frictionless"] = [_run([arguments.frictionless, "-c", FRICTIONLESS, str(bad), ",".join(TICKETS)])]
    else:
        print("frictionless was not run: it is not among our requirements (--frictionless PYTHON)")
    _report(runs)
    if arguments.reviews:
        write_ledger(reviews, REVIEWS, arguments.reviews)
        seconds, memory = _run([sys.executable, __file__, "--way", "reviews", "--file", str(reviews)])
        print(f"{arguments.reviews:,} reviews ({reviews.stat().st_size / 1e6:.0f} MB) read, checked and submitted: {seconds:.1f} s, {memory:.0f} MB")


def _report(runs: dict[str, list[tuple[float, float]]]) -> None:
    seconds = {way: statistics.median(run[0] for run in of_way) for way, of_way in runs.items()}
    for way, of_way in runs.items():
        target = f", target ≤ {TARGETS[way]}" if way in TARGETS else ""
        memory = max(run[1] for run in of_way)
        print(f"{WORDS[way]:<45} {seconds[way]:7.2f} s  {seconds[way] / seconds['floor']:6.2f} × the floor{target}  peak {memory:5.0f} MB")
    print(f"peak of all processes of read + check + submit: {max(run[1] for run in runs['submit']):.0f} MB, target < {LIMIT_MB}")
    for way, target in (("usual", 13), ("frictionless", 10)):
        if way in runs:
            print(f"{WORDS[way]}: {seconds[way] / seconds['submit']:.1f} × our read + check + submit, target ≥ {target}")


def _run(command: list[str]) -> tuple[float, float]:
    """Seconds as the process tells them, and the most memory (MB) it and its children held together."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True)
    peak, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.03):
            peak[0] = max(peak[0], sum(map(_held, _family(process.pid))) / 1024)

    watcher = threading.Thread(target=watch)
    watcher.start()
    printed, _ = process.communicate()
    done.set()
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{' '.join(command[:4])} failed")
    return float(json.loads(printed.splitlines()[-1])["seconds"]), peak[0]


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        threads = [task.name for task in Path(f"/proc/{pid}/task").iterdir()]
        children += [child for task in threads if task != str(pid)
                     for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split()]
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _held(pid: int) -> int:
    """Proportional memory in kB: shared pages are counted once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def floor(path: Path) -> float:
    import fastexcel

    start = time.perf_counter()
    fastexcel.read_excel(path.read_bytes()).load_sheet_eager(0, header_row=0, dtypes="string")
    return time.perf_counter() - start


def submit(path: Path, dataset: str = "hotline_tickets") -> float:
    with tempfile.TemporaryDirectory() as folder:
        request = _prepared(folder, dataset)
        from services.upload import submit as send

        content = path.read_bytes()
        start = time.perf_counter()
        done = send(content, path.name, request)
        seconds = time.perf_counter() - start
        assert done.submission is not None, done.report.problems[:3]
        return seconds


def check(path: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        request = _prepared(folder)
        from services.upload import check as look

        content = path.read_bytes()
        start = time.perf_counter()
        assert look(content, path.name, request).problems
        return time.perf_counter() - start


def checks(path: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        request = _prepared(folder)
        import services.upload as upload

        cells = upload.read(path.read_bytes(), path.name)
        context, _ = upload._context(request, path.name)
        start = time.perf_counter()
        upload.understand(cells, [upload.CHECKED["hotline_tickets"]], context)
        return time.perf_counter() - start


def mark(path: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        request = _prepared(folder)
        from services.marking import marked
        from services.upload import check_cells

        content = path.read_bytes()
        report, cells = check_cells(content, path.name, request)
        start = time.perf_counter()
        marked(content, report, cells)
        return time.perf_counter() - start


def _prepared(folder: str, dataset: str = "hotline_tickets"):  # noqa: ANN202 imported late, so that the floor stays bare
    os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
    from benchmarks.at_work import at_work
    from services.set_up import UNITS_FILE, set_up
    from services.upload import Request

    at_work()
    set_up(units_file=UNITS_FILE)
    return Request(dataset, None, True, "2023-06")


def usual(path: Path) -> float:
    """As it is commonly written: pandas with openpyxl, a pydantic model a row, objects added one by one."""
    import pandas as pd
    from pydantic import BaseModel, NaiveDatetime
    from sqlmodel import Field, Session, SQLModel, create_engine

    from benchmarks.intake_files import TICKETS

    names = [f"c{number}" for number in range(len(TICKETS))]
    moments = {"c1", "c6", "c7", "c9"}
    types = {name: NaiveDatetime if name in moments else str for name in names}
    checked = type("Checked", (BaseModel,), {"__annotations__": types})
    row = type("Row", (SQLModel,), {"__annotations__": {"id": int | None, **types}, "id": Field(default=None, primary_key=True)}, table=True)
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'usual.sqlite3'}")
        SQLModel.metadata.create_all(engine, tables=[row.__table__])
        start = time.perf_counter()
        frame = pd.read_excel(path, dtype=str, engine="openpyxl").set_axis(names, axis=1)
        models = [checked(**record) for record in frame.to_dict("records")]
        with Session(engine) as session:
            session.add_all([row(**model.model_dump()) for model in models])
            session.commit()
        frame.groupby("c5").size()
        return time.perf_counter() - start


WAYS: dict[str, Callable[[Path], float]] = {
    "floor": floor, "submit": submit, "check": check, "checks": checks, "mark": mark, "usual": usual,
    "reviews": lambda path: submit(path, "reviews"),
}

if __name__ == "__main__":
    main()
