"""From the cells of a workbook, what it may be and who uploads it to how it was understood and everything wrong with
it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from models.cells import LIST_MARK, Refusal, SheetCells, WorkbookCells
from models.definitions import Dataset, Frequency
from models.validation import IgnoredSheet, Problem
from rules.intake import messages
from rules.intake.assignment import FoundTable, OpenSheet, find_tables, has_demanded
from rules.intake.choosing import Choice, choose
from rules.intake.context import IntakeContext, Understanding
from rules.intake.header import SheetTop
from rules.intake.headings import PartHeadings
from rules.intake.near_header import near_tables
from rules.intake.numbering import numbered_within_months
from rules.intake.plan_named import with_plans_named
from rules.intake.problem_limits import within_limits
from rules.intake.recognition import month_in, month_of_day_in, unit_in
from rules.intake.relations import only_month, only_units, relation_problems
from rules.intake.singly import ReadingTerms
from rules.intake.tables import ReadTable, read_table, table_problems, text_above
from rules.intake.workbook_months import several_months, tables_of_month

TITLE_ROWS, TITLE_CELLS = 6, 4  # where a title may stand, and how many cells its row has at most


def understand(workbook: WorkbookCells, candidates: Sequence[Dataset], context: IntakeContext) -> Understanding:
    """Return the candidate that the workbook is beyond doubt, or a refusal that asks which it is. Where there is but
    one, or a title that names it, near headings make a table too: the uploader is asked about them.
    """
    sheets = [OpenSheet(cells, SheetTop(cells)) for cells in workbook.sheets if not _is_our_list(cells)]
    headings = {
        dataset.code: [PartHeadings(part, context.remembered) for part in dataset.parts] for dataset in candidates
    }
    words = {code: frozenset().union(*(part.words for part in parts)) for code, parts in headings.items()}
    choices = []
    for dataset in candidates:
        foreign = context.headings - words[dataset.code]
        foreign = foreign.union(*(others for code, others in words.items() if code != dataset.code))
        choices.append(Choice(dataset, find_tables(sheets, dataset, headings[dataset.code], foreign)))
    choice = choose(choices, _said_of_itself(sheets, context))
    if isinstance(choice, Choice):
        dataset, tables = choice.dataset, choice.tables
        tables += near_tables(sheets, dataset, tables, headings[dataset.code])
        if tables:
            return _understand(
                workbook, dataset, [table for sheet in sheets for table in tables if table.sheet is sheet], context
            )
    doubt = messages.doubtful_table([dataset.title for dataset in choice]) if isinstance(choice, list) else ""
    refusal = Refusal("no-table", doubt or messages.no_table())
    return Understanding(ignored_sheets=_ignored(workbook, ()), refusal=refusal)


def _said_of_itself(sheets: Sequence[OpenSheet], context: IntakeContext) -> list[str]:
    """The titles at the top of the sheets, the sheets' names and the file's."""
    titles = (words for sheet in sheets for words in sheet.top.words[:TITLE_ROWS] if len(words) <= TITLE_CELLS)
    lines = [text for words in titles for text in sorted(words)]
    return [*lines, *(sheet.cells.name for sheet in sheets), context.file_name]


def _is_our_list(cells: SheetCells) -> bool:
    """The list of problems that a marked workbook begins with; the unit sends it back with the rest."""
    return (
        (cells.first_row, cells.first_column) == (1, 1)
        and cells.text.size > 0
        and str(cells.text.iat[0, 0]).startswith(LIST_MARK)
    )


def _understand(
    workbook: WorkbookCells, dataset: Dataset, found_tables: list[FoundTable], context: IntakeContext
) -> Understanding:
    months = _months_of_tables(dataset, found_tables, context)
    found_tables, left_out = _of_month(found_tables, months, context.month)
    several = several_months([months[table.sheet.cells.name] for table in found_tables])
    stated = context.month or _stated_month(found_tables, context)
    context = _with_units_of_month(context, dataset, stated)
    year = int((stated or f"{context.plan_year}")[:4])
    terms = ReadingTerms(context.units, year, workbook.epoch_1904, stated is not None, context.measures, context.unit)
    tables = [read_table(table, _of_table(terms, dataset, months[table.sheet.cells.name])) for table in found_tables]
    tables = [replace(table, records=with_plans_named(table.records, table.part)) for table in tables]
    frames = _frames(dataset, tables)
    month = None if several else stated or only_month(dataset, frames) or _month_of_day(found_tables)
    of_month = _with_units_of_month(context, dataset, month)
    if of_month.units is not context.units:  # the rows alone say of which month they are
        return _understand(workbook, dataset, found_tables, of_month)
    unit = context.unit or _recognised_unit(dataset, found_tables, frames, context)
    if any(code == dataset.code for _, code in context.numbered_by_month):
        tables = [_numbered(table, dataset, context, unit, months[table.name] or month) for table in tables]
        frames = _frames(dataset, tables)
    if several:
        wrong = _problems_by_month(dataset, tables, terms, context, [months[table.name] for table in tables])
    else:
        wrong = _problems(dataset, tables, terms, context, month)
    problems = within_limits(wrong)
    return Understanding(
        dataset,
        unit,
        month,
        tuple(table.reading() for table in tables),
        _ignored(workbook, found_tables, left_out),
        problems.in_order([sheet.name for sheet in workbook.sheets]),
        frames,
        unlisted=problems.unlisted,
        unlisted_rows=problems.unlisted_rows,
        months=several,
    )


def _with_units_of_month(context: IntakeContext, dataset: Dataset, month: str | None) -> IntakeContext:
    """In a whole district's ledger of an earlier month a unit that is no more means itself."""
    if not context.district or dataset.frequency is Frequency.SNAPSHOT:
        return context
    return replace(context, units=context.units.of_month(month))


