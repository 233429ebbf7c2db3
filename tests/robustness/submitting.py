"""Run in a process of its own (tests/robustness/forking.py): submits a workbook, and kills itself at a point.

Points: a number is the SQL statement (the n-th that writes) before which it dies; “rows” is when the rows are on their
way to a server, “commit” just before the commit, “done” just after.
"""

import json
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import event

from data_access.database import writing_engine
from models.corrections import CellCorrection
from models.people import Person, Role
from rules.as_of import parse_instant
from services.access.current_user import acting_as
from services.intake.checked_workbook import CheckedWorkbook, Request
from services.intake.checking import check
from services.intake.corrections import correct
from services.intake.upload import submit
from tests.robustness.acting import die, die_before

REQUEST = Request("hotline_tickets", None, True, "2023-06")


def mended(content: bytes) -> CheckedWorkbook:
    """The ledger with each wrong cell, where there are any, put right on screen."""
    workbook = check(content, "工单.xlsx", REQUEST)
    wrong = [
        CellCorrection(problem.sheet or "", problem.row or 0, problem.column or "", "满意")
        for problem in workbook.report.problems
        if problem.severity == "error"
    ]
    return correct(workbook, wrong) if wrong else workbook


def write_and_die(copy: Any, rows: Any, write: Any = psycopg.Copy.write) -> None:
    write(copy, rows)
    die()


def main(file: str, point: str) -> str:
    """Return the submission that is in, and how many statements there were, as JSON."""
    statements = die_before(int(point) if point.isdigit() else 0, writing_engine())
    if point == "commit":
        event.listen(writing_engine(), "commit", lambda _: die())
    if point == "rows":
        event.listen(writing_engine(), "begin", lambda _: setattr(psycopg.Copy, "write", write_and_die))
    content = Path(file).read_bytes()
    with acting_as(Person("测试", Role.BUREAU)):
        done = submit(mended(content), at=parse_instant("2023-07-03T10:00:00"))
    if point == "done":
        die()
    answer = {"submission": done.submission, "unchanged": done.unchanged, "records": done.records}
    return json.dumps(answer | {"statements": statements[0]})
