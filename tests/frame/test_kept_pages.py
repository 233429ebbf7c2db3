"""Whole pages, kept and given to others: the same as a page that is run, and nobody else's."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread
from time import sleep

import pytest

from components.elements.this_visit import for_this_visit, noting_steps
from data_access.database import data_version, noting
from frame import kept_pages
from frame.kept_pages import KeptPages, NeverKept, Question, WatchedPerson, kept_head
from frame.navigation import SECTIONS
from models.people import Person, Role
from services.access.clock import clock
from services.reporting.exemptions import decide_exemption, exemptions_as_of
from services.reporting.reports import reports_owed
from tests.examples import sweep
from tests.frame.kept_visits import board as board
from tests.pages.filling import press

DAY = date(2023, 8, 22)
UNIT, OTHER_UNIT = "区人社局", "青石镇"
PEOPLE = (
    Person("甲", Role.BUREAU),
    Person("乙", Role.INSPECTOR),
    Person("丙", Role.LEADER),
    Person("丁", Role.UNIT, UNIT),
    Person("戊", Role.UNIT, OTHER_UNIT),
)
QUERIES = {
    "unit": {"unit": UNIT},
    "lamp": {"measure": "1.1.2", "unit": UNIT},
    "assignment": {"measure": "1.3.3", "unit": UNIT},
    "indicator": {"indicator": "initiative_rate"},
    "submission": {"number": "1"},
    "spot_check": {"number": "2023-2"},
    "notice": {"number": "2023-4"},
    "reviews": {"as_of": "2023-07-31"},
    "search": {"q": "人社"},
}
PAGES = [entry.name for entries in SECTIONS.values() for entry in entries if entry.name not in kept_pages.RUN_ALWAYS]
A_QUESTION = Question("db", 1, DAY, "board", (), "bureau", None)


@pytest.mark.long
@pytest.mark.parametrize("page", sweep(PAGES, 10))
def test_a_page_that_is_kept_is_to_the_byte_the_page_that_is_run_for_every_role(board, become, monkeypatch, page):
    query, given_to = QUERIES.get(page, {}), list[str]()
    for person in PEOPLE:
        entry = next(entry for entries in SECTIONS.values() for entry in entries if entry.name == page)
        if person.role not in entry.roles:
            continue
        become.person = person
        if person.role is Role.UNIT and "unit" in query:
            query = {**query, "unit": person.unit or ""}
        board.visit().open(page, **query)
        given, played = board.visit(), len(board.played)
        given.open(page, **query)
        if len(board.played) > played:
            given_to.append(person.name)
        messages, widgets = given.messages, given.widgets
        with monkeypatch.context() as patch:
            patch.setattr(kept_pages, "TITLE_OF_THE_MOMENT", {page})
            fresh = board.visit()
            fresh.open(page, **query)
        assert messages == fresh.messages
        assert widgets == fresh.widgets
    assert given_to


@pytest.mark.parametrize("page", sorted(kept_pages.RUN_ALWAYS))
def test_a_page_of_the_moment_is_run_for_every_visit_and_begins_with_its_title_where_the_data_settle_it(
    board, become, page
):
    query = QUERIES.get(page, {})
    board.visit().open(page, **query)
    shown = board.visit().open(page, **query)
    head = kept_head(page, tuple((name, (value,)) for name, value in query.items()), become.person, data_version())
    assert not board.played
    assert ("<h1>" in head) == (page not in kept_pages.TITLE_OF_THE_MOMENT) and head in shown


@pytest.mark.long
def test_a_write_is_shown_by_the_next_click_of_every_visit_and_drawn_once(board):
    first, second = board.visit(), board.visit()
    line = next(line for line in reports_owed(DAY) if line.submission is None)
    assert "没有此项业务" not in first.open("reporting") + second.open("reporting")
    assert len(board.made) == 1
    decide_exemption(line.unit, line.dataset, exempt=True, reason="没有此项业务", at=datetime(2023, 8, 22, tzinfo=UTC))
    assert all("没有此项业务" in visit.open("reporting") for visit in (first, second))
    assert len(board.made) == 2 and len(board.played) == 2


@pytest.mark.long
def test_a_form_of_a_page_that_was_given_does_what_it_says(board):
    board.visit().open("reporting")
    given = board.visit()
    given.open("reporting")
    assert len(board.played) == 1
    given.learn_choices("reporting")
    line = next(line for line in reports_owed(DAY) if line.submission is None)
    form = next(expander for expander in given.app.expander if expander.label.startswith("登记免报"))
    form.selectbox[0].select(line.unit)
    form.selectbox[1].select(line.dataset)
    form.text_input[0].input("没有此项业务")
    press(given.app, "登记")
    assert "没有此项业务" in [exemption.reason for exemption in exemptions_as_of(DAY)]
    assert "已登记免报：没有此项业务" in given.shown
    assert "没有此项业务" in board.visit().open("reporting")


@pytest.mark.long
def test_what_a_form_has_just_done_is_told_to_its_visit_alone(board):
    given = board.visit()
    given.open("reporting")
    given.app.session_state["what the last form did"] = "已登记。"
    assert "已登记。" in given.open("reporting")
    assert "已登记。" not in given.open("reporting") and "已登记。" not in board.visit().open("reporting")


@pytest.mark.long
def test_a_day_picked_on_a_page_that_was_given_is_shown(board):
    board.visit().open("board")
    given = board.visit()
    given.open("board")
    assert len(board.played) == 1
    given.learn_choices("board")
    given.app.date_input(key="as_of_picker").set_value(date(2023, 7, 31)).run()
    assert "截至 2023年7月31日 24 时" in given.shown


def test_the_head_of_a_page_that_is_kept_is_there_before_the_page_is_drawn_for_the_same_question_alone(board, become):
    unit, other = PEOPLE[3], PEOPLE[4]
    become.person = unit
    query = (("as_of", ("2023-07-31",)),)
    assert not kept_head("cases", query, unit, data_version())
    shown = board.visit().open("cases", as_of="2023-07-31")
    head = kept_head("cases", query, unit, data_version())
    assert head in shown and "<h1>" in head and "截至 2023年7月31日 24 时" in head and "<form" not in head
    assert not kept_head("cases", query, other, data_version())
    assert not kept_head("cases", (), unit, data_version())
    assert not kept_head("cases", query, unit, data_version() + 1)


def test_a_page_that_is_run_for_each_visit_because_of_a_part_that_runs_alone_still_begins_with_its_head(board, become):
    shown = board.visit().open("plan")
    head = kept_head("plan", (), become.person, data_version())
    assert head in shown and "<h1>" in head
    board.visit().open("plan")
    assert not board.played


@pytest.mark.long
def test_what_a_form_has_just_done_for_one_visit_keeps_the_head_from_no_other(board, become):
    visit = board.visit()
    visit.open("plan")
    kept_pages.KEPT.clear()
    visit.app.session_state["what the last form did"] = "已登记。"
    assert "已登记。" in visit.open("plan") and not kept_head("plan", (), become.person, data_version())
    board.visit().open("plan")
    assert "<h1>" in kept_head("plan", (), become.person, data_version())


@pytest.mark.long
def test_another_day_is_another_question(board, monkeypatch):
    board.visit().open("cases")
    monkeypatch.setattr(kept_pages, "clock", lambda: clock() + timedelta(days=1))
    board.visit().open("cases")
    assert len(board.made) == 2 and not board.played


@pytest.mark.long
def test_what_a_page_reads_of_a_person_keeps_it_for_that_person(board, become):
    for name in ("乙", "庚"):
        become.person = Person(name, Role.INSPECTOR, login=name)
        board.visit().open("to_do")
        board.visit().open("to_do")
    assert len(board.made) == 2 and len(board.played) == 2


def test_a_person_is_read_where_more_than_role_and_unit_is_asked_for_and_not_in_a_step_of_the_visit():
    watched, read = WatchedPerson("甲", Role.UNIT, UNIT), list[str]()
    with noting_steps():
        assert (watched.role, watched.unit) == (Role.UNIT, UNIT)
        for_this_visit(lambda: read.append(watched.sign_in))
        assert read == [""] and not watched.parts
        assert watched.name == "甲" and watched.parts == {"name"}


@pytest.mark.long
def test_a_page_that_writes_is_run_for_every_visit(board, monkeypatch):
    tell = kept_pages.record

    def writing_page(run):
        def run_and_write():
            with noting():
                run()

        return tell(run_and_write)

    monkeypatch.setattr(kept_pages, "record", writing_page)
    board.visit().open("cases")
    board.visit().open("cases")
    assert len(board.made) == 1 and not board.played


@pytest.mark.long
def test_files_of_a_page_that_was_given_are_offered_to_its_own_sign_in(board, become):
    from components.elements.offered_files import made

    for sign_in in ("first", "second"):
        become.person = Person("甲", Role.BUREAU, sign_in=sign_in)
        visit = board.visit()
        number = visit.open("reporting").split("/made/")[1].split('"')[0]
        assert made(number)[1]
    become.person = Person("甲", Role.BUREAU, sign_in="third")
    with pytest.raises(Exception, match="这个下载已经失效"):
        made(number)
    assert len(board.played) == 1


def test_what_is_kept_stays_within_its_bytes_and_gives_up_what_was_used_longest_ago():
    pages = KeptPages(most_bytes=3 * kept_pages.OF_A_VERDICT)
    questions = [Question("db", 1, DAY, name, (), "bureau", None) for name in "abcd"]
    for question in questions[:3]:
        pages.put(question, NeverKept())
    pages.get(questions[0])
    pages.put(questions[3], NeverKept())
    assert [pages.get(question) is not None for question in questions] == [True, False, True, True]
    assert pages.bytes == 3 * kept_pages.OF_A_VERDICT


@pytest.mark.parametrize(
    "later",
    [
        Question("db", 2, DAY, "to_do", (), "bureau", None),
        Question("db", 1, DAY + timedelta(days=1), "to_do", (), "bureau", None),
    ],
)
def test_a_write_and_a_new_day_give_up_what_was_kept_before_them(later):
    pages = KeptPages()
    pages.put(A_QUESTION, NeverKept())
    pages.put(later, NeverKept())
    pages.put(A_QUESTION, NeverKept())  # by a run that began before
    assert len(pages) == 1 and pages.get(A_QUESTION) is None


def test_whoever_comes_while_a_page_is_drawn_waits_for_it_instead_of_drawing_it_too():
    pages, drawn = KeptPages(), list[int]()

    def visit() -> None:
        with pages.turn(A_QUESTION):
            if pages.get(A_QUESTION) is None:
                drawn.append(1)
                sleep(0.05)
                pages.put(A_QUESTION, NeverKept())

    threads = [Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 1
