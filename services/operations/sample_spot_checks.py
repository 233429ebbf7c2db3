"""The spot checks of the sample district: from an entry of its manifest to the act of whoever does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from models.people import Person, Role
from models.spot_checks import Element, Record
from rules.as_of import SHANGHAI, day_of, parse_instant
from services.access.current_user import acting_as, current_user
from services.access.permission import BUREAU_ALONE, requires_role
from services.spot_checks.acts import decide, release, respond, settle
from services.spot_checks.drawing import DrawRequest, draw
from services.spot_checks.field_sheets import record_one
from services.spot_checks.showing import spot_check_now

INSPECTOR, BUREAU = Person("督查室", Role.INSPECTOR), Person("管理局", Role.BUREAU)
Entry = Mapping[str, Any]


@requires_role(*BUREAU_ALONE)
def inspect(entry: Entry, drawn: dict[str, str]) -> None:
    """Carry out one step; `drawn`: what the manifest calls a check → the number it got. Raises RefusedRequest."""
    at, case, text = parse_instant(entry["at"]), entry["case"], entry.get("text", "")
    if entry["act"] == "draw":
        request = DrawRequest(entry["of"], entry["method"], size=entry["size"], seed=entry["seed"])
        with _acting(INSPECTOR):
            drawn[case] = draw(request, at=at).check.number
        return
    number = drawn[case]
    match entry["act"]:
        case "record":
            _record(entry, number, at)
        case "release":
            with _acting(INSPECTOR):
                release(number, at=at)
        case "respond":
            element = _element(number, entry["position"])
            with _acting(Person(element.unit, Role.UNIT, element.unit)):
                respond(number, element.key, accepts=entry["accepts"], text=text, at=at)
        case "decide":
            with _acting(BUREAU):
                decide(number, _element(number, entry["position"]).key, confirms=entry["confirms"], reason=text, at=at)
        case "settle":
            with _acting(BUREAU):
                settle(number, _element(number, entry["position"]).key, reason=text, at=at)


def _record(entry: Entry, number: str, at: datetime) -> None:
    """The first so many elements, or all: 是 to every question but for what was found of some."""
    with _acting(INSPECTOR):
        elements = spot_check_now(number).elements[: entry.get("first")]
        for element in elements:
            entered = entry["found"].get(str(element.position), {})
            record_one(number, _result(element, entered, entry["checker"], at), 0, at=at)


def _result(element: Element, entered: Mapping[str, Any], checker: str, at: datetime) -> Record:
    """Of a question that is not asked of the element the answer is left out; then the last one asked is 否."""
    unable = bool(entered.get("unable"))
    codes = [question.code for question in element.questions]
    said = {code: answer for code, answer in entered.get("answers", {}).items() if code in codes}
    if entered.get("answers") and not said:
        said = {codes[-1]: False}
    answers = {} if unable else {code: said.get(code, True) for code in codes}
    if answers.get("q1") is False and element.questions[-1].after == "q1":
        answers = {"q1": False}
    calls = tuple(
        datetime.combine(day_of(at), time.fromisoformat(clock), SHANGHAI) for clock in entered.get("calls", ())
    )
    first, second = calls if len(calls) == 2 else (None, None)
    return Record(element.key, checker, at, answers, unable, entered.get("note", ""), (first, second))


def _element(number: str, position: int) -> Element:
    with _acting(INSPECTOR):
        return spot_check_now(number).elements[position - 1]


def _acting(person: Person) -> Any:
    """Somebody of the sample, played by whoever restores it: the log tells both."""
    return acting_as(replace(person, login=current_user().login, address=current_user().address))
