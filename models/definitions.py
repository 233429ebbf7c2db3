"""The frozen words in which the catalogue declares what is supervised: fields, datasets, areas, indicators.

Nothing here computes; a definition is read by the template, the reader, the checks, the table, the help text and the
docs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd


class Kind(StrEnum):
    """The type of a field's values, as datasets.md names them."""

    TEXT = "text"
    INT = "int"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "datetime"
    MONTH = "month"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DURATION = "duration"  # working days
    CODE = "code"
    YES_NO_OR_FILE = "yes_no_or_file"  # 是/否 or a file name, the name kept (空白表格, 示例样表)
    UNIT = "unit"  # the name of a responsible unit, understood through its aliases


class PersonalData(StrEnum):
    """What a field tells of a person; masked for everyone who does not need it. Guides are public and hold none."""

    NAME = "name"  # of one or several people; a company's name is kept
    PHONE = "phone"
    IDENTITY = "identity"  # 公民身份号码
    FREE_TEXT = "free_text"  # may hold any of them: masked by pattern


@dataclass(frozen=True)
class Field:
    """One column of a dataset. `name` is its column in frames and tables, `label` the canonical heading."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False  # “!”: a blank is an error
    demanded: bool = False  # “+”: a blank is a warning and counts against the unit in 4.2.2
    key: bool = False
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # canonical word → its aliases
    minimum: float | None = 0  # of a number
    maximum: float | None = None
    default: int | float | str | bool | None = None  # the value of a blank (评价次数: 1)
    length: int | None = None  # of a code (基本编码: 12)
    note: str = ""  # one sentence for the template and the help text
    personal: PersonalData | None = None
    near: tuple[str, ...] = ()  # headings that may mean it and are suggested, never applied without being confirmed
    yes: tuple[str, ...] = ()  # words for 是 beside those that answer every question
    no: tuple[str, ...] = ()
    names_measure: bool = False  # a measure's number, behind which its title may stand
    names_plan: bool = False  # whose measure it is: read into the measure's address, without a column of its own
    longest: int | None = None  # characters of a cell at most; None: as its kind (rules/intake/lengths.py)


@dataclass(frozen=True)
class Part:
    """One table of a dataset: a sheet of its workbook."""

    code: str  # the sheet's name in a workbook of several parts, else the dataset's code
    fields: tuple[Field, ...]
    required: bool = True  # a missing sheet is an error, else a warning
    parent: str | None = None  # the part whose key must hold this part's first key (材料 → 事项)
    table: str = ""  # the name of its table, where the code is a Chinese sheet name
    counted_without_rows: tuple[str, ...] = ()  # fields that the index by report holds too: it alone is read to count
    sheet: str = ""  # its name in a workbook of several parts, where the code is none
    gives_names: bool = False  # its cells hold names that somebody chose: 样表 in one of them marks no example

    def field(self, name: str) -> Field:
        return next(f for f in self.fields if f.name == name)

    @property
    def keys(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.key)

    @property
    def title(self) -> str:
        """Return what people call it: the name of its sheet."""
        return self.sheet or self.code

    @property
    def table_name(self) -> str:
        return self.table or self.code


class Frequency(StrEnum):
    SNAPSHOT = "snapshot"
    MONTHLY = "monthly"


class Reporter(StrEnum):
    """Who reports a dataset; the bureau may report any, for any unit or for the whole district."""

    UNIT = "unit"  # each unit for itself
    ANSWERING = "answering"  # a unit that answers for a measure counting it, for itself
    BUREAU = "bureau"  # the bureau alone


@dataclass(frozen=True)
class CountedDueDay:
    """A due day of the main part's records that follows from the working-day calendar."""

    column: str  # that it fills: a field, where that is blank, or one of its own
    start: str  # the field from which the working days are counted
    days: str | None = None  # the field that says how many
    days_setting: str | None = None  # or the setting that does

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the file that it follows from; a column of its own begins with “_”."""
        own = not self.column.startswith("_")
        return ((self.column,) if own else ()) + (self.start,) + ((self.days,) if self.days else ())


MONTHS_OF_A_QUARTER = 3

DECLARED = "declared_"
"""How the code of a dataset begins that a plan declares; a number follows."""

CODE_SHARED = "_code_shared"
"""The column that says of a record whether another of the district has its `Dataset.unique_in_district` too."""


@dataclass(frozen=True)
class Dataset:
    """What units report in one kind of workbook."""

    code: str
    title: str
    frequency: Frequency
    parts: tuple[Part, ...]
    areas: tuple[str, ...]
    unit_field: str | None = "unit"  # the field of the first part that names the responsible unit
    month_field: str | None = None  # a row outside the stated month is an error here (that month's own figures)
    time_field: str | None = None  # a row outside the stated month is a warning here (open cases may stay)
    names: tuple[str, ...] = ()  # by which titles of workbooks speak of it
    is_case: bool = False  # the same key in a later month's ledger replaces the earlier record
    position: int = 1000  # among the datasets, as pages list them
    unique_in_district: str | None = None  # the field of the main part of which each value may stand in one row only
    judged_by_guide_rules: bool = False
    counted_due_day: CountedDueDay | None = None
    monthly_figures: tuple[str, ...] = ()  # fields whose sums are compared from month to month; none: how many rows
    subject: tuple[str, ...] = ()  # of a case: fields that tell it from another one, beside its time_field
    reporter: Reporter = Reporter.UNIT
    unit_adds: tuple[str, ...] = ()  # fields that a unit may add to the rows that the bureau reported of it
    said_by_others: tuple[str, ...] = ()  # fields of a row of the bureau's ledger that the unit it is about leaves
    quarterly: bool = False  # of a monthly one: owed for the last month of each quarter alone

    def is_owed(self, month: str) -> bool:
        """Return whether a report of this month is asked for at all."""
        return not self.quarterly or int(month[5:]) == self.last_month_of_quarter(month)

    def first_month_of(self, month: str) -> str:
        """Return the first month that a report of this month speaks of: of a quarterly one that of its quarter."""
        return f"{month[:4]}-{self.last_month_of_quarter(month) - 2:02d}" if self.quarterly else month

    @staticmethod
    def last_month_of_quarter(month: str) -> int:
        """Return 3, 6, 9 or 12."""
        return -(-int(month[5:]) // MONTHS_OF_A_QUARTER) * MONTHS_OF_A_QUARTER

    @property
    def is_declared(self) -> bool:
        """Whether a plan of the board declares it, and not the program."""
        return self.code.startswith(DECLARED)

    @property
    def main(self) -> Part:
        return self.parts[0]

    @property
    def derived_columns(self) -> dict[str, tuple[str, ...]]:
        """Column of the main part's records in force → the fields of the file that it follows from."""
        derived: dict[str, tuple[str, ...]] = {}
        if self.unique_in_district:
            derived[CODE_SHARED] = (self.unique_in_district,)
        if self.counted_due_day:
            derived[self.counted_due_day.column] = self.counted_due_day.fields
        return derived

    def part(self, code: str) -> Part:
        return next(p for p in self.parts if p.code == code)