def _of_table(terms: ReadingTerms, dataset: Dataset, month: str | None) -> ReadingTerms:
    """8.1 is a day where the table names its month, and in a list as it now stands, which is of the plan's year."""
    if dataset.frequency is Frequency.SNAPSHOT:
        return replace(terms, month_is_stated=True)
    if terms.month_is_stated or month is None:
        return terms
    return replace(terms, month_is_stated=True, year=int(month[:4]))


def _numbered(
    table: ReadTable, dataset: Dataset, context: IntakeContext, unit: str | None, month: str | None
) -> ReadTable:
    """With numbers that mean one case, for the units that number anew each month."""
    if table.part is not dataset.main or dataset.time_field is None:
        return table
    names = {name for name, code in context.numbered_by_month if code == dataset.code}
    whose = table.records[dataset.unit_field] if dataset.unit_field else pd.Series(None, table.records.index)
    rows = whose.where(whose.notna(), unit).isin(names)
    key = dataset.main.keys[0].name
    return replace(table, records=numbered_within_months(table.records, rows, key, dataset.time_field, month))


def _months_of_tables(
    dataset: Dataset, found_tables: list[FoundTable], context: IntakeContext
) -> dict[str, str | None]:
    """Sheet → the month that it says of itself, above its table or by its name; none of a list as it now stands."""
    if dataset.frequency is Frequency.SNAPSHOT:
        return {table.sheet.cells.name: None for table in found_tables}
    return {
        table.sheet.cells.name: month_in(text_above(table), context.plan_year)
        or month_in([table.sheet.cells.name], context.plan_year)
        for table in found_tables
    }


def _of_month(
    found_tables: list[FoundTable], months: dict[str, str | None], month: str | None
) -> tuple[list[FoundTable], list[str]]:
    """The tables of the month reported, and the sheets left out. All of them where none is of it."""
    taken = tables_of_month([months[table.sheet.cells.name] for table in found_tables], month)
    if not any(taken):
        return found_tables, []
    left_out = [table.sheet.cells.name for table, is_taken in zip(found_tables, taken, strict=True) if not is_taken]
    return [table for table, is_taken in zip(found_tables, taken, strict=True) if is_taken], left_out


