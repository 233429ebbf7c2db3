"""From a dataset's declaration to the workbook that units fill in: headings that map exactly,
drop-downs, notes, 说明.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from models.definitions import Dataset, Field, Frequency, Kind, Part

GUIDE_SHEET = "说明"
LISTS_SHEET = "选项"  # hidden: Excel takes no more than 255 characters of choices in the rule itself
LAST_ROW = 1_048_575
LONGEST_LIST = 255
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
KIND_WORDS = {
    Kind.TEXT: "文字",
    Kind.INT: "整数",
    Kind.DECIMAL: "数，可有小数",
    Kind.DATE: "日期",
    Kind.DATETIME: "日期和时间",
    Kind.MONTH: "月份",
    Kind.YES_NO: "是或否",
    Kind.CHOICE: "从下拉选项中选择",
    Kind.DURATION: "工作日",
    Kind.CODE: "编码",
    Kind.YES_NO_OR_FILE: "是、否或文件名",
    Kind.UNIT: "单位名称",
}
EXAMPLES = {
    Kind.DATE: "例：2023-06-03",
    Kind.DATETIME: "例：2023-06-03 10:20",
    Kind.MONTH: "例：2023-06",
    Kind.DURATION: "例：5个工作日，当场办结填 0",
    Kind.CODE: "本列已设为文本格式，请勿改为数字",
    Kind.YES_NO_OR_FILE: "有附件的填文件名",
}
NUMBER_FORMATS = {Kind.INT: "0", Kind.DATE: "yyyy-mm-dd", Kind.DATETIME: "yyyy-mm-dd hh:mm"}
GUIDE_HEADINGS = (("工作表", 14), ("列名", 24), ("类型", 18), ("是否必填", 10), ("可填内容", 50), ("填写说明", 60))


@dataclass(frozen=True)
class Prefilled:
    """What stands in a template already: a `title` above the headings of the main part, from which unit and month are
    read back, and `rows` below them, by field name.
    """

    title: str = ""
    rows: Sequence[Mapping[str, str]] = ()


def template_workbook(
    dataset: Dataset,
    unit_names: Sequence[str] = (),
    example: Mapping[str, str] | None = None,
    prefilled: Prefilled = Prefilled(),
) -> bytes:
    """Return an .xlsx with one sheet a part (named as the part, or as the dataset where there is one part) and the
    sheet 说明. `example`: field → the content of the row that shows how it is filled in; it begins with 例, and is not
    read.
    """
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, SAFE)
    sheets = [workbook.add_worksheet(_sheet_name(dataset, part)) for part in dataset.parts]
    guide = workbook.add_worksheet(GUIDE_SHEET)
    lists = _Lists(workbook)
    for sheet, part in zip(sheets, dataset.parts, strict=True):
        _fill_sheet(workbook, sheet, part, unit_names, lists, prefilled if part is dataset.main else Prefilled())
        if example is not None:
            _fill_example(workbook, sheet, part, example)
    _fill_guide(workbook, guide, dataset)
    workbook.close()
    return out.getvalue()


def _sheet_name(dataset: Dataset, part: Part) -> str:
    return part.title if len(dataset.parts) > 1 else dataset.title


class _Lists:
    """Choices too long for a rule, each a column of a hidden sheet that is only made when needed."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.sheet: Worksheet | None = None
        self.places: dict[tuple[str, ...], str] = {}

    def source(self, words: tuple[str, ...]) -> list[str] | str:
        """Return what a drop-down rule takes as its list."""
        if len(",".join(words)) <= LONGEST_LIST and not any("," in word for word in words):
            return list(words)
        return self.places.get(words) or self._placed(words)

    def _placed(self, words: tuple[str, ...]) -> str:
        if self.sheet is None:
            self.sheet = self.workbook.add_worksheet(LISTS_SHEET)
            self.sheet.hide()
        column = len(self.places)
        for row, word in enumerate(words):
            self.sheet.write_string(row, column, word)
        letter = xlsxwriter.utility.xl_col_to_name(column)
        self.places[words] = f"={LISTS_SHEET}!${letter}$1:${letter}${len(words)}"
        return self.places[words]


