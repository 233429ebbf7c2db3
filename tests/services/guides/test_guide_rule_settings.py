"""Rules switched off or changed in severity, and the lamps of the dates before and after."""

from datetime import date

import pytest

from catalogue.guide_rules import GUIDE_RULES, MEASURE_RULES
from catalogue.indicators import INDICATORS
from models.guides import ADVICE, ERROR
from models.lamps import Lamp
from models.people import Person, Role
from rules.as_of import parse_instant
from services.access.current_user import acting_as
from services.access.refusal import RefusedRequest
from services.board.scorecard import assess
from services.figures.guide_rule_settings import change_rule, rule_book_as_of
from services.guides.accuracy import accuracy_as_of
from services.guides.accuracy_trend import course
from services.plan.decisions import settle
from services.proof.prove import prove
from tests.services.conftest import Report, lamp

ITEM = {
    "实施编码": "A1",
    "事项名称": "社保登记",
    "责任单位": "区人社局",
    "法定办结时限": "20个工作日",
    "承诺办结时限": "15个工作日",
    "办件类型": "承诺件",
    "网上办理深度": "全程网办",
}
UNIT = "区人社局"


@pytest.fixture
def reported(report: Report) -> None:
    """One guide: G104 (advice) fails, G306 and G307 fail; 5.1 and 5.2 have units and a deadline."""
    settle(
        "5.1", deadline=date(2023, 8, 30), unit_words=["部门"], reason="比照 5.2", at=parse_instant("2023-01-02T09:00")
    )
    report("guides", UNIT, None, {"事项": [ITEM]}, "2023-02-03T09:00")


def change(
    code: str, *, enabled: bool = True, severity: str = ERROR, at: str = "2023-03-01T09:00", reason: str = "会议决定"
) -> None:
    change_rule(code, enabled=enabled, severity=severity, reason=reason, at=parse_instant(at))


def figures(measure: str, day: str) -> list[tuple[float | None, float | None]]:
    return [(indicator.numerator, indicator.denominator) for indicator in lamp(measure, UNIT, day).indicators]


def test_without_entries_the_rules_are_those_declared(district: None) -> None:
    book = rule_book_as_of(date(2023, 3, 1))
    assert book.rules == GUIDE_RULES and book.measures == MEASURE_RULES
    assert {code for code, indicator in INDICATORS.items() if indicator.figures} == {
        f"guide_accuracy_{measure.replace('.', '_')}" for measure in MEASURE_RULES
    }


@pytest.mark.long
def test_a_rule_switched_off_counts_no_longer_from_that_day_and_still_counts_before(reported: None) -> None:
    assert figures("5.3.2", "2023-02-28") == [(0, 2)]
    change("G307", enabled=False)
    assert figures("5.3.2", "2023-02-28") == [(0, 2)]
    assert figures("5.3.2", "2023-03-01") == [(0, 1)]


@pytest.mark.long
def test_advice_raised_to_error_counts_in_its_measure_and_error_lowered_to_advice_no_longer_does(
    reported: None,
) -> None:
    assert figures("5.1.1", "2023-02-28") == [(2, 2)]
    change("G104")
    assert figures("5.1.1", "2023-03-01") == [(2, 3)]
    change("G104", severity=ADVICE, at="2023-03-05T09:00")
    assert figures("5.1.1", "2023-03-04") == [(2, 3)]
    assert figures("5.1.1", "2023-03-05") == [(2, 2)]


@pytest.mark.long
def test_a_measure_whose_rules_are_all_switched_off_has_nothing_to_count(reported: None) -> None:
    change("G306", enabled=False)
    change("G307", enabled=False)
    assert lamp("5.3.2", UNIT, "2023-02-28").lamp is not Lamp.NOT_APPLICABLE
    assert lamp("5.3.2", UNIT, "2023-03-01").lamp is Lamp.NOT_APPLICABLE
    assert lamp("5.3.2", "区住建局", "2023-03-08").lamp is Lamp.NOT_REPORTED


@pytest.mark.long
def test_the_last_entry_of_a_day_holds_at_its_end(reported: None) -> None:
    change("G307", enabled=False, at="2023-03-01T09:00")
    change("G307", at="2023-03-01T17:00")
    assert figures("5.3.2", "2023-03-01") == [(0, 2)]


@pytest.mark.long
@pytest.mark.parametrize("measure", ["5.1.1", "5.3.2"])
@pytest.mark.parametrize("day", ["2023-02-28", "2023-03-01"])
def test_the_rows_of_the_proof_add_up_to_the_lamps_figure(reported: None, measure: str, day: str) -> None:
    change("G104")
    change("G307", enabled=False)
    proof = prove(measure, UNIT, date.fromisoformat(day))
    rows = [part.rows for indicator in proof.indicators for part in indicator.parts]
    added = (sum(frame["numerator"].sum() for frame in rows), sum(frame["denominator"].sum() for frame in rows))
    assert [added] == figures(measure, day)
    assert [indicator.rules for indicator in proof.indicators] == [
        rule_book_as_of(date.fromisoformat(day)).measures[measure]
    ]


@pytest.mark.long
def test_the_page_counts_what_the_lamps_count(reported: None) -> None:
    change("G104")
    for day in (date(2023, 2, 28), date(2023, 3, 1)):
        accuracy = accuracy_as_of(day)
        for measure, rules in accuracy.book.measures.items():
            results = [
                indicator
                for row in assess(day).select(measure=measure)
                for indicator in row.indicators
                if indicator.numerator is not None
            ]
            mine = accuracy.of(rules)
            assert (mine.passed, mine.applies) == (
                sum(result.numerator or 0 for result in results),
                sum(result.denominator or 0 for result in results),
            )
        assert course(day)[-1].accuracy == accuracy.of(accuracy.counted)


@pytest.mark.long
def test_a_rule_switched_off_is_not_found_failing_and_not_ranked(reported: None) -> None:
    change("G307", enabled=False)
    assert "G307" in {ranked.rule.code for ranked in accuracy_as_of(date(2023, 2, 28)).ranked_rules}
    assert "G307" not in {ranked.rule.code for ranked in accuracy_as_of(date(2023, 3, 1)).ranked_rules}


@pytest.mark.parametrize(
    ("code", "severity", "reason", "said"),
    [
        ("G999", ERROR, "理由", "没有规则"),
        ("G104", "严重", "理由", "性质只能是"),
        ("G104", ERROR, " ", "请写明理由"),
        ("G104", ADVICE, "理由", "没有变化"),
    ],
)
def test_an_entry_without_rule_severity_reason_or_difference_is_refused(
    district: None, code: str, severity: str, reason: str, said: str
) -> None:
    with pytest.raises(RefusedRequest, match=said):
        change(code, severity=severity, reason=reason)
    assert rule_book_as_of(date(2023, 12, 31)).entries == ()


@pytest.mark.long
def test_the_later_of_two_who_change_a_rule_is_told_who_was_first_and_what_changed(reported: None) -> None:
    with acting_as(Person("王科长", Role.BUREAU)):
        change("G306", enabled=False, reason="局务会决定")
    at = parse_instant("2023-03-02T09:00")
    with pytest.raises(RefusedRequest, match="G306 刚才已由王科长改为停用（理由：局务会决定）.*没有保存"):
        change_rule("G306", enabled=True, severity=ADVICE, reason="另一理由", at=at, seen=0)
    change_rule("G306", enabled=True, severity=ADVICE, reason="看过以后", at=at, seen=1)
