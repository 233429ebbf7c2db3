"""From the further sheets of a plan workbook, read cell by cell, to what they declare, and every mistake at its cell.

Source: plans.md, section 2. Pure: which datasets and indicators the program ships is an argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from models.definitions import DECLARED, Dataset, Field, Frequency, Kind, NumberFormat, Part, PersonalData, plain_code
from models.expressions import ExpressionError, FieldRead
from models.plan_declarations import DeclaredIndicator, DeclaredLimit, PlanDeclarations, PlanFacts, SheetRow
from models.validation import Problem
from rules.expressions.formula import Formula, FormulaError, read_formula
from rules.expressions.reading import NUMERIC, read_condition
from rules.expressions.vocabulary import Source, Vocabulary
from rules.intake.words import chinese_number

KINDS = {
    "文本": Kind.TEXT,
    "整数": Kind.INT,
    "小数": Kind.DECIMAL,
    "日期": Kind.DATE,
    "日期时间": Kind.DATETIME,
    "月份": Kind.MONTH,
    "是否": Kind.YES_NO,
    "选项": Kind.CHOICE,
    "时长": Kind.DURATION,
    "编码": Kind.CODE,
    "单位": Kind.UNIT,
}
PERSONAL = {
    "姓名": PersonalData.NAME,
    "电话": PersonalData.PHONE,
    "证件": PersonalData.IDENTITY,
    "自由文本": PersonalData.FREE_TEXT,
}
FORMATS = {"占比": NumberFormat.SHARE, "个数": NumberFormat.COUNT, "金额": NumberFormat.COUNT, "天": NumberFormat.COUNT}
DATED = (Kind.DATE, Kind.DATETIME)
PLAN_CODE = re.compile(r"[A-Za-z0-9-]{1,40}")
INDICATOR_CODE = re.compile(r"[A-Za-z0-9_]{1,60}")
FOLLOWING = frozenset(
    ("unknown-field", "unknown-dataset", "unknown-parent", "type-mismatch", "syntax-error", "not-a-choice")
)
"""Mistakes that a name which is told to be wrong may bring about in other cells."""
_DAYS = re.compile(r"(\d{1,4}|[一二两三四五六七八九十百]{1,5})\s*个?(工作日|工作天|日|天)(?:以?内)?")
_LIKE_DAYS = re.compile(r"[\d一二两三四五六七八九十百].*[日天]")
_LIST = re.compile(r"[、,，;；]")
ADDED = "added_"
"""How the name of a field begins that plans add to a dataset which they do not declare; a number follows."""


@dataclass(frozen=True)
class PlanSheets:
    """`frames`: part → its rows, with `_sheet` and `_row`; `columns`: sheet → field name → letter; `labels` of them."""

    frames: Mapping[str, pd.DataFrame]
    columns: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Shipped:
    """What the program brings along. `indicators`: code → (title, its formula; None where the language cannot say it,
    whether it counts the whole district for a lead unit).
    """

    datasets: tuple[Dataset, ...]
    indicators: Mapping[str, tuple[str, Formula | None, bool]]
    area_titles: tuple[str, ...]


@dataclass(frozen=True)
class OnBoard:
    """What plans of the board declared before. `written`: key → the indicator, the last one last; `standing`: the keys
    of those that did not end. `added`: dataset → part → the fields that any plan ever added to it.
    """

    datasets: tuple[Dataset, ...] = ()
    written: Mapping[str, DeclaredIndicator] = field(default_factory=dict)
    standing: frozenset[str] = frozenset()
    added: Mapping[str, Mapping[str, tuple[Field, ...]]] = field(default_factory=dict)

    @property
    def next_dataset(self) -> int:
        return 1 + max((int(dataset.code.removeprefix(DECLARED)) for dataset in self.datasets), default=0)


@dataclass
class Row:
    """One row of a sheet; blanks are "" or None."""

    part: str
    values: Mapping[str, Any]
    sheets: PlanSheets

    def text(self, name: str) -> str:
        """Return what was typed, "" for a blank."""
        value = self.values.get(name)
        return "" if value is None or pd.isna(value) else str(value).strip()

    def number(self, name: str) -> int | None:
        value = self.values.get(name)
        return None if value is None or pd.isna(value) else int(value)

    def day(self, name: str) -> date | None:
        value = self.values.get(name)
        return value.date() if isinstance(value, datetime) and not pd.isna(value) else None

    def says_yes(self, name: str) -> bool:
        value = self.values.get(name)
        return value is not None and not pd.isna(value) and bool(value)

    @property
    def typed(self) -> SheetRow:
        """Return the whole row, blanks left out."""
        labels = self.sheets.labels[self.part]
        return {name: text for name in labels if (text := self._as_typed(name))}

    def _as_typed(self, name: str) -> str:
        value = self.values.get(name)
        if isinstance(value, bool | np.bool_):
            return "是" if value else "否"
        if (day := self.day(name)) is not None:
            return day.isoformat()
        return self.text(name)

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in _LIST.split(self.text(name)) if word.strip()]

    def problem(self, name: str, code: str, message: str) -> Problem:
        """Return the mistake at its cell."""
        sheet, row = str(self.values["_sheet"]), int(self.values["_row"])
        column = self.sheets.columns.get(sheet, {}).get(name)
        return Problem(
            sheet,
            row,
            column,
            self.sheets.labels[self.part][name],
            code,
            "error",
            self._as_typed(name) or None,
            message,
        )


@dataclass
class PlanReading:
    """Reads sheet after sheet; what is wrong is noted and left out of what is declared.

    `wrong_rows`: (sheet, row) of what the reader of cells told a mistake of; `broken`: names whose declaration has a
    mistake, so that what only follows from it is not told beside it.
    """

    sheets: PlanSheets
    shipped: Shipped
    board: OnBoard = field(default_factory=OnBoard)
    problems: list[Problem] = field(default_factory=list)
    wrong_rows: frozenset[tuple[str, int]] = frozenset()
    areas_are_told: bool = True  # False: one of them has no name yet
    broken: set[str] = field(default_factory=set)

    def rows(self, part: str) -> Iterator[Row]:
        frame = self.sheets.frames.get(part)
        for values in [] if frame is None else frame.to_dict("records"):
            yield Row(part, {str(name): value for name, value in values.items()}, self.sheets)

    def note(self, row: Row, name: str, code: str, message: str) -> None:
        """Note a mistake, unless it may only follow from what the cell speaks of having a mistake itself."""
        if code not in FOLLOWING or not self._speaks_of_broken(row, name):
            self.problems.append(row.problem(name, code, message))

    def _speaks_of_broken(self, row: Row, name: str) -> bool:
        dataset = row.text("dataset") if row.part in ("数据", "时限") else ""
        text = row.text(name)
        return dataset in self.broken or text in self.broken or any(_stands_in(text, word) for word in self.broken)

    def is_wrong(self, row: Row) -> bool:
        """Return whether a mistake was told of a row."""
        place = str(row.values["_sheet"]), int(row.values["_row"])
        return place in self.wrong_rows or any(place == (problem.sheet, problem.row) for problem in self.problems)

    def mark_broken(self, *names: str) -> None:
        """Keep in mind that these have been told to be wrong."""
        self.broken |= {name for name in names if name}


def read_declarations(reading: PlanReading) -> PlanDeclarations:
    """Return what the workbook declares; mistakes are noted in the reading, and what has one is left out."""
    shipped = reading.shipped
    facts = _facts(reading)
    areas = _areas(reading)
    rows: dict[tuple[str, str], SheetRow] = {
        ("area", row.text("area")): row.typed for row in reading.rows("领域") if row.text("area")
    }
    datasets, added = _datasets(reading, areas, rows)
    anew = {dataset.code for dataset in datasets}
    others = [dataset for dataset in reading.board.datasets if dataset.code not in anew]
    known = _extended((*shipped.datasets, *others), reading.board.added)
    vocabulary = Vocabulary((*_extended(tuple(known), added), *datasets))
    indicators = list(_indicators(reading, vocabulary))
    return PlanDeclarations(
        facts,
        areas,
        tuple(datasets),
        {part: tuple(fields) for of_parts in added.values() for part, fields in of_parts.items()},
        tuple(indicators),
        tuple(_limits(reading, vocabulary)),
        tuple(_beside(reading, indicators)),
        rows,
    )


def facts_of_year(year: int) -> PlanFacts:
    """Return what holds of a plan that says nothing of itself but its year."""
    ends = date(min(year + 1, date.max.year), 3, 31)
    return PlanFacts(str(year), f"{year}年方案", year, f"{year}-01", date(year, 1, 1), ends)


def _facts(reading: PlanReading) -> PlanFacts:
    """Where the sheet is not there: the year of the tasks, by which the plan is called then."""
    rows = list(reading.rows("方案"))
    for row in rows[1:]:
        reading.note(row, "code", "duplicate-key", "工作表“方案”只能有一行，请删去多余的行。")
    years = [year for row in reading.rows("任务") if (year := row.number("year"))]
    year = (rows[0].number("year") if rows else None) or (years[0] if years else date.max.year)
    usual = facts_of_year(year)
    if not rows:
        return usual
    row = rows[0]
    code = row.text("code") or str(year)
    if not PLAN_CODE.fullmatch(code):
        reading.note(row, "code", "type-mismatch", f"方案编号“{code}”只能用字母、数字和“-”，请改正。")
    first, last = row.day("begins") or usual.begins, row.day("ends") or usual.ends
    if last < first:
        reading.note(row, "ends", "out-of-range", f"“止”（{last}）早于“起”（{first}），请改正。")
    for task in reading.rows("任务") if row.number("year") else ():
        if task.number("year") not in (None, year):
            reading.note(task, "year", "out-of-range", f"年度与工作表“方案”的 {year} 不一致，请改正。")
    return PlanFacts(
        code, row.text("title"), year, row.text("first_month") or usual.first_month, first, last, row.text("document")
    )


def _areas(reading: PlanReading) -> tuple[str, ...]:
    """In their order: 次序 where given, else as written; without the sheet as the tasks name them."""
    rows = list(reading.rows("领域"))
    if not rows:
        return tuple(dict.fromkeys(row.text("area") for row in reading.rows("任务") if row.text("area")))
    ordered = sorted(enumerate(rows), key=lambda pair: (pair[1].number("position") or 10_000, pair[0]))
    areas = tuple(dict.fromkeys(row.text("area") for _, row in ordered if row.text("area")))
    reading.areas_are_told = all(row.text("area") for row in rows)
    for row in reading.rows("任务"):
        if reading.areas_are_told and row.text("area") and row.text("area") not in areas:
            reading.note(row, "area", "not-a-choice", unknown_name("领域", row.text("area"), areas))
    return areas


def _datasets(
    reading: PlanReading, areas: Sequence[str], rows: dict[tuple[str, str], SheetRow]
) -> tuple[list[Dataset], Added]:
    """The datasets that the sheet 数据 declares, and the fields added to others of the board; `rows` is filled."""
    shipped = {name: dataset for dataset in reading.shipped.datasets for name in (dataset.code, dataset.title)}
    declared = {row.text("dataset"): row for row in reading.rows("数据") if row.text("dataset")}
    for name in [name for name in declared if name in shipped]:
        _refuse_other_words(reading, declared.pop(name), shipped[name])
    before = {dataset.title: dataset for dataset in reading.board.datasets}
    extended = shipped | {title: dataset for title, dataset in before.items() if title not in declared}
    fields: dict[str, list[tuple[Row, Field]]] = {name: [] for name in declared}
    added: Added = {}
    labels: set[tuple[str, str, str]] = set()
    for number, row in enumerate(reading.rows("字段"), start=1):
        name, label = row.text("dataset"), row.text("field")
        if not name or not label or not row.text("kind"):
            reading.mark_broken(label or name)  # told by the reader of cells
            if row.text("kind"):
                _field(reading, row, number)
            continue
        if name not in declared and name not in extended:
            known = [*declared, *before, *(dataset.title for dataset in reading.shipped.datasets)]
            reading.note(row, "dataset", "unknown-dataset", unknown_name("数据", name, known))
            _field(reading, row, number)
            continue
        new = _field(reading, row, number)
        if (name, row.text("sheet"), label) in labels:
            reading.note(row, "field", "duplicate-key", f"“{name}”已有字段“{label}”，请删去重复的一行。")
            continue
        labels.add((name, row.text("sheet"), label))
        if name in extended:
            new = _add_to_known(reading, row, extended[name], new, added)
            rows["field", f"{extended[name].code}.{new.name}"] = row.typed
        else:
            fields[name].append((row, _as_before(reading, row, before.get(name), new)))
        if reading.is_wrong(row):
            reading.mark_broken(label)
    datasets = []
    new_code = reading.board.next_dataset
    for name, row in declared.items():
        there = before.get(name)
        fields[name] = _with_unit(reading, row, fields[name])
        dataset = _dataset(reading, row, there.code if there else f"{DECLARED}{new_code}", fields[name], areas)
        if dataset is None:
            reading.mark_broken(name)
            continue
        new_code += there is None
        datasets.append(dataset if there is None else _joined(reading, row, there, dataset))
        rows["dataset", dataset.code] = row.typed
        for field_row, new in fields[name]:
            rows["field", f"{dataset.code}.{new.name}"] = field_row.typed
    return datasets, added


Added = dict[str, dict[str, list[Field]]]
"""Dataset → part → fields added to it by this workbook."""


def _with_unit(reading: PlanReading, row: Row, fields: list[tuple[Row, Field]]) -> list[tuple[Row, Field]]:
    """Call the column of the responsible unit as every dataset does: what 责任单位列 names, else the only one of units
    on the first sheet. Another column of units is read as words.
    """
    main = fields[0][0].text("sheet") if fields else ""
    of_units = [new.label for field_row, new in fields if new.kind is Kind.UNIT and field_row.text("sheet") == main]
    named = row.text("unit_column") or (of_units[0] if len(of_units) == 1 else "")
    if row.text("unit_column") and not any(new.label == named for _, new in fields):
        reading.note(row, "unit_column", "unknown-field", unknown_name("字段", named, [new.label for _, new in fields]))
    elif named and named not in of_units:
        reading.note(row, "unit_column", "type-mismatch", f"字段“{named}”的类型不是单位，请改正。")

    def called(field_row: Row, new: Field) -> Field:
        if new.kind is not Kind.UNIT:
            return new
        if new.label == named and field_row.text("sheet") == main:
            return replace(new, name="unit")
        return replace(new, kind=Kind.TEXT)

    return [(field_row, called(field_row, new)) for field_row, new in fields]


def _as_before(reading: PlanReading, row: Row, known: Dataset | None, new: Field) -> Field:
    """A field of a dataset that stands on the board keeps its column; what was reported in it is of its type."""
    if known is None:
        return new
    sheet = row.text("sheet")
    part = next((part for part in known.parts if part.sheet == sheet), None)
    old = next((old for old in part.fields if old.label == new.label), None) if part else None
    if old is not None and old.kind is Kind.TEXT and new.kind is Kind.UNIT:
        return replace(new, name=old.name)  # of units, and read as words
    if old is None:
        taken = [int(old.name.rpartition("_")[2]) for part in known.parts for old in part.fields if old.name != "unit"]
        return replace(new, name=f"field_{max(taken, default=0) + int(new.name.rpartition('_')[2])}")
    if old.kind is not new.kind:
        reading.note(
            row,
            "kind",
            "type-mismatch",
            f"“{known.title}”的字段“{old.label}”已在使用，类型不能更改，请改回，或另取字段名。",
        )
    if old.key != new.key:
        reading.note(
            row, "is_key", "type-mismatch", f"“{known.title}”的字段“{old.label}”已在使用，是否关键不能更改，请改回。"
        )
    return replace(new, name=old.name, kind=old.kind, key=old.key)


def _joined(reading: PlanReading, row: Row, known: Dataset, new: Dataset) -> Dataset:
    """The dataset as declared now, with what it had before and is no longer asked for: nothing is dropped."""
    if (known.frequency, known.quarterly) != (new.frequency, new.quarterly):
        reading.note(row, "frequency", "type-mismatch", f"“{known.title}”已在使用，频次不能更改，请改回。")
    if known.is_case != new.is_case:
        reading.note(row, "is_case", "type-mismatch", f"“{known.title}”已在使用，“是否台账”不能更改，请改回。")
    declared = {part.sheet: part for part in new.parts}
    parts = []
    for part in known.parts:
        now = declared.pop(part.sheet, None)
        fields = now.fields if now else ()
        names = {new_field.name for new_field in fields}
        rest = (replace(old, required=old.key, demanded=False) for old in part.fields if old.name not in names)
        parts.append(replace(part, fields=(*fields, *rest), required=part.required and now is not None))
    first = len(known.parts)
    later = (
        replace(part, code=f"{known.code}_{first + number}", table=f"{known.code}_{first + number}")
        for number, part in enumerate(declared.values())
    )
    return replace(
        new,
        parts=(*parts, *later),
        areas=tuple(dict.fromkeys((*known.areas, *new.areas))),
        unit_field=new.unit_field or known.unit_field,
        time_field=new.time_field or known.time_field,
        month_field=new.month_field or known.month_field,
    )


def _refuse_other_words(reading: PlanReading, row: Row, dataset: Dataset) -> None:
    frequency = {"每月": Frequency.MONTHLY, "快照": Frequency.SNAPSHOT}.get(row.text("frequency"))
    if frequency is not dataset.frequency:
        reading.note(
            row, "frequency", "conflicts-with-shipped", f"“{dataset.title}”是系统自带的数据，频次不能更改，请改正。"
        )
    if row.says_yes("is_case") != dataset.is_case and row.text("is_case"):
        reading.note(
            row, "is_case", "conflicts-with-shipped", f"“{dataset.title}”是系统自带的数据，“是否台账”不能更改。"
        )


def _add_to_known(reading: PlanReading, row: Row, dataset: Dataset, new: Field, added: Added) -> Field:
    """Return the field as the dataset has it, or will have it, on the sheet named; on the first where none is."""
    part = next((part for part in dataset.parts if row.text("sheet") in (part.title, part.code)), None)
    if row.text("sheet") and part is None:
        titles = [part.title for part in dataset.parts] if len(dataset.parts) > 1 else []
        message = unknown_name("工作表", row.text("sheet"), titles) if titles else "本数据只有一张表，请清空“工作表”。"
        reading.note(row, "sheet", "not-a-choice", message)
        return new
    parts = dataset.parts if part is None else (part,)
    before = reading.board.added.get(dataset.code, {})
    own = next((old for of in parts for old in before.get(of.code, ()) if old.label == new.label), None)
    known = own or next((old for of in parts for old in of.fields if old.label == new.label), None)
    if known is None and new.key:
        reading.note(row, "is_key", "conflicts-with-shipped", f"“{dataset.title}”的关键字段不能增加，请改为“否”。")
        return new
    if known is not None and (mistake := _conflict(dataset, known, new, is_shipped=own is None)) is not None:
        reading.note(row, *mistake)
        return known
    if known is not None and own is None:
        return known
    if own is not None:
        new = replace(new, name=own.name, choices={**own.choices, **new.choices})
    else:
        new = replace(new, name=f"{ADDED}{1 + max(_numbers_taken(dataset, before, added), default=0)}")
    home = next((of for of in parts if own in before.get(of.code, ())), parts[0])
    added.setdefault(dataset.code, {}).setdefault(home.code, []).append(new)
    return new


def _conflict(dataset: Dataset, known: Field, new: Field, *, is_shipped: bool) -> tuple[str, str, str] | None:
    """(field of the row, code, sentence) where a field that is there already is declared otherwise."""
    code = "conflicts-with-shipped" if is_shipped else "type-mismatch"
    if known.kind is not new.kind:
        whose = f"“{dataset.title}”{'自带' if is_shipped else '已有'}字段“{known.label}”"
        return "kind", code, f"{whose}，类型不能更改，请改用别的字段名。"
    if known.key != new.key:
        return "is_key", code, f"“{dataset.title}”的字段“{known.label}”是否关键不能更改。"
    return None


def _numbers_taken(dataset: Dataset, before: Mapping[str, Sequence[Field]], added: Added) -> Iterator[int]:
    """Of the fields that plans have added to a dataset that they did not declare; columns are never used again."""
    here = added.get(dataset.code, {})
    for fields in (*before.values(), *here.values(), *(part.fields for part in dataset.parts)):
        yield from (int(old.name.removeprefix(ADDED)) for old in fields if old.name.startswith(ADDED))


def _field(reading: PlanReading, row: Row, number: int) -> Field:
    kind = KINDS[row.text("kind")]
    options = dict(_option(word) for word in row.words("options"))
    if kind is Kind.CHOICE and not options:
        reading.note(row, "options", "missing-value", "类型为“选项”的字段要写明选项，用顿号分隔。")
    if kind is Kind.CHOICE and len(options) == 1 and len(row.text("options").split()) > 1:
        message = f"“{row.text('options')}”读作一个选项，多个选项请用顿号分隔。"
        reading.note(row, "options", "not-a-choice", message)
    if kind is not Kind.CHOICE and options:
        reading.note(row, "options", "type-mismatch", "只有类型为“选项”的字段可以写选项，请清空或改类型。")
    bounds = {name: _bound(reading, row, name, kind) for name in ("minimum", "maximum")}
    if None not in bounds.values() and bounds["maximum"] < bounds["minimum"]:  # type: ignore[operator]
        reading.note(row, "maximum", "out-of-range", "“最大”小于“最小”，请改正。")
    default = _default(reading, row, kind, options)
    return Field(
        f"field_{number}",
        row.text("field"),
        kind,
        required=default is None and (row.text("need") == "必填" or row.says_yes("is_key")),
        demanded=default is None and row.text("need") == "应填",
        key=row.says_yes("is_key"),
        aliases=tuple(row.words("aliases")),
        choices=options,
        minimum=bounds["minimum"] if bounds["minimum"] is not None else 0,
        maximum=bounds["maximum"],
        default=default,
        length=row.number("length") if kind is Kind.CODE else None,
        longest=row.number("length") if kind is Kind.TEXT else None,
        note=row.text("note"),
        personal=PERSONAL.get(row.text("personal")),
    )


def _option(word: str) -> tuple[str, tuple[str, ...]]:
    """“词=别名1/别名2” → the word and its other words."""
    canonical, _, others = word.replace("＝", "=").partition("=")
    return canonical.strip(), tuple(other.strip() for other in others.split("/") if other.strip())


def _default(
    reading: PlanReading, row: Row, kind: Kind, options: Mapping[str, Sequence[str]]
) -> int | float | str | bool | None:
    """Return what a blank means, as such a field keeps it."""
    text = row.text("default")
    if not text:
        return None
    if kind in NUMERIC:
        return _bound(reading, row, "default", kind)
    if kind is Kind.YES_NO and text in ("是", "否"):
        return text == "是"
    if kind is Kind.CHOICE:
        chosen = next((word for word, others in options.items() if text in (word, *others)), None)
        if chosen is None:
            reading.note(row, "default", "not-a-choice", f"默认“{text}”不在该字段的选项内，请改正。")
        return chosen
    if kind in (Kind.TEXT, Kind.CODE):
        return text
    reading.note(
        row, "default", "type-mismatch", f"类型为“{row.text('kind')}”的字段不能以“{text}”为默认，请改正或清空。"
    )
    return None


def _bound(reading: PlanReading, row: Row, name: str, kind: Kind) -> int | float | None:
    text = row.text(name)
    if not text:
        return None
    if kind not in NUMERIC:
        reading.note(row, name, "type-mismatch", "只有数可以写最小和最大，请清空。")
        return None
    try:
        number = float(text)
        return int(number) if number.is_integer() else number
    except ValueError:
        reading.note(row, name, "not-a-number", f"“{text}”不是数，请填数。")
        return None


def _dataset(
    reading: PlanReading, row: Row, code: str, fields: Sequence[tuple[Row, Field]], areas: Sequence[str]
) -> Dataset | None:
    name = row.text("dataset")
    sheets = list(dict.fromkeys(field_row.text("sheet") for field_row, _ in fields)) or [""]
    parts = tuple(
        Part(
            f"{code}_{number}" if number else code,
            tuple(new for field_row, new in fields if field_row.text("sheet") == sheet),
            table=f"{code}_{number}" if number else code,
            sheet=sheet,
        )
        for number, sheet in enumerate(sheets)
    )
    for area in row.words("areas"):
        if reading.areas_are_told and area not in areas:
            reading.note(row, "areas", "not-a-choice", unknown_name("领域", area, areas))
    if not parts[0].keys and any(reading.is_wrong(field_row) for field_row, _ in fields):
        return None
    if not parts[0].keys:
        what = "没有字段，请在工作表“字段”中写明" if not fields else "没有关键字段，请在工作表“字段”中标明"
        reading.note(row, "dataset", "missing-value", f"数据“{name}”{what}。")
        return None
    unit = next((new for new in parts[0].fields if new.kind is Kind.UNIT), None)
    times = (*DATED, Kind.MONTH)
    time = _named(reading, row, "time_column", parts[0], times, "日期、日期时间或月份")
    return Dataset(
        code,
        name,
        Frequency.SNAPSHOT if row.text("frequency") == "快照" else Frequency.MONTHLY,
        parts,
        tuple(area for area in row.words("areas") if area in areas),
        unit_field=unit.name if unit else None,
        month_field=time.name if time and time.kind is Kind.MONTH else None,
        time_field=time.name if time and time.kind in DATED else None,
        is_case=row.says_yes("is_case"),
        quarterly=row.text("frequency") == "每季",
        names=(name,),
    )


def _named(reading: PlanReading, row: Row, column: str, part: Part, kinds: Sequence[Kind], wanted: str) -> Field | None:
    label = row.text(column)
    if not label:
        return None
    named = next((known for known in part.fields if known.label == label), None)
    if named is None:
        reading.note(row, column, "unknown-field", unknown_name("字段", label, [known.label for known in part.fields]))
    elif named.kind not in kinds:
        reading.note(row, column, "type-mismatch", f"字段“{label}”的类型不是{wanted}，请改正。")
        return None
    return named


def _extended(datasets: Sequence[Dataset], added: Mapping[str, Mapping[str, Sequence[Field]]]) -> Iterator[Dataset]:
    """Datasets with the fields that plans add to their parts."""
    for dataset in datasets:
        yield with_fields(dataset, added[dataset.code]) if dataset.code in added else dataset


def with_fields(dataset: Dataset, added: Mapping[str, Sequence[Field]]) -> Dataset:
    """Return the dataset with fields behind those of its parts. `added`: part → fields; of one name the last counts."""
    parts = (
        replace(part, fields=tuple({new.name: new for new in (*part.fields, *added.get(part.code, ()))}.values()))
        for part in dataset.parts
    )
    return replace(dataset, parts=tuple(parts))


def _indicators(reading: PlanReading, vocabulary: Vocabulary) -> Iterator[DeclaredIndicator]:
    codes: dict[str, str] = {}
    for number, row in enumerate(reading.rows("指标"), start=1):
        title, code = row.text("indicator"), row.text("code") or f"indicator_{number}"
        is_named = bool(title) and _has_code_of_its_own(reading, row, code, codes)
        if is_named:
            codes[code] = title
        formula = _formula(reading, row, vocabulary)
        if formula is None or not is_named:  # a blank title is told by the reader of cells
            reading.mark_broken(title, code if is_named or code not in codes else "")
            continue
        number_format = FORMATS.get(row.text("number_format"))
        if number_format is NumberFormat.SHARE and formula.denominator is None:
            reading.note(row, "number_format", "type-mismatch", "单位为“占比”的指标要有分母，请补充分母或改单位。")
        if _is_other_than_shipped(reading.shipped, code, formula, district=row.says_yes("district")):
            reading.note(
                row, "code", "conflicts-with-shipped", f"编码“{code}”是系统自带的指标，算法不能更改，请另取编码。"
            )
            continue
        indicator = DeclaredIndicator(
            code,
            title,
            row.text("numerator"),
            row.text("denominator") or None,
            row.text("due") or None,
            formula.in_words,
            formula.parts,
            number_format or (NumberFormat.COUNT if formula.denominator is None else NumberFormat.SHARE),
            row.text("direction") == "越低越好",
            row.says_yes("district"),
            sheet_row=row.typed,
        )
        yield replace(indicator, key=_key(reading, indicator))


def _has_code_of_its_own(reading: PlanReading, row: Row, code: str, codes: Mapping[str, str]) -> bool:
    """`codes`: those of the rows above → their titles."""
    if not INDICATOR_CODE.fullmatch(code):
        reading.note(row, "code", "type-mismatch", f"编码“{code}”只能用字母、数字和下划线，请改正。")
        return False
    if code in codes:
        reading.note(row, "code", "duplicate-key", f"编码“{code}”已用于“{codes[code]}”，请另取一个。")
        return False
    return True


def _formula(reading: PlanReading, row: Row, vocabulary: Vocabulary) -> Formula | None:
    """Every side that has a mistake is told; a blank 分子 is told by the reader of cells."""
    numerator, denominator = row.text("numerator"), row.text("denominator")
    try:
        if numerator:
            return read_formula(numerator, denominator or None, row.text("due") or None, vocabulary)
    except FormulaError as error:
        reading.note(row, error.side, error.mistake.code, error.mistake.message)
        if error.side != "numerator":
            return None
    if denominator:
        _try_denominator(reading, row, vocabulary)
    return None


def _try_denominator(reading: PlanReading, row: Row, vocabulary: Vocabulary) -> None:
    """Tell its mistake too, where the numerator has one."""
    try:
        read_formula(row.text("denominator"), None, None, vocabulary)
    except FormulaError as error:
        reading.note(row, "denominator", error.mistake.code, error.mistake.message)


def _key(reading: PlanReading, indicator: DeclaredIndicator) -> str:
    """What it is called in the tables: as the same one was before, else by a key that nothing has yet."""
    if indicator.code in reading.shipped.indicators:
        return indicator.code
    written = reading.board.written
    for key, before in written.items():
        if key in reading.board.standing and before.meaning == indicator.meaning:
            return key
    of_code = sum(plain_code(key) == indicator.code for key in written)
    return f"{indicator.code}@{of_code + 1}" if of_code else indicator.code


def _is_other_than_shipped(shipped: Shipped, code: str, formula: Formula, *, district: bool) -> bool:
    """A plan may write a shipped indicator down, and must not mean another one by its code."""
    known = shipped.indicators.get(code)
    return known is not None and (known[1] != formula or known[2] != district)


def _limits(reading: PlanReading, vocabulary: Vocabulary) -> Iterator[DeclaredLimit]:
    for row in reading.rows("时限"):
        if not all(row.text(name) for name in ("limit", "dataset", "start", "end", "due")):
            continue  # told by the reader of cells
        try:
            source = vocabulary.sources_named([row.text("dataset")], 1)[0]
        except ExpressionError:
            known = [source.dataset.title for source in vocabulary.sources]
            reading.note(row, "dataset", "unknown-dataset", unknown_name("数据", row.text("dataset"), known))
            continue
        days = _DAYS.fullmatch(row.text("due"))
        start, end = (_moment(reading, row, name, source) for name in ("start", "end"))
        due = None if days else _moment(reading, row, "due", source)
        try:
            text = row.text("condition")
            condition = read_condition(text, row.text("dataset"), vocabulary) if text else None
        except ExpressionError as error:
            reading.note(row, "condition", error.mistake.code, error.mistake.message)
            continue
        if start and end and (due or days):
            counted = (_number_of(days[1]), days[2].startswith("工作")) if days else None
            yield DeclaredLimit(
                row.text("limit"), source.dataset.code, start, end, due, counted, condition, text, row.typed
            )


def _number_of(text: str) -> int:
    return int(text) if text.isdigit() else chinese_number(text)


def _moment(reading: PlanReading, row: Row, name: str, source: Source) -> FieldRead | None:
    """A date field of the dataset."""
    label = row.text(name)
    read = source.field(label)
    if read is None and name == "due" and _LIKE_DAYS.search(label):
        message = f"期限“{label}”不能识别，请填日期字段的名称，或如“5个工作日”“10日”。"
        reading.note(row, name, "unknown-field", message)
    elif read is None:
        labels = [known.label for known in source.part.fields]
        reading.note(row, name, "unknown-field", unknown_name("字段", label, labels))
    elif read.kind not in DATED:
        reading.note(row, name, "type-mismatch", f"字段“{label}”不是日期，请改正。")
        return None
    return read


def _beside(reading: PlanReading, declared: Sequence[DeclaredIndicator]) -> Iterator[tuple[str, str]]:
    measures = {row.text("measure") for row in reading.rows("举措")}
    codes = indicator_keys(reading, declared)
    for row in reading.rows("并列"):
        measure, indicator = row.text("measure"), row.text("indicator")
        if measure and measure not in measures:
            reading.note(row, "measure", "unknown-parent", unknown_name("举措", measure, sorted(measures)))
        if indicator and indicator not in codes:
            known = [*codes, *sorted(reading.broken)]
            reading.note(row, "indicator", "unknown-field", unknown_name("指标", indicator, known))
        elif measure in measures and indicator:
            yield measure, codes[indicator]


def indicator_keys(reading: PlanReading, declared: Sequence[DeclaredIndicator]) -> dict[str, str]:
    """Return every name by which an indicator may be called → its key: shipped ones, those that plans of the board
    declared before, and those that this workbook declares.
    """
    shipped = {name: code for code, (title, *_) in reading.shipped.indicators.items() for name in (title, code)}
    known = (*reading.board.written.values(), *declared)
    return shipped | {name: indicator.key for indicator in known for name in (indicator.title, indicator.code)}


def _stands_in(text: str, name: str) -> bool:
    """Return whether a text speaks of a name: not as a part of a longer one (数量 in 办结数量)."""
    return re.search(rf"(?:^|[\W且或非在]){re.escape(name)}(?:$|[\W且或在已未属包])", text) is not None


def unknown_name(what: str, name: str, known: Sequence[str]) -> str:
    """Return the sentence about a name that nobody knows, with the nearest right word."""
    best = process.extractOne(name, list(dict.fromkeys(known)), scorer=fuzz.ratio, score_cutoff=40)
    return f"没有{what}“{name}”，" + (f"是否为“{best[0]}”？请改正。" if best else "请核对。")
