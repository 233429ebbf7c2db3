"""One random half-year of the small district: told to the program and to the oracle's records alike, in any order of
time.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any

import pandas as pd

from catalogue.datasets import DATASETS
from data_access.database import reading, writing
from data_access.exemptions import add_exemption
from data_access.plan_store import units
from models.definitions import Kind, Part
from models.validation import MappedColumn, SheetReading, ValidationReport
from services.access.refusal import RefusedRequest
from services.intake.checked_workbook import CheckedWorkbook, Request
from services.intake.checking import check
from services.intake.upload import submit, withdraw_submission
from services.milestones.verification import verify
from services.plan.decisions import set_target, settle
from tests.oracle.district import UNITS, world
from tests.oracle.reading import SHANGHAI, SNAPSHOTS, Day, counted
from tests.oracle.rows import progress_rows, some_rows
from tests.services.conftest import workbook

NAMES = [unit["单位名称"] for unit in UNITS]
MONTHS = ["2023-01", "2023-02", "2023-03", "2023-04"]
DTYPES = {
    Kind.INT: "Int64",
    Kind.DURATION: "Float64",
    Kind.YES_NO: "boolean",
    Kind.DATE: "datetime64[us]",
    Kind.DATETIME: "datetime64[us]",
}
BY = "测试"


class Scenario:
    """`files`: through real workbooks and the reader; else the checked records are handed over as they are."""

    def __init__(self, seed: int, *, files: bool = False) -> None:
        self.random, self.files, self.world = Random(seed), files, world()
        self.diligence = self.random.choice([0.6, 0.9, 1.0])
        self.datasets = self.random.sample(list(DATASETS), 3)
        self.milestones: dict[str, list[str]] = {name: [] for name in NAMES}
        self.owed: dict[str, set[str]] = {name: set() for name in NAMES}
        for task in Day(self.world, date(2023, 1, 1)).tasks():
            for measure in self.world["measures"]:
                if measure["task"] == task["task"]:
                    for unit in task["units"]:
                        self.owed[unit] |= set(counted(measure))
                        self.milestones[unit] += [measure["measure"]] if measure["milestone"] else []

    # ---- what happens ----

    def run(self, datasets: Sequence[str] = (), share: float = 1.0) -> None:
        """Reports of three datasets, or of those named, in any order of their times, some taken back; then decisions in
        order.
        """
        self.datasets = list(datasets) or self.datasets
        planned = [report for report in self._reports() if self.random.random() < share]
        self.random.shuffle(planned)
        for dataset, unit, month, at in planned:
            self._submit(dataset, unit, month, at)
            if self.random.random() < 0.08:
                self._withdraw()
        for _ in range(6):
            self._ruling()
        for at in sorted(self._moment(date(2023, 2, 1), 100) for _ in range(40)):
            self._decide(at)

    def _reports(self) -> list[tuple[str, str | None, str, datetime]]:
        reports: list[tuple[str, str | None, str, datetime]] = []
        for dataset in self.datasets:
            district = dataset != "hotline_calls" and self.random.random() < 0.35
            for month in MONTHS if dataset not in SNAPSHOTS else self.random.sample(MONTHS, 2):
                owing = [name for name in NAMES if dataset in self.owed[name]] or NAMES[:2]
                for unit in [None, *self.random.sample(owing, 1)] if district else owing:
                    times = 2 if self.random.random() < 0.2 else 1 if self.random.random() < self.diligence else 0
                    reports += [(dataset, unit, month, self._after(month)) for _ in range(times)]
            reports.append(
                (
                    dataset,
                    None if dataset != "hotline_calls" else NAMES[3],
                    self.random.choice(MONTHS),
                    self._after(MONTHS[0]),
                )
            )
        return reports

    def _after(self, month: str) -> datetime:
        """Some time after the month, now and then within it; only few moments a day, so that some fall together."""
        return self._moment(date.fromisoformat(f"{month}-01") + timedelta(days=22), 28)

    def _moment(self, first: date, days: int) -> datetime:
        day = first + timedelta(days=self.random.randrange(days))
        return datetime(day.year, day.month, day.day, *self.random.choice([(0, 0), (9, 0), (23, 59)]), tzinfo=SHANGHAI)

    # ---- telling both ----

    def _submit(self, dataset: str, unit: str | None, month: str, at: datetime) -> None:
        rows = self._rows(dataset, unit, month)
        number = len(self.world["submissions"])
        content = self._file(dataset, rows, number)
        request = Request(dataset, unit, unit is None, month)
        checked = check(content, f"{dataset}.xlsx", request) if self.files else _checked(content, request, rows)
        done = submit(checked, at=at)
        assert done.submission is not None, [problem.message for problem in done.report.problems]
        if not done.unchanged:
            spoken_for = [unit] if unit else sorted({row["责任单位"] for row in rows})
            self.world["submissions"].append(
                {
                    "id": done.submission,
                    "dataset": dataset,
                    "unit": unit,
                    "units": spoken_for,
                    "month": month,
                    "at": at,
                    "rows": rows,
                    "withdrawn": None,
                }
            )

    def _rows(self, dataset: str, unit: str | None, month: str) -> list[dict[str, Any]]:
        speaking = [unit] if unit else self.random.sample(NAMES, 4)
        if dataset == "progress":
            return progress_rows(self.random, month, {name: self.milestones[name] for name in speaking})
        return some_rows(self.random, dataset, month, speaking, 4 if unit else 9)

    def _file(self, dataset: str, rows: Sequence[dict[str, Any]], number: int) -> bytes:
        if not self.files:
            return f"{number}".encode()
        main = DATASETS[dataset].main.code
        parts = {part.code: list(rows) if part.code == main else [] for part in DATASETS[dataset].parts}
        return workbook(dataset, parts)

    def _withdraw(self) -> None:
        there = [submission for submission in self.world["submissions"] if submission["withdrawn"] is None]
        if there:
            submission = self.random.choice(there)
            at = max(submission["at"], self._moment(submission["at"].date(), 40))
            withdraw_submission(submission["id"], reason="报错", at=at)
            submission["withdrawn"] = at

    def _ruling(self) -> None:
        at, kind = self._moment(date(2023, 1, 2), 100), self.random.randrange(3)
        if kind == 0:
            self._settle(at)
        elif kind == 1:
            self._target(at)
        else:
            unit, dataset, exempt = (
                self.random.choice(NAMES),
                self.random.choice(self.datasets),
                self.random.random() < 0.8,
            )
            with writing() as session:
                number = next(unit_row.id for unit_row in units(session).values() if unit_row.name == unit)
                add_exemption(session, number, dataset, exempt=exempt, reason="无此业务", at=at, by=BY)
            self.world["exemptions"].append({"unit": unit, "dataset": dataset, "exempt": exempt, "at": at})

    def _settle(self, at: datetime) -> None:
        task = self.random.choice(self.world["tasks"])["task"]
        deadline = date(2023, self.random.randrange(2, 6), 15) if self.random.random() < 0.6 else None
        named = (
            [name for name in NAMES if self.random.random() < 0.5]
            if deadline is None or self.random.random() < 0.3
            else []
        )
        if deadline or named:
            settle(task, deadline=deadline, unit_words=named or None, reason="调整", at=at)
            self.world["rulings"].append({"task": task, "deadline": deadline, "units": named or None, "at": at})

    def _target(self, at: datetime) -> None:
        code, words = self.random.choice(
            [indicator for measure in self.world["measures"] for indicator in measure["indicators"]]
        )
        if self.random.random() < 0.6:
            code, words = self.random.choice(
                [("intermediary_selections", "增长"), ("utility_cases", "增长"), ("joint_survey_rate", "增长")]
            )
        value = self.random.choice([0.2, 0.5, 0.9]) if words != "增长" or self.random.random() < 0.15 else None
        baseline = self.random.choice([0.3, 3.0, 8.0]) if words == "增长" and value is None else None
        set_target(code, target=value, baseline=baseline, reason="调整", at=at)
        self.world["targets"].append({"indicator": code, "value": value, "baseline": baseline, "at": at})

    def _decide(self, at: datetime) -> None:
        """Verify or return something; both must agree on whether there is anything to decide."""
        unit = self.random.choice([name for name in NAMES if self.milestones[name]])
        measure = self.random.choice(self.milestones[unit])
        returned = "佐证不足" if self.random.random() < 0.4 else None
        moment = Day(self.world, at.date())
        moment.end = at + timedelta(microseconds=1)
        decided = [
            decision
            for decision in moment.before("decisions")
            if (decision["measure"], decision["unit"]) == (measure, unit)
        ]
        verified = decided[-1] if decided and decided[-1]["verified"] else None
        reported = moment.completion(measure, unit)
        completed = verified["completed"] if verified else reported[0] if reported else None
        possible = completed is not None and not (verified and returned is None)
        try:
            verify(measure, unit, returned=returned, at=at)
        except RefusedRequest as refused:
            assert not possible, str(refused)
            return
        assert possible, (measure, unit, at)
        self.world["decisions"].append(
            {"measure": measure, "unit": unit, "verified": returned is None, "completed": completed, "at": at}
        )


def days_to_compare(random: Random, number: int) -> list[date]:
    return sorted(date(2023, 1, 3) + timedelta(days=random.randrange(150)) for _ in range(number))


def unit_ids() -> dict[str, int]:
    with reading() as session:
        return {unit.name: unit.id for unit in units(session).values()}


def _checked(content: bytes, request: Request, rows: Sequence[dict[str, Any]]) -> CheckedWorkbook:
    """What the check of a clean workbook with these rows gives."""
    dataset, unit, month = request.dataset or "", request.unit, request.month
    parts = DATASETS[dataset].parts
    frames = {part.code: _frame(part, rows if part is parts[0] else []) for part in parts}
    sheets = tuple(
        SheetReading(
            part.code,
            part.code,
            (1,),
            tuple(MappedColumn("A", f.label, f.label, f.name, "exact") for f in part.fields),
            (),
            (),
            (),
            (),
            frames[part.code],
        )
        for part in parts
    )
    report = ValidationReport(
        "记录", sha256(content).hexdigest(), dataset=dataset, unit=unit, month=month, sheets=sheets, frames=frames
    )
    return CheckedWorkbook(content, request, report, report, None)


def _frame(part: Part, rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    columns: dict[str, Any] = {
        field.name: pd.Series(
            [_value(row.get(field.label), field.kind) for row in rows], dtype=DTYPES.get(field.kind, "object")
        )
        for field in part.fields
    }
    return pd.DataFrame(
        columns | {"_sheet": pd.Series([part.code] * len(rows), dtype="object"), "_row": range(2, len(rows) + 2)}
    )


def _value(value: Any, kind: Kind) -> Any:
    return {"是": True, "否": False}.get(value) if kind is Kind.YES_NO else value
