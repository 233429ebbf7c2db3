"""The declared table as HTML, as a workbook, and with its filters on a page."""

import io
import re
from dataclasses import dataclass, replace
from datetime import date

import openpyxl
import pytest
from markupsafe import Markup, escape
from streamlit.testing.v1 import AppTest

from components.elements.context import PageContext
from components.elements.offered_files import made
from components.elements.table import Column, Kind, Share, Table, table_markup, table_parts
from components.elements.table.screen import completed
from components.elements.table.selection import selected, selection_of
from components.elements.table.workbook import workbook_of
from models.lamps import Lamp
from tests.conftest import BUREAU

DAY = date(2023, 8, 22)
HOSTILE = '<img src=x onerror="alert(1)">'


@dataclass(frozen=True)
class Line:
    text: str
    unit: str
    lamp: Lamp = Lamp.OVERDUE
    days: int | None = 0
    share: Share = Share(1, 3)
    due: date | None = DAY


def lines(number: int) -> list[Line]:
    return [Line(f"举措{n}", f"单位{n % 3}", days=n) for n in range(1, number + 1)]


def declared(**changes: object) -> Table[Line]:
    columns = (
        Column[Line]("text", "举措", lambda line: line.text, href=lambda line: f"/lamp?measure={line.text}"),
        Column[Line]("unit", "责任单位", lambda line: line.unit, Kind.UNIT, is_filter=True),
        Column[Line]("lamp", "红绿灯", lambda line: line.lamp, Kind.LAMP, is_filter=True),
        Column[Line]("days", "逾期", lambda line: line.days, Kind.NUMBER, unit=" 天"),
        Column[Line]("share", "办结率", lambda line: line.share, Kind.SHARE),
        Column[Line]("due", "期限", lambda line: line.due, Kind.DAY),
        Column[Line]("bar", "图", lambda line: line.days, Kind.PICTURE, drawn=lambda line: Markup("<i></i>")),
    )
    given = {"title": "逾期举措", "group_by": "unit", "has_search": True, "is_exported": False, **changes}
    return Table(name="", columns=columns, **given)


class Here(PageContext):
    """A page of a register in which unit 0 is a street's."""

    unit_kinds = {"单位0": "镇街", "单位1": "部门", "单位2": "部门"}  # type: ignore[assignment]


def here(**query: list[str]) -> PageContext:
    return Here("cases", DAY, BUREAU, query)


def shown(number: int = 5, table: Table[Line] | None = None, **query: list[str]) -> str:
    return str(table_markup(table or declared(), lines(number), here(**query)))


def rows_seen(html: str) -> list[str]:
    return re.findall(r"<tr>\n?<th scope=\"row\".*?>(?:<a [^>]*>)?([^<]*)", html)


def test_whatever_a_text_holds_stands_on_the_screen_as_text():
    table = declared(title=HOSTILE, nothing=HOSTILE, group_detail=lambda name: name)
    html = str(table_markup(table, [Line(HOSTILE, HOSTILE)], here(group=["unit"], words=[""])))
    assert HOSTILE not in html and str(escape(HOSTILE)) in html
    assert HOSTILE not in str(table_markup(table, [], here()))


def test_a_heading_asks_for_its_order_then_the_opposite_then_none():
    heading = re.compile(
        r'<th[^>]*class="number"[^>]*?(?: aria-sort="(\w+)")?><a class="board-link sort" href="([^"]*)"[^>]*>逾期'
    )
    assert heading.search(shown()).groups() == (None, "/cases?sort=-days")
    assert heading.search(shown(sort=["-days"])).groups() == ("descending", "/cases?sort=days")
    assert heading.search(shown(sort=["days"])).groups() == ("ascending", "/cases")


def test_a_heading_keeps_filters_and_day_and_goes_to_the_first_page():
    html = shown(50, sort=["days"], lamp=["逾期"], as_of=["2023-07-01"], page=["2"])
    assert 'href="/cases?sort=-days&amp;lamp=%E9%80%BE%E6%9C%9F&amp;as_of=2023-07-01"' not in html  # three clicks
    assert 'href="/cases?sort=lamp&amp;lamp=%E9%80%BE%E6%9C%9F&amp;as_of=2023-07-01"' in html


def test_the_count_says_how_many_of_how_many_are_shown():
    assert "共 5 项" in shown()
    assert "5 项中的 2 项" in shown(unit=["单位1"])


def test_rows_of_other_pages_are_on_paper_only():
    html = shown(50)
    assert rows_seen(html) == [f"举措{n}" for n in range(1, 21)] and html.count('<tr class="beyond">') == 30
    assert rows_seen(shown(50, page=["3"])) == [f"举措{n}" for n in range(41, 51)]
    assert "第 3 页，共 3 页（第 41—50 条，共 50 条）" in shown(50, page=["9"])


def test_a_list_too_long_to_carry_along_can_be_shown_whole():
    assert len(rows_seen(shown(300))) == 20 and 'class="beyond"' not in shown(300)
    assert len(rows_seen(shown(300, rows=["all"]))) == 300


def test_a_group_is_headed_by_its_name_its_number_and_what_belongs_to_it():
    table = declared(group_detail=lambda name: Markup("<i>电话 {}</i>").format(name))
    html = shown(5, table, group=["unit"])
    heads = re.findall(r"<tr class=\"group\">.*?<b>(.*?)</b><span class=\"quiet\">(.*?)</span><i>(.*?)</i>", html)
    assert heads == [("单位1", "2 项", "电话 单位1"), ("单位2", "2 项", "电话 单位2"), ("单位0", "1 项", "电话 单位0")]


