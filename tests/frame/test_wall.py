"""The wall: three screens by address that ask for themselves anew, with nothing personal and nothing sealed on them."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from data_access.database import writing
from data_access.settings import set_setting
from frame.wall import routes, wall
from models.lamps import Lamp
from models.people import Role
from models.rounds import RoundKind
from rules.as_of import parse_instant
from services.board.scorecard import assess
from services.rectifications.ledger import rectifications_as_of
from services.rounds.acts import RoundPlan, plan_round, start_round
from services.spot_checks.drawing import DrawRequest, draw
from tests.frame.test_shell import ask as ask_app

DAY = date(2023, 8, 22)


def ask(**query):
    scope = {"type": "http", "method": "GET", "headers": [(b"accept", b"text/html")], "path": "/wall"}
    request = Request(scope | {"query_string": urlencode(query).encode()})
    with ThreadPoolExecutor(1) as thread:  # a browser test may hold this thread's own loop
        return thread.submit(asyncio.run, wall(request)).result()


def text(**query) -> str:
    return ask(**query).body.decode()


@pytest.mark.long
def test_the_overview_has_the_counts_of_the_board_with_their_denominator_and_a_time_stamp(sample_database):
    lamps = [row.lamp for row in assess(DAY).lamps if row.lamp is not Lamp.NOT_APPLICABLE]
    shown = text()
    assert f"{lamps.count(Lamp.OVERDUE)}<small>／{len(lamps):,}</small>" in shown
    assert "截至 2023年8月22日 24 时" in shown and re.search(r"读取于 \d+月\d+日 \d\d:\d\d", shown)
    assert "示例数据，均为虚构" in shown


@pytest.mark.parametrize("screen", ["overview", "matrix", "checks"])
def test_a_screen_asks_for_itself_anew_every_five_minutes(sample_database, screen):
    shown = text(screen=screen)
    assert f'content="300;url=/wall?screen={screen}"' in shown and shown.count('<section class="screen"') == 1


def test_the_three_screens_in_turn_are_one_page_that_asks_for_itself_anew_every_five_minutes(sample_database):
    shown = text(turn="1", dark="1", as_of="2023-08-15")
    assert 'content="300;url=/wall?turn=1&amp;as_of=2023-08-15&amp;dark=1"' in shown
    assert [word in shown for word in ("各领域", "单位 × 领域", "逾期和临期的整改")] == [True] * 3
    assert shown.count('<section class="screen"') == 3 and '<body class="dark">' in shown


@pytest.mark.parametrize(
    ("query", "status", "place"),
    [("wall=1", 307, "/wall?turn=1"), ("dark=1&wall=1&x=2", 307, "/wall?turn=1&dark=1"), ("unit=1", 200, None)],
)
def test_the_board_s_address_leads_to_the_wall_where_that_is_asked_for(query, status, place):
    app = Starlette(routes=[*routes(), Route("/", lambda _: PlainTextResponse("总览"))])
    answer = ask_app(app, "/", query)
    assert (answer.status, answer.headers.get("location")) == (status, place)


@pytest.mark.long
def test_the_minutes_are_a_setting(sample_database):
    with writing() as session:
        set_setting(session, "wall_minutes", 2, since=None, reason="会场", by="管理局")
    assert 'content="120;' in text()


@pytest.mark.long
def test_every_unit_stands_on_the_matrix_and_nothing_on_it_is_a_script(sample_database):
    shown = text(screen="matrix")
    units = {row.unit for row in assess(DAY).lamps if row.unit}
    assert len(units) > 50 and [unit for unit in units if f"<td>{unit}</td>" not in shown] == []
    assert "<script" not in shown


def test_rectifications_stand_by_number_unit_and_day_and_not_with_what_somebody_wrote(sample_database):
    shown = text(screen="checks")
    pressing = [item for item in rectifications_as_of(DAY).rectifications if item.lamp in (Lamp.OVERDUE, Lamp.DUE_SOON)]
    assert pressing and all(item.number in shown and item.unit in shown for item in pressing)
    assert not any(item.issue in shown for item in rectifications_as_of(DAY).rectifications)


@pytest.mark.long
def test_neither_a_sealed_check_nor_a_sealed_round_is_read_off_the_wall(sample_database, become):
    at = parse_instant("2023-08-22T00:01")
    before = text(screen="checks").partition("<footer>")[0]
    become(Role.INSPECTOR)
    draw(DrawRequest("phones", "simple", size=5, seed="保密", sealed=True), at=at)
    sealed = RoundPlan("暗访", RoundKind.IRREGULAR, DAY, DAY, ["区人社局"], "李样", sealed=True)
    start_round(plan_round(sealed, at=at)[0].number, at=at)
    assert text(screen="checks").partition("<footer>")[0] == before


def test_the_past_is_shown_by_its_day_and_a_year_without_a_calendar_told(sample_database):
    assert "截至 2023年7月31日 24 时" in text(as_of="2023-07-31")
    refused = ask(as_of="2050-01-01")
    assert refused.status_code == 404 and "未录入2050年工作日历" in refused.body.decode()


@pytest.mark.long
def test_an_unknown_screen_is_the_overview(sample_database):
    assert "各领域" in text(screen="nonsense")


def test_a_unit_s_person_has_no_business_there(sample_database, become):
    become(Role.UNIT, "区人社局")
    assert ask().status_code == 403


def test_the_wall_has_its_address():
    assert [route.path for route in routes()] == ["/wall", "/"]
