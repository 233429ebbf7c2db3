"""From records of a dataset's part and a way of laying tables out to a sheet as people make it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.definitions import Field, Kind, Part
from sample_data.other_names import CHOICES, HEADINGS
from sample_data.workbook import CellValue, Heading, Row, Sheet

Record = dict[str, object]
"""Field name → value: text, number, bool, date, datetime, or None; a field left out is None."""


@dataclass(frozen=True)
class Layout:
    """How somebody lays out a table; the default is the template's own way."""

    above: tuple[str, ...] = ()  # rows over the table, each merged across it
    groups: int = 0  # columns under one upper heading; 0: one heading row
    serial: bool = False  # a 序号 column before the others
    aliases: bool = False  # headings and choices by other names
    decorated: bool = False  # headings with stars, spaces, line breaks, units in brackets
    skip_empty: bool = False  # optional columns without any value left out
    dates: tuple[str, ...] = ("cell",)  # taken in turn, see _date
    durations: tuple[str, ...] = ("{}个工作日",)
    numbers: tuple[str, ...] = ("number",)  # number, text, counted, wide
    yes_no: tuple[str, str] = ("是", "否")
    missing: str | None = None  # what stands in an optional blank cell
    unit_names: Mapping[str, str] | None = None  # own name → name written
    merge_units: bool = False  # runs of the same unit merged
    total: int | None = None  # a 合计 row, off by so much
    below: tuple[str, ...] = ()  # notes and signatures under the table
    hidden_rows: tuple[int, ...] = ()  # places of records


TEMPLATE = Layout()


def lay_out(part: Part, records: Sequence[Record], layout: Layout = TEMPLATE, name: str | None = None) -> Sheet:
    fields = [field for field in part.fields if _is_shown(field, records, layout)]
    headings = [_heading(part.code, field, index, layout) for index, field in enumerate(fields)]
    body = [
        [_cell(part.code, field, record.get(field.name), number, layout) for field in fields]
        for number, record in enumerate(records)
    ]
    if layout.total is not None:
        body.append(_total_row(fields, records, layout.total))
    if layout.serial and all(field.label != "序号" for field in fields):
        headings = [Heading("序号"), *headings]
        body = [_with_serial(row, number, len(records)) for number, row in enumerate(body)]
    sheet = _framed(name or part.code, headings, body, layout)
    if layout.merge_units and any(field.name == "unit" for field in fields):
        _merge_units(sheet, fields, len(records), layout)
    return sheet


def _is_shown(field: Field, records: Sequence[Record], layout: Layout) -> bool:
    needed = field.required or field.demanded or not layout.skip_empty
    return needed or any(record.get(field.name) is not None for record in records)


def _heading(part: str, field: Field, place: int, layout: Layout) -> Heading:
    label = HEADINGS.get(f"{part}.{field.name}", field.label) if layout.aliases else field.label
    if not layout.decorated:
        return Heading(label)
    unit = "(工作日)" if field.kind is Kind.DURATION else "（件）" if label.endswith("量") else ""
    spaced = f"{label[:2]}\n{label[2:]}" if place % 3 == 0 and len(label) > 3 else label
    return Heading(f"{spaced}{unit}{'*' if field.required else ''}")


def _with_serial(row: list[CellValue], number: int, records: int) -> list[CellValue]:
    return [number + 1, *row] if number < records else ["合计", None, *row[1:]]


def _framed(name: str, headings: list[Heading], body: Sequence[Row], layout: Layout) -> Sheet:
    width = len(headings)
    sheet = Sheet(name, [[text] for text in layout.above])
    sheet.merges = [(row, 0, row, width - 1) for row in range(len(layout.above)) if width > 1]
    if layout.groups:
        _add_two_row_heading(sheet, headings, layout.groups)
    else:
        sheet.rows.append(list(headings))
    first = len(sheet.rows)
    sheet.rows += [*body, *([text] for text in layout.below)]
    sheet.hidden_rows = tuple(first + place for place in layout.hidden_rows)
    return sheet


