"""From the further sheets of a plan workbook, read cell by cell, to what they declare, and every mistake at its cell.

Source: plans.md, section 2. Pure: which datasets and indicators the program ships is an argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from models.definitions import Dataset, Field, Frequency, Kind, NumberFormat, Part, PersonalData
from models.expressions import ExpressionError, FieldRead
from models.plan_declarations import DeclaredIndicator, DeclaredLimit, PlanDeclarations, PlanFacts
from models.validation import Problem
from rules.expressions.formula import Formula, FormulaError, read_formula
from rules.expressions.reading import read_condition
from rules.expressions.vocabulary import Source, Vocabulary

KINDS = {
    "文本": Kind.TEXT,
    "整数": Kind.INT,
    "小数": Kind.DURATION,  # the kind that holds fractions
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
_DAYS = re.compile(r"(\d{1,4})\s*个?(工作日|日|天)")
_LIST = re.compile(r"[、,，;；]")


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

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in _LIST.split(self.text(name)) if word.strip()]

    def problem(self, name: str, code: str, message: str) -> Problem:
        sheet, row = str(self.values["_sheet"]), int(self.values["_row"])
        column = self.sheets.columns.get(sheet, {}).get(name)
        return Problem(
            sheet, row, column, self.sheets.labels[self.part][name], code, "error", self.text(name) or None, message
        )


@dataclass
class PlanReading:
    """Reads sheet after sheet; what is wrong is noted and left out of what is declared."""

    sheets: PlanSheets
    shipped: Shipped
    problems: list[Problem] = field(default_factory=list)

    def rows(self, part: str) -> Iterator[Row]:
        frame = self.sheets.frames.get(part)
        for values in [] if frame is None else frame.to_dict("records"):
            yield Row(part, {str(name): value for name, value in values.items()}, self.sheets)

    def note(self, row: Row, name: str, code: str, message: str) -> None:
        self.problems.append(row.problem(name, code, message))


def read_declarations(reading: PlanReading) -> PlanDeclarations:
    """Return what the workbook declares; mistakes are noted in the reading, and what has one is left out."""
    shipped = reading.shipped
    facts = _facts(reading)
    areas = _areas(reading)
    datasets, added = _datasets(reading, areas)
    vocabulary = Vocabulary((*_extended(shipped.datasets, added), *datasets))
    indicators = list(_indicators(reading, vocabulary))
    return PlanDeclarations(
        facts,
        areas,
        tuple(datasets),
        {code: tuple(new.label for new in fields) for code, fields in added.items()},
        tuple(indicators),
        tuple(_limits(reading, vocabulary)),
        tuple(_beside(reading, {indicator.title: indicator.code for indicator in indicators})),
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
    for task in reading.rows("任务"):
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
    for row in reading.rows("任务"):
        if row.text("area") and row.text("area") not in areas:
            reading.note(row, "area", "not-a-choice", unknown_name("领域", row.text("area"), areas))
    return areas


def _datasets(reading: PlanReading, areas: Sequence[str]) -> tuple[list[Dataset], dict[str, list[Field]]]:
    """The datasets of the plan's own, and shipped dataset → fields added to it."""
    shipped = {name: dataset for dataset in reading.shipped.datasets for name in (dataset.code, dataset.title)}
    declared = {row.text("dataset"): row for row in reading.rows("数据") if row.text("dataset")}
    for name in [name for name in declared if name in shipped]:
        _refuse_other_words(reading, declared.pop(name), shipped[name])
    fields: dict[str, list[tuple[Row, Field]]] = {name: [] for name in declared}
    added: dict[str, list[Field]] = {}
    labels: set[tuple[str, str, str]] = set()
    for number, row in enumerate(reading.rows("字段"), start=1):
        name, label = row.text("dataset"), row.text("field")
        if not name or not label or not row.text("kind"):
            continue  # told by the reader of cells
        if name not in declared and name not in shipped:
            known = [*declared, *(dataset.title for dataset in reading.shipped.datasets)]
            reading.note(row, "dataset", "unknown-dataset", unknown_name("数据", name, known))
            continue
        if (name, row.text("sheet"), label) in labels:
            reading.note(row, "field", "duplicate-key", f"“{name}”已有字段“{label}”，请删去重复的一行。")
            continue
        labels.add((name, row.text("sheet"), label))
        new = _field(reading, row, number)
        if name in shipped:
            _add_to_shipped(reading, row, shipped[name], new, added)
        else:
            fields[name].append((row, new))
    datasets = [
        dataset
        for number, (name, row) in enumerate(declared.items(), start=1)
        if (dataset := _dataset(reading, row, f"declared_{number}", fields[name], areas)) is not None
    ]
    return datasets, added


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


