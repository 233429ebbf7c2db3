"""总览."""

import io
import re
from datetime import date

import openpyxl
import pytest

from components.board.lamp_list import ON_A_PAGE
from components.elements.lamp import tally
from components.elements.offered_files import made
from components.elements.table.screen import PRINTED_WITH_THE_PAGE
from models.lamps import FACES, Lamp
from services.board.district import district_as_of
from services.board.scorecard import assess
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)


@pytest.mark.long
def test_the_board_counts_what_the_scorecard_holds(visit):
    counts = tally(assess(date(2023, 8, 22)).lamps)
    shown = text_of(visit("board"))
    assert f"{counts.counted:,} 项责任：逾期 {counts.counts[Lamp.OVERDUE]:,} 项" in shown


@pytest.mark.long
def test_the_day_in_the_address_is_the_day_of_the_board(visit):
    assert "截至 2023年7月10日 24 时" in text_of(visit("board", as_of="2023-07-10"))


@pytest.mark.long
def test_a_day_that_is_none_is_passed_over(visit):
    assert "截至 2023年8月22日 24 时" in text_of(visit("board", as_of="2023-13-40"))


@pytest.mark.long
def test_the_earlier_day_in_the_address_is_compared_with(visit):
    assert "自 8月1日 以来的变化" in text_of(visit("board", since="2023-08-01"))


def test_a_cell_of_the_board_leads_to_the_units_measures_in_that_area(visit):
    assert "/reviews?unit=" in text_of(visit("board"))


@pytest.mark.long
def test_picking_a_day_writes_it_to_the_address(visit):
    app = visit("board")
    app.date_input(key="as_of_picker").set_value(date(2023, 8, 1)).run()
    assert app.query_params["as_of"] in ("2023-08-01", ["2023-08-01"])
    assert "截至 2023年8月1日 24 时" in text_of(app)


def test_units_that_never_reported_stand_last_without_a_percentage(visit):
    shown = text_of(visit("board"))
    assert (
        shown.count('<span class="quiet">未报送，不计完成率</span>') == len(district_as_of(date(2023, 8, 22)).silent)
        and "未报送的" in shown
    )


def listed(visit, **query):
    """(number the heading tells, the list's rows on its first page, what the board draws)"""
    shown = text_of(visit("board", **query))
    part = shown.split('id="listed"')[1].split("</table>")[0]
    return (
        int(re.search(r"：([\d,]+) 项<small>", part)[1].replace(",", "")),
        re.findall(r"<tr(?: class=\"beyond\")?>\s*<th scope=\"row\".*?</tr>", part, re.S),
        shown,
    )


@pytest.mark.long
@pytest.mark.parametrize(
    "lamp", [Lamp.OVERDUE, Lamp.NOT_REPORTED, Lamp.DOUBT, Lamp.TO_VERIFY, Lamp.ON_TRACK, Lamp.DONE_LATE]
)
def test_every_count_of_the_board_leads_to_the_list_of_what_it_counts(visit, lamp):
    counted = tally(assess(date(2023, 8, 22)).lamps).counts[lamp]
    assert f"/?lamp={lamp}#listed" in text_of(visit("board")).replace("&amp;", "&")
    number, rows, _ = listed(visit, lamp=lamp)
    assert number == counted > 0 and len(rows) == (counted if counted <= PRINTED_WITH_THE_PAGE else ON_A_PAGE)
    assert all(FACES[lamp].word in row and ("/lamp?measure=" in row or "未明确" in row) for row in rows)


@pytest.mark.long
def test_overdue_ones_of_an_area_and_whatever_is_due_on_a_day_are_listed(visit):
    lamps = assess(date(2023, 8, 22)).lamps
    in_area = [row for row in lamps if row.area == "experience" and row.lamp is Lamp.OVERDUE]
    assert listed(visit, lamp="overdue", area="experience")[0] == len(in_area)
    due = [row for row in lamps if row.deadline == date(2023, 7, 31) and row.lamp is not Lamp.NOT_APPLICABLE]
    number, rows, shown = listed(visit, deadline="2023-07-31")
    assert number == len(due) == len(rows) and "deadline=2023-07-31#listed" in shown
    assert listed(visit, deadline="none")[0] == sum(
        row.deadline is None and row.lamp is not Lamp.NOT_APPLICABLE for row in lamps
    )


@pytest.mark.long
def test_the_list_stands_by_unit_with_whom_to_call_and_goes_into_a_workbook_with_all_rows(visit):
    overdue = [row for row in assess(date(2023, 8, 22)).lamps if row.lamp is Lamp.OVERDUE]
    unit = next(unit for unit in district_as_of(date(2023, 8, 22)).plan.units.values() if unit.name == overdue[0].unit)
    _, _, shown = listed(visit, lamp="overdue")
    head = re.search(rf'<tr class="group[^"]*"><th[^>]*><b>{unit.name}</b>.*?</tr>', shown, re.S)[0]
    assert unit.phone in head and unit.person in head
    name, content = made(re.search(r'href="/made/([^"]+)"[^>]*>导出本表', shown.split('id="listed"')[1])[1])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert name == "逾期 2023-08-22.xlsx" and sheet.max_row == len(overdue) + 2
    assert "联系电话" in [cell.value for cell in sheet[2]] and unit.phone in {row[-1] for row in sheet.values}


@pytest.mark.long
def test_what_does_not_apply_is_told_and_not_counted(visit):
    number = sum(row.lamp is Lamp.NOT_APPLICABLE for row in assess(date(2023, 8, 22)).lamps)
    assert f"另有 {number} 项不适用" in text_of(visit("board"))


def test_an_address_that_asks_for_no_lamp_lists_nothing(visit):
    shown = text_of(visit("board", lamp="red", area="x", deadline="2023-13-13"))
    assert 'class="counts' in shown and 'id="listed"' not in shown


@pytest.mark.long
def test_what_changed_of_a_count_lists_what_came_and_what_left_so_that_the_difference_is_explained(visit):
    before, now = ({(row.measure, row.unit): row.lamp for row in assess(day).lamps} for day in (date(2023, 8, 15), DAY))
    new = sum(lamp is Lamp.OVERDUE and before.get(pair, lamp) is not lamp for pair, lamp in now.items())
    left = sum(lamp is Lamp.OVERDUE and now.get(pair, lamp) is not lamp for pair, lamp in before.items())
    shown = text_of(visit("board"))
    assert "turned=overdue#listed" in shown and f"较8月15日 {'−' if new < left else '+'}{abs(new - left)}" in shown
    listed_changes = text_of(visit("board", turned="overdue"))
    assert f"逾期：自 8月15日 以来转入 {new} 项，转出 {left} 项" in listed_changes
    assert f"共 {new + left} 项" in listed_changes.split('id="listed"')[1]
    assert 'id="listed"' not in text_of(visit("board", turned="nothing"))


@pytest.mark.long
def test_three_sentences_say_what_matters_this_week_each_with_the_way_there(visit):
    shown = text_of(visit("board")).split('class="pressing"')[1].split("</section>")[0]
    red = [row for row in assess(DAY).lamps if row.lamp is Lamp.OVERDUE]
    assert shown.count("<li>") == 3 and f">逾期 {len(red)} 项</a>" in shown
    assert "10 个工作日内到期" in shown and "完成最多" in shown and shown.count("href=") >= 5
