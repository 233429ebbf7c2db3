"""Every page's script with 500 spot checks of 40 elements and 5,000 rectifications, over 10 thousand review rows.

Prints for each page the processor's time of its script, cold and warm, without and with them. Targets as of
benchmarks/pages.py: under 1 s cold, under 300 ms warm.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import tempfile
import time
import warnings
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.at_work import at_work
from benchmarks.pages import fill, page_times, report, visits
from frame.imports import import_and_freeze

REVIEWS = 10_000
CHECKS, ELEMENTS, RECTIFICATIONS = 500, 40, 5_000
KINDS = ("reviews", "bad_reviews", "tickets", "guides", "help_cases", "approvals", "phones")
METHODS = ("simple", "stratified", "risk")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, help="keep the databases here and use those that are there")
    parser.add_argument("--pages", nargs="*", help="only these")
    parser.add_argument("--alone", action="store_true", help="do not measure without them")
    arguments = parser.parse_args()
    at_work()
    import_and_freeze()  # as app.py does at the server's start
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        bare, full = folder / f"{REVIEWS}.sqlite3", folder / "supervised.sqlite3"
        make(bare, full)
        times: dict[int, dict[str, tuple[float, float]]] = {}
        for number, database in ((0, bare), (CHECKS, full)):
            if number or not arguments.alone:
                os.environ["DATABASE_URL"] = f"sqlite:///{database}"
                times[number] = {name: page_times(name, query) for name, query in pages(arguments.pages)}
        report(times, min(times), CHECKS)


def pages(chosen: list[str] | None) -> list[tuple[str, dict[str, str]]]:
    chosen_numbers = {"spot_check": {"number": "2023-7"}, "rectification": {"number": "2023-7"}}
    seen = dict(reversed(visits())) | chosen_numbers  # of a page visited several times the first visit
    return [(name, query) for name, query in seen.items() if not chosen or name in chosen]


def make(bare: Path, full: Path) -> None:
    if not bare.exists():
        os.environ["DATABASE_URL"] = f"sqlite:///{bare}"
        fill(REVIEWS)
    if full.exists():
        return
    start = time.perf_counter()
    for path in bare.parent.glob(f"{bare.name}*"):  # the write-ahead log goes with its database
        shutil.copy(path, full.with_name(path.name.replace(bare.name, full.name)))
    os.environ["DATABASE_URL"] = f"sqlite:///{full}"
    supervise()
    print(
        f"{CHECKS} checks, {RECTIFICATIONS} rectifications: filled in {time.perf_counter() - start:.0f} s", flush=True
    )


def supervise() -> None:
    """Checks and rectifications over the year, in every state, spread over all units."""
    from data_access.database import writing
    from data_access.plan_store import units
    from data_access.submissions import keep_file

    with writing() as session:
        held = [(unit_id, unit.name) for unit_id, unit in sorted(units(session).items())]
        file = keep_file(session, "编号\n".encode())
        for index in range(CHECKS):
            _check(session, index, held, file)
        for index in range(RECTIFICATIONS):
            _rectification(session, index, held[index % len(held)][0])


def _check(session: Any, place: int, units: list[tuple[int, str]], file: str) -> None:
    from catalogue.spot_checks import KINDS as DECLARED
    from data_access.spot_checks import add_entries, add_spot_check
    from models.spot_checks import (
        SpotCheckAct,
        SpotCheckElementRow,
        SpotCheckFindingAct,
        SpotCheckResultRow,
        SpotCheckRow,
    )

    kind, at = DECLARED[KINDS[place % len(KINDS)]], _moment(place * 230 // CHECKS)
    questions = [question.code for question in kind.questions]
    row = SpotCheckRow(
        plan="2023",
        year=2023,
        serial=place + 1,
        kind=kind.code,
        method=METHODS[place % len(METHODS)],
        as_of=at.date() - timedelta(days=1),
        at=at,
        by="bench",
        seed=str(place),
        confidence=0.95,
        expected=0.5,
        size_by="number",
        size_asked=ELEMENTS,
        population=4000,
        digest="0" * 64,
        strata=[[unit_id, 60] for unit_id, _ in units],
        population_file=file,
        attempt=1,
    )
    elements = [
        SpotCheckElementRow(
            plan="2023",
            spot_check_id=0,
            position=position,
            key=f"{name}|{place}-{position}",
            unit_id=unit_id,
            ticket=f"{position:064x}",
            weight=1 if row.method == "risk" else None,
            probability=0.01 if row.method == "risk" else None,
            claim=True,
            questions=questions,
            content="事项名称：居民身份证办理；评价渠道：二维码",
            drawn_at=at,
        )
        for position in range(1, ELEMENTS + 1)
        for unit_id, name in [units[(place + position) % len(units)]]
    ]
    check_id = add_spot_check(session, row, elements)
    recorded = elements if place % 10 else elements[:10]
    add_entries(
        session,
        [
            SpotCheckResultRow(
                plan="2023",
                element_id=element.id,
                checker="张三",
                checked_at=at,
                answers=dict.fromkeys(questions, element.position % 8 != 0),
                result="pass" if element.position % 8 else "fail",
                note="" if element.position % 8 else "不符",
                at=at,
                by="bench",
            )
            for element in recorded
        ],
    )
    if place % 10 == 0:
        return
    told_at = at + timedelta(days=1)
    add_entries(session, [SpotCheckAct(plan="2023", spot_check_id=check_id, act="release", at=told_at, by="bench")])
    if place % 5 > 1:
        add_entries(
            session,
            [
                SpotCheckFindingAct(plan="2023", element_id=element.id, act=act, at=told_at, by="bench")
                for element in elements
                if element.position % 8 == 0
                for act in ("accept", "confirm")
            ],
        )


def _rectification(session: Any, place: int, unit_id: int) -> None:
    from data_access.rectifications import add
    from models.rectifications import Act, RectificationEntry, RectificationRow

    at = _moment(place * 230 // RECTIFICATIONS)
    row = RectificationRow(
        plan="2023",
        year=2023,
        serial=place + 1,
        unit_id=unit_id,
        issue=f"窗口要求的材料与指南不一致（{place}）",
        requirement="查明原因，整改到位",
        source=("measure:1.1.2", "other", "lead:12345", "measure:6.2.1")[place % 4],
        measure=("1.1.2", None, None, "6.2.1")[place % 4],
        due=at.date() + timedelta(days=14),
        at=at,
        by="bench",
    )
    number = add(session, row)
    acts = ((), (Act.ANSWER,), (Act.ANSWER, Act.ACCEPT), (Act.ANSWER, Act.RETURN, Act.ANSWER, Act.ACCEPT))[place % 4]
    for day, act in enumerate(acts, 3):
        moment = at + timedelta(days=day)
        add(
            session,
            RectificationEntry(
                plan="2023", rectification_id=number, act=act.value, text="已改", cause="人员", at=moment, by="bench"
            ),
        )


def _moment(day: int) -> datetime:
    from rules.as_of import SHANGHAI

    return datetime(2023, 1, 3, 9, tzinfo=SHANGHAI) + timedelta(days=day)


if __name__ == "__main__":
    main()