def _add_to_shipped(
    reading: PlanReading, row: Row, dataset: Dataset, new: Field, added: dict[str, list[Field]]
) -> None:
    known = next((old for part in dataset.parts for old in part.fields if old.label == new.label), None)
    if known is not None and known.kind is not new.kind:
        reading.note(
            row,
            "kind",
            "conflicts-with-shipped",
            f"“{dataset.title}”自带字段“{known.label}”，类型不能更改，请改用别的字段名。",
        )
    elif known is not None and known.key != new.key:
        reading.note(
            row, "is_key", "conflicts-with-shipped", f"“{dataset.title}”的字段“{known.label}”是否关键不能更改。"
        )
    elif known is None and new.key:
        reading.note(row, "is_key", "conflicts-with-shipped", f"“{dataset.title}”的关键字段不能增加，请改为“否”。")
    elif known is None:
        added.setdefault(dataset.code, []).append(new)


def _field(reading: PlanReading, row: Row, number: int) -> Field:
    kind = KINDS[row.text("kind")]
    options = dict(_option(word) for word in row.words("options"))
    if kind is Kind.CHOICE and not options:
        reading.note(row, "options", "missing-value", "类型为“选项”的字段要写明选项，用顿号分隔。")
    if kind is not Kind.CHOICE and options:
        reading.note(row, "options", "type-mismatch", "只有类型为“选项”的字段可以写选项，请清空或改类型。")
    bounds = {name: _bound(reading, row, name, kind) for name in ("minimum", "maximum")}
    if None not in bounds.values() and bounds["maximum"] < bounds["minimum"]:  # type: ignore[operator]
        reading.note(row, "maximum", "out-of-range", "“最大”小于“最小”，请改正。")
    return Field(
        f"field_{number}",
        row.text("field"),
        kind,
        required=row.text("need") == "必填",
        demanded=row.text("need") == "应填",
        key=row.says_yes("is_key"),
        aliases=tuple(row.words("aliases")),
        choices=options,
        minimum=bounds["minimum"] if bounds["minimum"] is not None else 0,
        maximum=bounds["maximum"],
        length=row.number("length"),
        note=row.text("note"),
        personal=PERSONAL.get(row.text("personal")),
    )


def _option(word: str) -> tuple[str, tuple[str, ...]]:
    """“词=别名1/别名2” → the word and its other words."""
    canonical, _, others = word.replace("＝", "=").partition("=")
    return canonical.strip(), tuple(other.strip() for other in others.split("/") if other.strip())


def _bound(reading: PlanReading, row: Row, name: str, kind: Kind) -> int | None:
    text = row.text(name)
    if not text:
        return None
    if kind not in (Kind.INT, Kind.DURATION):
        reading.note(row, name, "type-mismatch", "只有数可以写最小和最大，请清空。")
        return None
    try:
        return int(float(text))
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
        )
        for number, sheet in enumerate(sheets)
    )
    if not parts[0].keys:
        what = "没有字段，请在工作表“字段”中写明" if not fields else "没有关键字段，请在工作表“字段”中标明"
        reading.note(row, "dataset", "missing-value", f"数据“{name}”{what}。")
        return None
    for area in row.words("areas"):
        if area not in areas:
            reading.note(row, "areas", "not-a-choice", unknown_name("领域", area, areas))
    units = [new for new in parts[0].fields if new.kind is Kind.UNIT]
    unit = _named(reading, row, "unit_column", parts[0], (Kind.UNIT,), "单位") or (
        units[0] if len(units) == 1 else None
    )
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