def test_a_column_of_zeros_folds_away_where_it_may():
    def with_zeros(folds: bool) -> str:
        column = Column[Line]("late", "迟报", lambda line: 0, Kind.NUMBER, folds=folds)
        return shown(table=Table("", "表", (*declared().columns, column), is_exported=False))

    assert "迟报" in with_zeros(folds=False) and "迟报" not in with_zeros(folds=True)


def test_an_empty_table_says_why_and_what_to_do():
    html = str(table_markup(declared(nothing="没有逾期的举措。", what_to_do="可另选日期。"), [], here()))
    assert "没有逾期的举措。" in html and "可另选日期。" in html


def sheet_of(rows: list[Line], **query: list[str]):
    table, selection = declared(), selection_of(declared(), query)
    content = workbook_of(table, selected(table, rows, selection), selection, DAY)
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_the_workbook_has_every_row_that_the_filters_leave_with_day_and_filters_above():
    sheet = sheet_of(lines(50), unit=["单位1"], sort=["-days"])
    first, headings, *rows = sheet.values
    assert first[0] == "逾期举措，截至 2023-08-22，筛选：责任单位：单位1，共 17 项"
    assert headings == ("举措", "责任单位", "红绿灯", "逾期（天）", "办结率", "办结率：分子", "办结率：分母", "期限")
    assert [row[3] for row in rows] == sorted(range(1, 51, 3), reverse=True)
    assert sheet.freeze_panes == "A3" and sheet.auto_filter.ref == "A2:H19"


def test_cells_of_the_workbook_have_their_kind_and_text_is_never_a_formula():
    row = [*sheet_of([Line("=1+1", "@单位", days=7)]).rows][2]
    assert [cell.value for cell in row] == ["=1+1", "@单位", "逾期", 7, pytest.approx(1 / 3), 1, 3, *[row[7].value]]
    assert row[0].data_type == "s" and row[3].data_type == "n"
    assert row[4].number_format == "0.0%" and row[7].is_date and row[7].value.date() == DAY


def page_with_a_table() -> None:
    import streamlit as st

    from components.elements.table import draw_table
    from tests.components.elements.test_table_on_screen import declared, here, lines

    query = {name: st.query_params.get_all(name) for name in st.query_params}
    draw_table(declared(is_exported=True), lines(50), here(**query))


def test_a_choice_goes_into_the_address_and_what_stands_there_is_chosen():
    app = AppTest.from_function(page_with_a_table)
    app.query_params["page"] = "2"
    app.run()
    assert not app.exception and app.multiselect[0].label == "责任单位"
    app.multiselect[0].select("单位1 17").run()
    assert app.query_params == {"unit": "单位1"}
    assert "50 项中的 17 项" in app.get("html")[-1].proto.body
    app.query_params["unit"] = ["单位2"]
    app.run()
    assert app.multiselect[0].value == ["单位2"] and "50 项中的 17 项" in app.get("html")[-1].proto.body


def test_filters_stand_above_a_long_list_and_never_above_one_page_of_a_list_that_is_read_page_by_page():
    assert len(table_parts(declared(), lines(9), here()).parts) == 2
    assert len(table_parts(declared(), lines(8), here()).parts) == 1
    assert len(table_parts(declared(is_whole=False), lines(50), here()).parts) == 1


def test_kinds_of_units_are_a_filter_and_a_column_of_the_workbook_where_there_are_several():
    several = completed(declared(), lines(9), here())
    assert [column.heading for column in several.filters] == ["责任单位", "单位类别", "红绿灯"]
    selection = selection_of(several, {"unit_kind": ["镇街"]})
    assert {line.unit for line in selected(several, lines(9), selection)} == {"单位0"}
    one_kind = [line for line in lines(9) if line.unit != "单位0"]
    assert "unit_kind" not in [column.key for column in completed(declared(), one_kind, here()).columns]
    by_kind = Column[Line]("kind", "类别", lambda line: here().unit_kinds[line.unit], is_filter=True)
    with_kinds = replace(declared(), columns=(*declared().columns, by_kind))
    assert "unit_kind" not in [column.key for column in completed(with_kinds, lines(9), here()).columns]


def test_a_column_of_nothing_but_0_is_folded_and_what_was_not_reported_is_not_0():
    assert "逾期" not in heads([Line("a", "单位1", days=0), Line("b", "单位2", days=0)])
    assert "逾期" in heads([Line("a", "单位1", days=None), Line("b", "单位2", days=0)])
    assert "逾期" in heads([Line("a", "单位1", days=0), Line("b", "单位2", days=1)])


def heads(rows: list[Line]) -> list[str]:
    html = str(table_markup(declared(), rows, here())).split("</thead>")[0]
    return re.findall(">(举措|责任单位|红绿灯|逾期|办结率|期限|图)<", html)


def test_the_exported_table_is_a_download_for_whoever_looks():
    app = AppTest.from_function(page_with_a_table)
    app.query_params["unit"] = "单位1"
    app.run()
    address = re.search(r'href="/made/([^"]+)"[^>]*>导出本表', app.get("html")[-1].proto.body)
    name, content = made(address[1])
    assert name == "逾期举措 2023-08-22.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(content)).active.max_row == 2 + 17
