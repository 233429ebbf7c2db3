"""A ledger read straight gives the population of the records in force, on histories of reports made by chance."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from catalogue.datasets import DATASETS
from catalogue.spot_checks import KINDS
from data_access.database import Session, reading, writing
from data_access.plan_store import units
from data_access.records import columns_of, insert_records
from data_access.submissions import add_reports, keep_file, withdraw
from models.tables import Submission
from rules.as_of import end_of_day
from services.figures.district_state import district_state
from services.spot_checks import populations
from services.spot_checks.populations import Population, Scope

REVIEWS = DATASETS["reviews"]
MONTHS = ("2023-01", "2023-02", "2023-03")
FIRST = datetime(2023, 2, 1, 1, tzinfo=UTC)
REPORTS, UNITS, CASES = 24, 7, 60


def report(session: Session, dice: random.Random, unit_ids: list[int], at: datetime) -> None:
    """One unit's ledger or the whole district's, of some of the same few cases; now and then withdrawn at once."""
    unit_id = dice.choice((None, *unit_ids))
    month = dice.choice(MONTHS)
    speaks_for = unit_ids if unit_id is None else [unit_id]
    cases = dice.sample(range(CASES), 30 if unit_id is None else 8)
    whose = [dice.choice(speaks_for) for _ in cases]
    row = Submission(
        dataset="reviews", month=month, unit_id=unit_id, sha256=keep_file(session, b"-"), file_name="-",
        accepted_at=at, by="-", records=len(cases),
    )  # fmt: skip
    session.add(row)
    session.flush()
    frame = pd.DataFrame(
        {
            "submission_id": row.id,
            "unit_id": whose,
            "month": month,
            "sheet": 0,
            "row": range(2, len(cases) + 2),
            "case_code": [f"C{case // 2}" for case in cases],
            "round": [1 + case % 2 for case in cases],
            "channel": [dice.choice(("系统默认", "移动端", "窗口")) for _ in cases],
            "rated_at": [f"2023-01-{dice.randrange(10, 30)} 10:{dice.randrange(10, 20)}:00.000000" for _ in cases],
            "closed_at": "2023-01-05 10:00:00.000000",
            "comment": [dice.choice((None, "好", "窗口人员耐心解答一次性告知")) for _ in cases],
            "applicant": [dice.choice((None, "王", "李")) for _ in cases],
            "phone": [dice.choice((None, "1", "2")) for _ in cases],
        }
    )
    frame = frame.reindex(columns=list(columns_of(REVIEWS.main))).astype(object)
    insert_records(session, REVIEWS.main, frame.where(frame.notna(), None))
    add_reports(session, row, {number: whose.count(number) for number in speaks_for}.items())
    session.info.clear()
    if dice.random() < 0.15:
        withdraw(session, row.id or 0, at=at + timedelta(hours=1), reason="-", by="-")


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_a_ledger_read_straight_gives_what_the_records_in_force_give(
    planned_database: str, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 no secret
    with writing() as session:
        unit_ids = sorted(units(session))[:UNITS]
        for number in range(REPORTS):
            report(session, dice, unit_ids, FIRST + timedelta(days=3 * number))
    drawn_from = 0
    for day in (date(2023, 2, 20), date(2023, 3, 20), date(2023, 4, 30)):
        for months in ((None, None), ("2023-02", None), ("2023-01", "2023-02")):
            for for_risk in (False, True):
                with reading() as session:
                    state = district_state(session, end_of_day(day))
                    scope = Scope(KINDS["reviews"], day, None, *months)
                    straight = Population(session, scope, state, for_risk)
                    with monkeypatch.context() as slow:
                        slow.setattr(populations, "MANY_TOLD_AGAIN", -1)
                        in_force = Population(session, scope, state, for_risk)
                assert straight.keys.equals(in_force.keys)
                assert straight.elements["id"].tolist() == in_force.elements["id"].tolist()
                assert straight.strata == in_force.strata
                if for_risk:
                    assert straight.elements["_sign"].tolist() == in_force.elements["_sign"].tolist()
                drawn_from += len(straight.keys)
    assert drawn_from