def _extended(datasets: Sequence[Dataset], added: Mapping[str, Sequence[Field]]) -> Iterator[Dataset]:
    """The shipped datasets with the fields that a plan adds to their main parts."""
    for dataset in datasets:
        new = added.get(dataset.code)
        main = replace(dataset.main, fields=(*dataset.main.fields, *new)) if new else dataset.main
        yield replace(dataset, parts=(main, *dataset.parts[1:])) if new else dataset


def _indicators(reading: PlanReading, vocabulary: Vocabulary) -> Iterator[DeclaredIndicator]:
    codes: dict[str, str] = {}
    for number, row in enumerate(reading.rows("指标"), start=1):
        title, code = row.text("indicator"), row.text("code") or f"indicator_{number}"
        if not title or not row.text("numerator"):
            continue  # told by the reader of cells
        if not INDICATOR_CODE.fullmatch(code):
            reading.note(row, "code", "type-mismatch", f"编码“{code}”只能用字母、数字和下划线，请改正。")
            continue
        if code in codes:
            reading.note(row, "code", "duplicate-key", f"编码“{code}”已用于“{codes[code]}”，请另取一个。")
            continue
        codes[code] = title
        due = row.text("due") or None
        try:
            formula = read_formula(row.text("numerator"), row.text("denominator") or None, due, vocabulary)
        except FormulaError as error:
            reading.note(row, error.side, error.mistake.code, error.mistake.message)
            continue
        number_format = FORMATS.get(row.text("number_format"))
        if number_format is NumberFormat.SHARE and formula.denominator is None:
            reading.note(row, "number_format", "type-mismatch", "单位为“占比”的指标要有分母，请补充分母或改单位。")
        if _is_other_than_shipped(reading.shipped, code, formula, district=row.says_yes("district")):
            reading.note(
                row, "code", "conflicts-with-shipped", f"编码“{code}”是系统自带的指标，算法不能更改，请另取编码。"
            )
            continue
        yield DeclaredIndicator(
            code,
            title,
            row.text("numerator"),
            row.text("denominator") or None,
            due,
            formula.in_words,
            formula.parts,
            number_format or (NumberFormat.COUNT if formula.denominator is None else NumberFormat.SHARE),
            row.text("direction") == "越低越好",
            row.says_yes("district"),
        )


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
            counted = (int(days[1]), days[2] == "工作日") if days else None
            yield DeclaredLimit(row.text("limit"), source.dataset.code, start, end, due, counted, condition)


def _moment(reading: PlanReading, row: Row, name: str, source: Source) -> FieldRead | None:
    """A date field of the dataset."""
    label = row.text(name)
    read = source.field(label)
    if read is None:
        labels = [known.label for known in source.part.fields]
        reading.note(row, name, "unknown-field", unknown_name("字段", label, labels))
    elif read.kind not in DATED:
        reading.note(row, name, "type-mismatch", f"字段“{label}”不是日期，请改正。")
        return None
    return read


def _beside(reading: PlanReading, declared: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    measures = {row.text("measure") for row in reading.rows("举措")}
    codes = indicator_codes(reading.shipped, declared)
    for row in reading.rows("并列"):
        measure, indicator = row.text("measure"), row.text("indicator")
        if measure and measure not in measures:
            reading.note(row, "measure", "unknown-parent", unknown_name("举措", measure, sorted(measures)))
        elif indicator and indicator not in codes:
            reading.note(row, "indicator", "unknown-field", unknown_name("指标", indicator, list(codes)))
        elif measure and indicator:
            yield measure, codes[indicator]


def indicator_codes(shipped: Shipped, declared: Mapping[str, str]) -> dict[str, str]:
    """Return every name by which an indicator may be called → its code; `declared`: title → code."""
    codes = {name: code for code, (title, *_) in shipped.indicators.items() for name in (title, code)}
    return codes | {name: code for title, code in declared.items() for name in (title, code)}


def unknown_name(what: str, name: str, known: Sequence[str]) -> str:
    """Return the sentence about a name that nobody knows, with the nearest right word."""
    best = process.extractOne(name, list(dict.fromkeys(known)), scorer=fuzz.ratio, score_cutoff=40)
    return f"没有{what}“{name}”，" + (f"是否为“{best[0]}”？请改正。" if best else "请核对。")