def _fill_sheet(
    workbook: Workbook,
    sheet: Worksheet,
    part: Part,
    unit_names: Sequence[str],
    lists: _Lists,
    prefilled: Prefilled,
) -> None:
    head = 1 if prefilled.title else 0
    if prefilled.title:
        sheet.write_string(0, 0, prefilled.title, workbook.add_format({"bold": True, "font_size": 14}))
    sheet.freeze_panes(head + 1, 0)
    sheet.set_row(head, 30)
    headings = {required: _heading(workbook, required) for required in (True, False)}
    for column, field in enumerate(part.fields):
        sheet.set_column(
            column, column, _width(field), workbook.add_format({"num_format": NUMBER_FORMATS.get(field.kind, "@")})
        )
        sheet.write_string(head, column, field.label, headings[field.required])
        sheet.write_comment(head, column, field_note(field), {"x_scale": 2, "author": ""})
        if words := _words(field, unit_names):
            sheet.data_validation(head + 1, column, LAST_ROW, column, _drop_down(lists.source(words)))
        for row, values in enumerate(prefilled.rows, head + 1):
            if field.name in values:
                sheet.write_string(row, column, values[field.name])


def _fill_example(workbook: Workbook, sheet: Worksheet, part: Part, example: Mapping[str, str]) -> None:
    quiet = workbook.add_format({"italic": True, "font_color": "#57606A", "num_format": "@"})
    for column, field in enumerate(part.fields):
        sheet.write_string(1, column, example.get(field.name, ""), quiet)


def _heading(workbook: Workbook, required: bool) -> Format:
    colour = (
        {"bg_color": "#C00000", "font_color": "#FFFFFF"}
        if required
        else {"bg_color": "#D9E1F2", "font_color": "#000000"}
    )
    return workbook.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, **colour}
    )


def _width(field: Field) -> int:
    return max(12, 2 * len(field.label) + 4, 20 if field.kind in (Kind.CODE, Kind.DATETIME, Kind.UNIT) else 0)


def _words(field: Field, unit_names: Sequence[str]) -> tuple[str, ...]:
    if field.kind is Kind.YES_NO:
        return ("是", "否")
    return tuple(unit_names) if field.kind is Kind.UNIT else tuple(field.choices)


def _drop_down(source: list[str] | str) -> dict[str, object]:
    """A warning, not a bar: aliases and older words are understood too."""
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "请核对",
        "error_message": "填写的内容不在下拉选项中，请核对后再确认。",
    }


def field_note(field: Field) -> str:
    """Return what the heading's comment and 说明 say of a field, in one or more sentences."""
    demand = "必填。" if field.required else "计划要求填写，空白会提醒。" if field.demanded else "选填。"
    key = "与其他标识列一起，同一文件内不得重复。" if field.key else ""
    example = EXAMPLES.get(field.kind, "")
    return f"{demand}{KIND_WORDS[field.kind]}。{key}{field.note}{example}{'。' if example else ''}"


def _fill_guide(workbook: Workbook, sheet: Worksheet, dataset: Dataset) -> None:
    wrap = workbook.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet.merge_range(
        0,
        0,
        0,
        len(GUIDE_HEADINGS) - 1,
        _introduction(dataset),
        workbook.add_format({"text_wrap": True, "valign": "vcenter"}),
    )
    sheet.set_row(0, 48)
    for column, (heading, width) in enumerate(GUIDE_HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, heading, _heading(workbook, False))
    rows = [(part, field) for part in dataset.parts for field in part.fields]
    for row, (part, field) in enumerate(rows, 2):
        for column, text in enumerate(_guide_row(_sheet_name(dataset, part), field)):
            sheet.write_string(row, column, text, wrap)
    sheet.freeze_panes(2, 0)


def _introduction(dataset: Dataset) -> str:
    often = (
        "每次上传全部现行内容，新的一份替换旧的"
        if dataset.frequency is Frequency.SNAPSHOT
        else "每月上传一次，同月再次上传即替换"
    )
    return f"{dataset.title}：{often}。红底列为必填；第 1 行为列名，请勿改动；从第 2 行起逐行填写，不要合并单元格。"


def _guide_row(sheet_name: str, field: Field) -> tuple[str, ...]:
    required = "必填" if field.required else "应填" if field.demanded else "选填"
    choices = "、".join(_words(field, ()))
    also = f"列名也可写作：{'、'.join(field.aliases)}。" if field.aliases else ""
    return sheet_name, field.label, KIND_WORDS[field.kind], required, choices, field_note(field) + also
