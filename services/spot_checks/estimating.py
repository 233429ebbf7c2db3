"""What may be said of a check at the end of a day: counts of results, and of the population where it may be claimed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from data_access.database import reading
from models.people import Role
from models.spot_checks import Checked, Element, Interval, Method, Result, SpotCheck
from rules.as_of import end_of_day
from rules.spot_checks.estimates import exact_interval, stratified_interval, weighted_interval
from rules.spot_checks.results import is_agreed
from services.access.current_user import current_user
from services.access.permission import WHO_SEES_ALL, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import district_state
from services.spot_checks.checks_as_of import spot_check_in

METHODS = {Method.SIMPLE: "hypergeometric", Method.STRATIFIED: "stratified-wilson"}


@dataclass(frozen=True)
class UnitEstimate:
    """One unit's elements in the sample. `interval` None: nothing may be claimed of all of them; `ranked`: enough were
    checked, and not because of their risk.
    """

    unit: str
    population: int
    results: Counter[Result]
    interval: Interval | None
    ranked: bool

    @property
    def sample(self) -> int:
        return self.results.total()

    @property
    def checked(self) -> int:
        return self.results[Result.PASS] + self.results[Result.FAIL]

    @property
    def rate(self) -> float | None:
        return self.results[Result.PASS] / self.checked if self.checked else None


@dataclass(frozen=True)
class QuestionCount:
    code: str
    text: str
    yes: int
    no: int


@dataclass(frozen=True)
class SelfReport:
    """Of the checked elements of which the unit claims something."""

    claimed: int
    borne_out: int
    false: int
    understated: int

    @property
    def false_rate(self) -> float | None:
        return self.false / self.claimed if self.claimed else None


@dataclass(frozen=True)
class Estimate:
    """`claim`: population, found_only or none; `why` not: risk, incomplete, too-many-unable, or None."""

    check: SpotCheck
    as_of: date
    results: Counter[Result]
    claim: str
    why: str | None
    interval: Interval | None
    weighted: tuple[Interval, float] | None
    questions: tuple[QuestionCount, ...]
    self_report: SelfReport
    units: tuple[UnitEstimate, ...]
    agreed: tuple[int, int] | None  # of a doubly checked sample: equal results, elements that two have recorded

    @property
    def checked(self) -> int:
        return self.results[Result.PASS] + self.results[Result.FAIL]

    @property
    def checked_rate(self) -> float | None:
        return self.results[Result.PASS] / self.checked if self.checked else None

    @property
    def method(self) -> str | None:
        return METHODS[self.check.method] if self.interval else None

    @property
    def silent_strata(self) -> tuple[str, ...]:
        """Strata of which nothing was checked: a stratified rate says nothing of them."""
        heard = {unit.unit for unit in self.units if unit.checked}
        return tuple(unit for unit in self.check.strata if unit not in heard)


@requires_role(*WHO_SEES_ALL)
def estimate(number: str, as_of: date) -> Estimate:
    """Return what may be said at the end of the day. Raises RefusedRequest for an unknown number, or a later check."""
    end = end_of_day(as_of)
    with reading() as session:
        state = district_state(session, end)
        check = spot_check_in(session, number, state, end)
        if check.sealed and check.released_at is None and current_user().role is Role.LEADER:
            raise RefusedRequest(f"抽查 {number} 尚未告知，结果暂不公开。")
        return estimate_of(
            check,
            as_of,
            unable_limit=Fraction(int(state.settings["spot_check_unable_limit"]), 100),
            minimum=int(state.settings["spot_check_minimum"]),
        )


def estimate_of(check: SpotCheck, as_of: date, *, unable_limit: Fraction, minimum: int) -> Estimate:
    """Return the estimate of a check. `unable_limit`: share of the sample; `minimum`: for a rank."""
    results = Counter(element.result for element in check.elements)
    claim, why = _claim(check, results, unable_limit)
    is_claimed = claim == "population"
    units = tuple(_unit(check, unit, is_claimed, minimum) for unit in check.strata if _of(check, unit))
    return Estimate(
        check,
        as_of,
        results,
        claim,
        why,
        _interval(check, results, units) if is_claimed else None,
        weighted_interval(_checked(check.elements), check.confidence) if claim == "found_only" else None,
        tuple(_counted(check, code, text) for code, text in ((q.code, q.text) for q in check.kind.questions)),
        _self_report(check.elements),
        units,
        _agreed(check.elements) if check.double else None,
    )


def _claim(check: SpotCheck, results: Counter[Result], unable_limit: Fraction) -> tuple[str, str | None]:
    if not check.is_complete:
        return "none", "incomplete"
    if Fraction(results[Result.UNABLE], len(check.elements)) > unable_limit or results[Result.UNABLE] == len(
        check.elements
    ):
        return "none", "too-many-unable"
    return ("found_only", "risk") if check.method is Method.RISK else ("population", None)


def _interval(check: SpotCheck, results: Counter[Result], units: Iterable[UnitEstimate]) -> Interval | None:
    if check.method is Method.STRATIFIED:
        strata = ((unit.population, unit.checked, unit.results[Result.PASS]) for unit in units)
        return stratified_interval(strata, check.confidence)
    passed, checked = results[Result.PASS], results[Result.PASS] + results[Result.FAIL]
    return exact_interval(check.population, checked, passed, check.confidence)


def _of(check: SpotCheck, unit: str) -> list[Element]:
    return [element for element in check.elements if element.unit == unit]


def _unit(check: SpotCheck, unit: str, is_claimed: bool, minimum: int) -> UnitEstimate:
    results = Counter(element.result for element in _of(check, unit))
    passed, checked = results[Result.PASS], results[Result.PASS] + results[Result.FAIL]
    interval = exact_interval(check.strata[unit], checked, passed, check.confidence) if is_claimed and checked else None
    is_ranked = check.method is not Method.RISK and checked >= minimum
    return UnitEstimate(unit, check.strata[unit], results, interval, is_ranked)


def _checked(elements: Iterable[Element]) -> list[Checked]:
    return [
        Checked(element.unit, element.result is Result.PASS, element.drawn.probability)
        for element in elements
        if element.result in (Result.PASS, Result.FAIL)
    ]


def _counted(check: SpotCheck, code: str, text: str) -> QuestionCount:
    """Answers of the records that count; an answer to what was not asked is none."""
    answers = [
        answer
        for element in check.elements
        if element.record is not None and any(question.code == code for question in element.questions)
        if (answer := element.record.answers.get(code)) is not None
    ]
    return QuestionCount(code, text, sum(answers), len(answers) - sum(answers))


def _self_report(elements: Iterable[Element]) -> SelfReport:
    pairs = Counter(
        (element.claim, element.result)
        for element in elements
        if element.claim is not None and element.result in (Result.PASS, Result.FAIL)
    )
    borne_out, false = pairs[True, Result.PASS], pairs[True, Result.FAIL]
    return SelfReport(borne_out + false, borne_out, false, pairs[False, Result.PASS])


def _agreed(elements: Iterable[Element]) -> tuple[int, int]:
    """Of the elements that two have recorded, how many the first two came to the same result on."""
    twice = [
        (element, firsts)
        for element in elements
        if len(firsts := list({record.checker: record for record in element.records}.values())[:2]) == 2
    ]
    return sum(is_agreed(element.questions, firsts) for element, firsts in twice), len(twice)