Frames = Mapping[str, "pd.DataFrame | None"]
"""Part code → the records in force (columns: field names, `_sheet`, `_row`, …), None where never reported."""


@dataclass(frozen=True)
class Totals:
    """Figures that are no sum over rows: by the number of the stack (rules/stacks.py), NaN where there is no data."""

    by_stack: pd.Series
    without_rows: float  # of a stack without a row

    def of(self, stack: int) -> float:
        return float(self.by_stack.get(stack, self.without_rows))


@dataclass(frozen=True)
class Contribution:
    """What each row of one part adds to an indicator: aligned with that part's frame, NaN/0 where nothing."""

    part: str
    numerator: pd.Series | None = None
    denominator: pd.Series | None = None
    due: pd.Series | None = None  # date from which the row counts, for indicators over “already due”
    numerator_totals: Totals | None = None  # in place of the sum of `numerator`
    denominator_totals: Totals | None = None


def plain_code(key: str) -> str:
    """Return the code of an indicator as its plan has it: where several were declared under one code, those after the
    first are called code@2, code@3 … in the tables.
    """
    return key.partition("@")[0]


class NumberFormat(StrEnum):
    """How a figure is printed."""

    SHARE = "share"
    COUNT = "count"


@dataclass(frozen=True)
class Indicator:
    """A number computed from reported records, never typed in. Source: plan_table.md, “Measures and how each is
    judged”.
    """

    code: str
    title: str
    numerator: str  # in words
    denominator: str | None  # in words; None for a count
    parts: tuple[str, ...]  # the parts it reads; all their datasets must have been reported
    contributions: Callable[[Frames], list[Contribution]] | None = None  # None where it sums kept figures
    number_format: NumberFormat = NumberFormat.SHARE
    district: bool = False  # needs the records of all units at once (distinct across units)
    of_lead_unit: bool = False  # of a measure of a lead unit: it counts the whole district's records
    figures: tuple[str, ...] = ()  # the kept figures it sums; empty: its own, from contributions
    kept_whole: bool = False  # beside each unit's figure one of the whole district, which is not their sum
    tells_apart: bool = False  # it counts different values, and several units may have the same
    lower_is_better: bool = False
    by_calendar: bool = False  # it counts working days

    @property
    def counts_across(self) -> bool:
        """Whether the whole district's figure is counted from its rows, and not the sum of what its units add."""
        return self.district or self.kept_whole

    @property
    def plain_code(self) -> str:
        """Return the code that its plan gave it."""
        return plain_code(self.code)


@dataclass(frozen=True)
class Area:
    """An area (领域): one of the nine, each with a page of its own, or one that a plan declares."""

    code: str
    title: str
    page: str  # url path
    position: int = 0  # among those that plans declare
    note: str = ""
