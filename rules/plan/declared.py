"""From what a plan declared, as it was stored, to the indicators of the catalogue that it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.breakdowns import Breakdown
from models.cases import CaseKind
from models.definitions import Dataset, Indicator, Kind
from models.plan_declarations import DeclaredIndicator
from rules.breakdowns import Key, breakdown, month_of
from rules.conditions import filled
from rules.expressions.formula import Formula, read_formula
from rules.expressions.reading import NUMERIC, read_condition
from rules.expressions.vocabulary import Vocabulary
from rules.spread import CHOSEN, COUNTED, floored
from rules.tallies import Tally, records, total
from rules.working_days import Calendar

MOST_SUBJECT = 2
"""Fields that tell a case from another one."""


def formula_of(declared: DeclaredIndicator, datasets: Iterable[Dataset]) -> Formula:
    """Return what it counts; `datasets`: all of the board. Names mean only what they meant when it was declared, of the
    datasets that it counts, whatever others have come since.
    """
    own = [dataset for dataset in datasets if any(part.code in declared.parts for part in dataset.parts)]
    return read_formula(declared.numerator, declared.denominator, declared.due, Vocabulary(own))


def indicator_of(declared: DeclaredIndicator, datasets: Mapping[str, Dataset], calendar: Calendar | None) -> Indicator:
    """Return the indicator as the catalogue has it, under its key.

    Of the whole district a figure of its own is kept where the plan says 全区, and where units' figures do not add up:
    of 平均, 最大, 最小, and of 去重, as two units may report the same value.
    """
    formula = formula_of(declared, datasets.values())
    return Indicator(
        declared.key,
        declared.title,
        formula.numerator_in_words,
        formula.denominator_in_words,
        declared.parts,
        formula.contributions(calendar),
        declared.number_format,
        of_lead_unit=declared.district,
        kept_whole=declared.district or formula.tells_apart or not formula.adds_up,
        tells_apart=formula.tells_apart,
        lower_is_better=declared.lower_is_better,
        by_calendar=formula.counts_working_days,
    )


def kind_of_cases(code: str, limit: Mapping[str, Any], datasets: Mapping[str, Dataset]) -> CaseKind:
    """Return the kind of cases that a time limit of a plan makes of a dataset's rows. `limit`: as it was stored."""
    dataset = datasets[limit["dataset"]]
    days, condition = limit["days"], limit["condition"]
    read = {dataset.main.code, *limit.get("elsewhere", ())}
    known = Vocabulary(other for other in datasets.values() if any(part.code in read for part in other.parts))
    tree = read_condition(condition, dataset.title, known) if condition else None
    subject = (field for field in dataset.main.fields if field.kind is Kind.TEXT and not field.personal)
    labels = {field.name: field.label for field in dataset.main.fields}
    until = f"{days[0]}{'个工作日' if days[1] else '日'}内" if days else f"按“{labels[limit['due']]}”"
    among = f"（{condition}的）" if condition else ""
    return CaseKind(
        code,
        limit["title"],
        dataset.areas[0] if dataset.areas else "",
        dataset.code,
        f"{dataset.title}{among}自“{labels[limit['start']]}”起，{until}填报“{labels[limit['end']]}”的为按期",
        tuple(field.name for field in subject)[:MOST_SUBJECT],
        start=limit["start"],
        closed=limit["end"],
        due=limit["due"],
        fixed_days=days[0] if days else None,
        calendar_days=bool(days) and not days[1],
        condition=tree,
    )


def breakdowns_of(dataset: Dataset) -> Iterator[Breakdown]:
    """Yield how the rows of a declared dataset spread: over months, with the sum of each field of numbers and how many
    rows have it; each field of choices over months and words; each number over its values (floored).
    """
    main, month = dataset.main, _month_of_row(dataset)
    numbers: dict[str, Tally] = {}
    for field in main.fields:
        if field.kind in NUMERIC:
            numbers |= {f"sum {field.name}": total(field.name), f"rows {field.name}": records(filled(field.name))}
    yield breakdown(f"{dataset.code}.months", main.code, {"month": month}, numbers)
    for field in main.fields:
        if field.kind in CHOSEN:
            yield breakdown(f"{dataset.code}.{field.name}", main.code, {"month": month, "value": field.name})
        elif field.kind in COUNTED:
            yield breakdown(f"{dataset.code}.{field.name}", main.code, {"value": _floored(field.name)})


def _month_of_row(dataset: Dataset) -> Key:
    """Of a row's own day where the dataset has one, else of its report."""
    if dataset.time_field is None:
        return "month"
    own = month_of(dataset.time_field)
    return lambda frame: own(frame).fillna(frame["month"])


def _floored(field: str) -> Key:
    return lambda frame: floored(frame[field])