def _add_two_row_heading(sheet: Sheet, headings: list[Heading], group: int) -> None:
    """The first columns stand alone, merged downwards; the others in groups under 基本情况 and its like."""
    top, alone = len(sheet.rows), min(3, len(headings))
    titles = ("基本情况", "办理情况", "结果情况", "其他情况", "补充情况", "附加情况")
    upper: list[CellValue] = [*headings[:alone]]
    for index, start in enumerate(range(alone, len(headings), group)):
        run = headings[start : start + group]
        upper += [Heading(titles[index % len(titles)]), *[None] * (len(run) - 1)]
        if len(run) > 1:
            sheet.merges.append((top, start, top, start + len(run) - 1))
    sheet.merges += [(top, column, top + 1, column) for column in range(alone)]
    sheet.rows += [upper, [*[None] * alone, *headings[alone:]]]


def _total_row(fields: Sequence[Field], records: Sequence[Record], off_by: int) -> list[CellValue]:
    sums: list[CellValue] = [
        sum(int(str(record.get(field.name) or 0)) for record in records) if _adds_up(field) else None
        for field in fields
    ]
    sums[0] = "合计"
    last = max((index for index, field in enumerate(fields) if _adds_up(field)), default=None)
    if last is not None and off_by:
        sums[last] = int(str(sums[last])) + off_by
    return sums


def _adds_up(field: Field) -> bool:
    return field.kind is Kind.INT and not field.key


def _merge_units(sheet: Sheet, fields: Sequence[Field], records: int, layout: Layout) -> None:
    column = next(index for index, field in enumerate(fields) if field.name == "unit") + layout.serial
    first = len(layout.above) + (2 if layout.groups else 1)
    start = first
    for row in range(first + 1, first + records + 1):
        ended = row == first + records or sheet.rows[row][column] != sheet.rows[start][column]
        if ended and row - start > 1:
            sheet.merges.append((start, column, row - 1, column))
        start = row if ended else start


def _cell(part: str, field: Field, value: object, number: int, layout: Layout) -> CellValue:
    if value is None:
        return None if field.required or layout.missing is None else layout.missing
    match field.kind:
        case Kind.YES_NO:
            return layout.yes_no[0 if value else 1]
        case Kind.DATE | Kind.DATETIME if isinstance(value, date):
            return _date(value, layout.dates[number % len(layout.dates)])
        case Kind.DURATION:
            return _duration(int(str(value)), layout.durations[number % len(layout.durations)])
        case Kind.INT if not field.key:
            return _number(int(str(value)), layout.numbers[number % len(layout.numbers)])
        case Kind.INT:
            return int(str(value))
        case Kind.CHOICE:
            return _choice(part, field, str(value), layout)
        case Kind.UNIT:
            return (layout.unit_names or {}).get(str(value), str(value))
    return str(value)


def _choice(part: str, field: Field, value: str, layout: Layout) -> str:
    return CHOICES.get(f"{part}.{field.name}", {}).get(value, value) if layout.aliases else value


def _duration(days: int, pattern: str) -> CellValue:
    if pattern == "number":
        return days
    return "即办" if days == 0 else pattern.format(days)


def _number(value: int, style: str) -> CellValue:
    match style:
        case "text":
            return str(value)
        case "counted":
            return f"{value} 件"
        case "wide":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    return value


def _date(value: date, style: str) -> CellValue:
    clock = f" {value:%H:%M:%S}" if isinstance(value, datetime) else ""
    day = {
        "iso": f"{value:%Y-%m-%d}",
        "slash": f"{value.year}/{value.month}/{value.day}",
        "dot": f"{value.year}.{value.month}.{value.day}",
        "chinese": f"{value.year}年{value.month}月{value.day}日",
        "compact": f"{value:%Y%m%d}",
        "short": f"{value.month}月{value.day}日",
    }
    return value if style == "cell" else day[style] + clock
