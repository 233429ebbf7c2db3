"""A workbook held against what the board has already: mistakes that its own cells cannot show.

Who may report it, numbers that stand for another case, what a unit may add to the bureau's list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from catalogue.datasets import DATASETS
from catalogue.datasets.progress import PROGRESS
from data_access.database import Session
from data_access.records import load_records
from data_access.submissions import ReportInForce, last_of_each_unit, places_in, reports_in_force
from models.definitions import Dataset, Field
from models.people import Role
from models.validation import Problem, ValidationReport
from rules.intake import messages
from rules.intake.additions import unaddable
from rules.intake.other_cases import OtherCase, is_numbered_anew, other_cases
from rules.intake.problem_limits import within_limits
from rules.intake.said_by_others import left_out, said_otherwise
from services.access.clock import present
from services.access.current_user import current_user
from services.figures.district_state import DistrictState
from services.intake.checked_workbook import Request
from services.intake.plan_of_report import MeasuresNamed
from services.intake.reporters import Right, refusal_to_report, right_to_report


def compared_with_accepted(
    session: Session, state: DistrictState, report: ValidationReport, request: Request
) -> ValidationReport:
    """Return the report with the mistakes that show beside what was accepted before. It may already have them."""
    if report.dataset not in DATASETS or report.refused is not None:
        return report
    held = _Held(session, state, DATASETS[report.dataset], report, request)
    before = [problem for problem in report.problems if problem.code not in CODES]
    limited = within_limits([*before, *held.problems()])
    unlisted = {key: number for key, number in report.unlisted.items() if key[0] not in CODES} | limited.unlisted
    return replace(report, problems=limited.in_order([sheet.name for sheet in report.sheets]), unlisted=unlisted)


CODES = frozenset(
    {
        *("not-reported-here", "nothing-to-add", "not-in-list", "kept-as-listed", "another-case", "numbered-anew"),
        *("left-out", "said-by-others", "several-plans", "said-twice"),
    }
)
"""The mistakes found here: those of an earlier look give way to those of a later one."""


@dataclass(frozen=True)
class _Held:
    session: Session
    state: DistrictState
    dataset: Dataset
    report: ValidationReport
    request: Request

    def problems(self) -> Iterator[Problem]:
        right = right_to_report(
            self.session, self.state, self.dataset, None if self.request.district else self.report.unit
        )
        if right is Right.NOTHING:
            yield self._of_all("not-reported-here", refusal_to_report(self.session, self.state, self.dataset))
        elif right is Right.ADDS:
            yield from self._additions()
        elif self.dataset.code == PROGRESS.code:
            yield from self._measures_of_several_plans()
        elif self.dataset.is_case and self.report.month is not None:
            yield from self._other_cases()
            if current_user().role is Role.UNIT and self.dataset.said_by_others:
                yield from self._against_the_ledger(self.report.month)

    def _measures_of_several_plans(self) -> Iterator[Problem]:
        if self.records is None:
            return
        field = self.dataset.main.keys[0]
        named = MeasuresNamed(self.session, self.state, present(), self.report.month)
        measures = self.records[field.name]
        plans = {text: named.plans_of(text) for text in measures.dropna().unique()}
        said = pd.DataFrame({"unit": self.records["unit"], "measure": named.keys(measures), "text": measures})
        twice = said.duplicated(["unit", "measure"]) & ~said.duplicated(["unit", "text"])
        for record, text in enumerate(measures):
            fitting = plans.get(text, [])
            if len(fitting) > 1:
                yield self._at(record, field, "several-plans", messages.several_plans(text, [p.code for p in fitting]))
            elif fitting and twice.iloc[record]:
                yield self._at(record, field, "said-twice", messages.said_twice(fitting[0].code, text))

    @property
    def records(self) -> pd.DataFrame | None:
        return self.report.frames.get(self.dataset.main.code)

    def _of_all(self, code: str, message: str) -> Problem:
        return Problem(None, None, None, None, code, "error", None, message)

    def _at(self, record: int, field: Field, code: str, message: str, severity: str = "error") -> Problem:
        assert self.records is not None
        row = self.records.iloc[record]
        value = row[field.name]
        return Problem(
            str(row["_sheet"]),
            int(row["_row"]),
            self._letter(str(row["_sheet"]), field),
            field.label,
            code,
            severity,
            None if pd.isna(value) else _in_words(value),
            message,
        )

    def _letter(self, sheet: str, field: Field) -> str | None:
        columns = next((sheet_read.columns for sheet_read in self.report.sheets if sheet_read.name == sheet), ())
        return next((column.column for column in columns if column.name == field.name), None)

    def _reports(self) -> list[ReportInForce]:
        return reports_in_force(self.session, datetime.now(UTC), dataset=self.dataset.code)

    def _additions(self) -> Iterator[Problem]:
        labels = "、".join(self.dataset.main.field(name).label for name in self.dataset.unit_adds)
        unit_id = self.state.plan.unit_id(self.report.unit or "")
        if self.records is None or self.records.empty:
            yield self._of_all("nothing-to-add", messages.nothing_to_add(self.dataset.title, labels))
            return
        last = last_of_each_unit(self._reports()).get(unit_id or 0)
        pairs = [(last.submission_id, last.unit_id)] if last else []
        listed = load_records(self.session, self.dataset.main, pairs)
        for addition in unaddable(self.dataset, self.records, listed):
            if addition.listed is None:
                yield self._at(
                    addition.record, addition.field, "not-in-list", messages.not_in_list(addition.field.label, labels)
                )
            else:
                message = messages.kept_as_listed(addition.field.label, addition.listed)
                yield self._at(addition.record, addition.field, "kept-as-listed", message, "warning")

    def _against_the_ledger(self, month: str) -> Iterator[Problem]:
        """What others said of the unit stands in the bureau's ledger: of the month reported every row, and of any month
        what it says.
        """
        unit_id = self.state.plan.unit_id(self.report.unit or "")
        ledgers = [report for report in self._reports() if report.whole_district and report.unit_id == unit_id]
        if not ledgers or self.records is None:
            return
        pairs = [(ledger.submission_id, ledger.unit_id) for ledger in ledgers if ledger.month <= month]
        ledger = load_records(self.session, self.dataset.main, pairs)
        if missing := left_out(self.dataset, self.records, ledger[ledger["month"] == month]):
            yield self._of_all("left-out", messages.left_out_of_ledger(missing, month))
        for difference in said_otherwise(self.dataset, self.records, ledger):
            in_ledger = ledger[difference.field.name].iloc[difference.ledger]
            yield self._at(
                difference.record,
                difference.field,
                "said-by-others",
                messages.said_by_others(difference.field.label, _in_words(in_ledger)),
            )

    def _other_cases(self) -> Iterator[Problem]:
        if self.records is None or self.records.empty:
            return
        accepted = records_of_other_months(self.session, self.state, self.dataset, self.report, self.request)
        if accepted.empty:
            return
        others = other_cases(self.dataset, self.records, accepted)
        if is_numbered_anew(self.dataset, self.records, accepted, len(others)):
            key = self.dataset.main.keys[0]
            first = self._at(others[0].record, key, "", "")
            message = messages.numbered_anew(key.label, len(others), self.report.month or "", first.value or "")
            yield Problem(first.sheet, None, first.column, key.label, "numbered-anew", "error", None, message)
        places = places_in(self.session, {int(accepted["submission_id"].iloc[other.accepted]) for other in others})
        for other in others:
            yield self._another_case(other, accepted.iloc[other.accepted], places)

    def _another_case(
        self, other: OtherCase, accepted: pd.Series, places: dict[int, tuple[str, list[dict[str, str]]]]
    ) -> Problem:
        assert self.records is not None
        key = self.dataset.main.keys[0]
        file, sheets = places[int(accepted["submission_id"])]
        sheet = sheets[int(accepted["sheet"])]["name"]
        where = f"{accepted['month']} 的“{file}”工作表“{sheet}”第 {int(accepted['row'])} 行"
        new, old = self.records[other.field.name].iloc[other.record], accepted[other.field.name]
        difference = f"{_in_words(old)}，本行为 {_in_words(new)}" if other.field.personal is None else "不同"
        return self._at(other.record, key, "another-case", messages.another_case(where, other.field.label, difference))


def _in_words(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "是" if value else "否"
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def records_of_other_months(
    session: Session, state: DistrictState, dataset: Dataset, report: ValidationReport, request: Request
) -> pd.DataFrame:
    """Return the records that stand in the other months of the year, with what names a case and tells it apart.

    Units number their own ledgers: the same number names the same case within one unit's reports, and where one of the
    two is a whole-district ledger. The month reported is replaced, so that nothing of it counts.
    """
    own = state.plan.unit_id(report.unit or "")
    pairs = [
        (accepted.submission_id, accepted.unit_id)
        for accepted in reports_in_force(session, datetime.now(UTC), dataset=dataset.code)
        if (request.district or accepted.whole_district or accepted.unit_id == own)
        and accepted.month != report.month
        and accepted.month >= state.year_start
    ]
    wanted = {field.name for field in dataset.main.keys} | {dataset.time_field, *dataset.subject}
    return load_records(session, dataset.main, pairs, [name for name in wanted if name])
