"""Every page of the navigation as every role and as a stranger: what is not for somebody answers with a sentence, and
nothing leads a unit's person to another unit.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from frame.navigation import SECTIONS, is_listed
from models.people import Role
from tests.pages.visiting import ROOT, text_of
from tests.permissions.conftest import OTHER, OWN, Known
from tests.permissions.pages_by_role import WHO_OPENS

ENTRIES = {entry.name: entry for entries in SECTIONS.values() for entry in entries}
ONLY_OWN = "只能查看和办理本单位的事项"
BY_UNIT = (
    "reviews",
    "experience",
    "maturity",
    "completeness",
    "coverage",
    "guide_accuracy",
    "hotline",
    "help_on_behalf",
    "engineering_approvals",
    "unit",
    "progress",
    "cases",
    "guide",
    "lamp",
    "assignment",
    "indicator",
)
Become = Callable[..., None]


def visit(name: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "frame" / "main.py"), default_timeout=60)
    app.query_params.update(query)
    if name != "board":
        app.switch_page(f"../pages/{name}.py")
    app.run()
    assert not app.exception, app.exception
    return app


def arguments(known: Known) -> dict[str, dict[str, str]]:
    """Of the pages that show one thing."""
    return {
        "lamp": {"measure": known.measure, "unit": OWN},
        "assignment": {"measure": known.measure, "unit": OWN},
        "unit": {"unit": OWN},
        "submission": {"number": str(known.own_submission)},
        "indicator": {"code": "ticket_on_time_rate", "unit": OWN},
    }


def test_every_page_stands_in_the_table_of_who_opens_it() -> None:
    assert set(WHO_OPENS) == set(ENTRIES)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", WHO_OPENS)
def test_a_page_opens_for_whoever_has_business_there_and_tells_everyone_else(
    name: str, role: Role, become: Become, known: Known
) -> None:
    become(role, OWN if role is Role.UNIT else None)
    shown = text_of(visit(name, **arguments(known).get(name, {})))
    if role.word in WHO_OPENS[name]:
        assert "不能办理此事" not in shown and ONLY_OWN not in shown
    else:
        assert f"{role.word}不能办理此事" in shown and "截至" not in shown
    assert "示例数据：单位、人员和数字均为虚构" in shown
    if role is Role.UNIT:
        _leads_nowhere_else(shown, known)
    if role is Role.LEADER:
        assert "/files/" not in shown and "/evidence/" not in shown


def _leads_nowhere_else(shown: str, known: Known) -> None:
    hrefs = [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]*)"', shown)]
    assert {unit for href in hrefs for unit in parse_qs(urlsplit(href).query).get("unit", [])} <= {OWN}
    numbers = {int(number) for number in re.findall(r'href="/files/(\d+)"', shown)}
    assert not numbers & {known.other_submission, known.ledger}
    assert f'"/evidence/{known.other_evidence}"' not in shown


@pytest.mark.parametrize("name", WHO_OPENS)
def test_a_stranger_sees_no_page(name: str, become: Become, known: Known) -> None:
    become(None)
    app = AppTest.from_file(str(ROOT / "frame" / "main.py"), default_timeout=60)
    app.query_params.update(arguments(known).get(name, {}))
    shown = text_of(app.run())
    assert not app.exception and "尚未登录" in shown and 'href="/login"' in shown
    assert "截至" not in shown and OWN not in shown and not app.sidebar.selectbox


@pytest.mark.parametrize("name", BY_UNIT)
def test_a_page_argument_does_not_lead_a_unit_to_another(name: str, become: Become, known: Known) -> None:
    become(Role.UNIT, OWN)
    shown = text_of(visit(name, unit=OTHER, measure=known.measure))
    assert ONLY_OWN in shown
    assert OTHER not in shown.partition(ONLY_OWN)[2]


def test_a_submission_of_another_unit_is_told_by_a_sentence_and_nothing_of_it(become: Become, known: Known) -> None:
    become(Role.UNIT, OWN)
    shown = text_of(visit("submission", number=str(known.other_submission)))
    assert ONLY_OWN in shown and OTHER not in shown


def test_the_upload_form_of_a_unit_is_its_own_and_cannot_be_turned_to_another(become: Become, known: Known) -> None:
    become(Role.UNIT, OWN)
    whose = next(box for box in visit("upload").selectbox if box.label == "责任单位")
    assert whose.options == [OWN] and whose.disabled


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEADER])
@pytest.mark.parametrize("name", ["assignment", "submission", "plan", "reporting", "calendar"])
def test_who_only_looks_is_offered_no_form(name: str, role: Role, become: Become, known: Known) -> None:
    become(role)
    app = visit(name, **arguments(known).get(name, {}))
    assert "截至" in text_of(app) and not app.button and not app.text_area


@pytest.mark.parametrize(
    ("role", "left_out"),
    [
        (Role.BUREAU, set()),
        (Role.INSPECTOR, {"upload", "accounts"}),
        (Role.UNIT, {"units", "accounts", "settings", "audit", "meeting_pack"}),
        (Role.LEADER, {"upload", "units", "accounts", "settings", "audit"}),
    ],
)
def test_the_navigation_leaves_out_what_a_role_has_no_business_with(role: Role, left_out: set[str]) -> None:
    assert {entry.name for entry in ENTRIES.values() if not entry.hidden and not is_listed(entry, role)} == left_out
