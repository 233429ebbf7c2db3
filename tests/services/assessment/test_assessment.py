"""考核赋分 on the small district: rules taken in, versions in force by the day, points with their proof."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from models.people import Role
from rules.as_of import parse_instant
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.assessment.points import assessment_as_of, assessment_json
from services.assessment.rules import import_rules, rule_versions, rules_file, rules_template
from services.board.scorecard import assess
from services.bulletins.drafting import draft
from services.bulletins.register import bulletin
from services.bulletins.verification import verify_bulletin
from services.bulletins.way import co_sign, issue, submit
from services.reporting.reports import Reporting, reports_owed
from tests.services.assessment.rule_books import MISSING, OVERDUE, rules_workbook

UNIT = "区人社局"
JULY, DAY = parse_instant("2023-07-20T10:00"), date(2023, 8, 22)


def taken_in(*rows: dict, at: str = "2023-07-20T10:00") -> None:
    import_rules(rules_workbook(*rows), "考核规则.xlsx", reason="会议议定", at=parse_instant(at))


def test_before_the_first_rules_nobody_has_points(district: None) -> None:
    taken_in()
    assert assessment_json(assessment_as_of(date(2023, 7, 19))) == {"as_of": "2023-07-19", "rules": [], "units": []}
    assert assessment_as_of(date(2023, 7, 20)).rules is not None


def test_points_are_what_the_overdue_lamps_and_the_missing_reports_cost(district: None) -> None:
    taken_in()
    [points] = assessment_as_of(DAY, UNIT).units
    overdue = sum(row.lamp.value == "overdue" for row in assess(DAY, unit=UNIT).lamps)
    missing = sum(line.status is Reporting.MISSING for line in reports_owed(DAY, unit=UNIT))
    assert overdue and missing > 5
    assert [(float(result.deducted), float(result.points)) for result in points.rules] == [
        (2.0 * overdue, max(40 - 2 * overdue, 0)),
        (missing, 15),  # the floor
    ]
    proofs = {
        row["proof"]
        for rule in assessment_json(assessment_as_of(DAY, UNIT))["units"][0]["rules"]
        for row in rule["deductions"]
    }  # noqa: E501
    assert {f"measure:{row.measure}" for row in assess(DAY, unit=UNIT).lamps if row.lamp.value == "overdue"} <= proofs
    assert "report:reviews:2023-06" in proofs


def test_a_unit_asked_for_alone_has_the_place_that_it_has_among_all(district: None) -> None:
    taken_in()
    among_all = {points.unit: points.place for points in assessment_as_of(DAY).units}
    assert {unit: assessment_as_of(DAY, unit).units[0].place for unit in among_all} == among_all


def test_the_rules_of_the_day_count_and_every_version_stays(district: None) -> None:
    first = rules_workbook()
    import_rules(first, "考核规则.xlsx", reason="会议议定", at=JULY)
    taken_in(OVERDUE | {"满分": 100}, at="2023-08-10T10:00")
    assert [len(version.rules) for version in rule_versions(DAY)] == [1, 2]
    assert [float(points.full) for points in assessment_as_of(date(2023, 8, 9), UNIT).units] == [60]
    assert [float(points.full) for points in assessment_as_of(DAY, UNIT).units] == [100]
    assert rules_file(rule_versions(DAY)[1].number) == first


def test_every_wrong_cell_is_told_at_its_place_and_nothing_is_stored(district: None) -> None:
    wrong = rules_workbook(OVERDUE | {"考核对象": "举措：9.9.9"}, MISSING | {"满分": "很多", "最低分": None})
    with pytest.raises(RefusedRequest) as refused:
        import_rules(wrong, "考核规则.xlsx", reason="会议议定", at=JULY)
    sentences = str(refused.value)
    assert "共有 2 处错误" in sentences and "工作表“考核规则”B2" in sentences and "工作表“考核规则”C3" in sentences
    assert rule_versions(DAY) == ()


@pytest.mark.parametrize(
    ("rows", "reason", "words"),
    [
        ([OVERDUE], " ", "请写明依据或理由"),
        ([OVERDUE, OVERDUE], "会议议定", "规则名称"),
        ([OVERDUE | {"满分": None}], "会议议定", "“满分”不能为空"),
    ],
)
def test_what_cannot_be_taken_in_is_refused(district: None, rows: list[dict], reason: str, words: str) -> None:
    with pytest.raises(RefusedRequest, match=words):
        import_rules(rules_workbook(*rows), "考核规则.xlsx", reason=reason, at=JULY)
    assert rule_versions(DAY) == ()


def test_the_template_offers_every_subject_and_its_example_is_not_read(district: None) -> None:
    sheet = load_workbook(BytesIO(rules_template()))["考核规则"]
    assert [cell.value for cell in sheet[2]][:2] == ["例：好差评按期整改", "领域：好差评"]
    assert any("B2" in rule.sqref for rule in sheet.data_validations.dataValidation)
    with pytest.raises(RefusedRequest, match="没有一条规则"):
        import_rules(rules_template(), "考核规则.xlsx", reason="会议议定", at=JULY)
    sheet.append(["按时报送", "数据：好差评明细", "10", None, None, None, "1"])
    content = BytesIO()
    sheet.parent.save(content)
    assert len(import_rules(content.getvalue(), "考核规则.xlsx", reason="会议议定", at=JULY).rules) == 1


def test_a_unit_sees_its_own_points_alone(district: None, become: Callable[..., None]) -> None:
    taken_in()
    become(Role.UNIT, UNIT)
    assert [points.unit for points in assessment_as_of(DAY).units] == [UNIT]
    with pytest.raises(Forbidden):
        assessment_as_of(DAY, "区住建局")
    with pytest.raises(Forbidden):
        taken_in()


@pytest.mark.long
def test_a_bulletin_prints_points_with_their_rules_and_holds_when_the_rules_change_later(
    district: None, become: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.bulletins.printing.chinese_font", lambda: None)
    taken_in()
    number = draft(date(2023, 8, 20), compare=None, at=parse_instant("2023-08-21T09:00"))
    document = bulletin(str(number)).document
    assert [annex.title for annex in document.annexes][-1] == "考核赋分"
    assert "assessment" not in bulletin(str(draft(date(2023, 7, 10), compare=None, at=JULY))).figures
    submit(number, at=parse_instant("2023-08-21T10:00"))
    become(Role.INSPECTOR)
    co_sign(number, at=parse_instant("2023-08-21T11:00"))
    become(Role.BUREAU)
    issue(number, skip_fact_check="急用", at=parse_instant("2023-08-21T12:00"))
    taken_in(OVERDUE, at="2023-08-22T10:00")
    assert verify_bulletin("2023-1").holds
    taken_in(OVERDUE, at="2023-08-10T10:00")
    again = verify_bulletin("2023-1")
    assert again.files_intact and again.rendered_equal and not again.figures_equal
    assert any(difference["where"].startswith("assessment") for difference in again.differences)