def _stated_month(found_tables: list[FoundTable], context: IntakeContext) -> str | None:
    """Said above every table alike, or by the sheets' names, or by the file's."""
    year = context.plan_year
    above = {month for table in found_tables if (month := month_in(text_above(table), year))}
    named = {month for table in found_tables if (month := month_in([table.sheet.cells.name], year))}
    for months in (above, named):
        if months:
            return months.pop() if len(months) == 1 else None
    return month_in([context.file_name], year)


def _month_of_day(found_tables: list[FoundTable]) -> str | None:
    return month_of_day_in(line for table in found_tables for line in text_above(table))


def _recognised_unit(
    dataset: Dataset, found_tables: list[FoundTable], frames: dict[str, pd.DataFrame], context: IntakeContext
) -> str | None:
    """The one unit of all its rows; where these name none, what the file says of itself. Rows of several are nobody's
    until the uploader says whose they are."""
    if context.district:
        return None
    rows = only_units(dataset, frames)
    if rows:
        return next(iter(rows)) if len(rows) == 1 else None
    names = (*(table.sheet.cells.name for table in found_tables), context.file_name)
    return unit_in([line for table in found_tables for line in text_above(table)], names, context.units)


def _frames(dataset: Dataset, tables: list[ReadTable]) -> dict[str, pd.DataFrame]:
    """Part code → the records of all its sheets."""
    frames = {}
    for part in dataset.parts:
        records = [table.records for table in tables if table.part is part]
        if records:
            frames[part.code] = records[0] if len(records) == 1 else pd.concat(records, ignore_index=True)
    return frames


def _problems(
    dataset: Dataset, tables: list[ReadTable], terms: ReadingTerms, context: IntakeContext, month: str | None
) -> Iterator[Problem]:
    yield from _sheet_problems(dataset, tables)
    if month and not dataset.is_owed(month):
        yield Problem(None, None, None, None, "other-month", "error", None, messages.within_quarter(dataset, month))
    for table in tables:
        yield from table_problems(table, terms)
    yield from relation_problems(dataset, tables, context, month)


def _problems_by_month(
    dataset: Dataset,
    tables: list[ReadTable],
    terms: ReadingTerms,
    context: IntakeContext,
    months: Sequence[str | None],
) -> Iterator[Problem]:
    """Each month is a report of its own: nothing in it is held against another month's sheets."""
    message = messages.several_months(several_months(months), context.month)
    yield Problem(None, None, None, None, "several-months", "error", None, message)
    for month in dict.fromkeys(months):
        of_month = [table for table, month_of_table in zip(tables, months, strict=True) if month_of_table == month]
        yield from _problems(dataset, of_month, terms, context, month)


def _sheet_problems(dataset: Dataset, tables: list[ReadTable]) -> Iterator[Problem]:
    for part in dataset.parts:
        of_part = [table for table in tables if table.part is part]
        if not of_part:
            severity = "error" if part.required else "warning"
            message = messages.missing_sheet(part.title, part.required)
            yield Problem(part.title, None, None, None, "missing-sheet", severity, None, message)
        for table in of_part:
            if not has_demanded(part, table.columns.places) and part is dataset.main:
                message = messages.wrong_dataset(dataset.title, [f.label for f in part.fields if f.demanded][:3])
                yield Problem(table.name, None, None, None, "wrong-dataset", "error", None, message)
            if table.records.empty:
                yield Problem(
                    table.name, None, None, None, "zero-report", "warning", None, messages.zero_report(table.name)
                )


def _ignored(
    workbook: WorkbookCells, found_tables: Sequence[FoundTable], left_out: Sequence[str] = ()
) -> tuple[IgnoredSheet, ...]:
    """`left_out`: sheets of other months than the one reported."""
    read = {table.sheet.cells.name for table in found_tables}
    idle = (sheet.name for sheet in workbook.sheets if sheet.name not in read and sheet.name not in left_out)
    return (
        *(IgnoredSheet(name, "other-month") for name in left_out),
        *(IgnoredSheet(name, "not-data") for name in idle),
        *(IgnoredSheet(name, "hidden") for name in workbook.hidden_sheets),
    )
