"""indicator list and explain on the sample district."""

import json

import pytest

import manage
from catalogue.indicators import INDICATORS, UNJUDGED


def output_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert manage.main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.long
def test_every_indicator_is_listed_with_its_expression_and_its_sentence(
    sample_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = {entry["code"]: entry for entry in output_of(capsys, "indicator", "list")["indicators"]}
    assert set(listed) == set(INDICATORS) | set(UNJUDGED)
    pushed = listed["case_push_rate"]
    assert (pushed["numerator"], pushed["denominator"]) == ("合计(月度办件统计: 推送量)", "合计(月度办件统计: 办件量)")
    assert pushed["in_words"] == "月度办件统计的推送量合计 ÷ 月度办件统计的办件量合计"
    assert (pushed["datasets"], pushed["declared"], pushed["unsaid"]) == (["monthly_cases"], "shipped", None)
    assert listed["keyword_coverage"]["unsaid"]


def test_a_figure_is_explained_by_the_rows_it_counts_each_with_its_cell(
    sample_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    day, unit = "2023-08-22", "区人社局"
    explained = output_of(capsys, "indicator", "explain", "zero_visit_share", "--unit", unit, "--as-of", day)
    lamps = output_of(capsys, "lamps", "--as-of", day, "--unit", unit)["lamps"]
    judged = next(i for lamp in lamps for i in lamp["indicators"] if i["code"] == "zero_visit_share")
    assert [explained[name] for name in ("numerator", "denominator", "value")] == [
        judged[name] for name in ("numerator", "denominator", "value")
    ]
    assert len(explained["counted"]) == min(50, judged["denominator"])
    assert sum(row["numerator"] for row in explained["counted"]) <= judged["numerator"]
    assert all(row["cell"] and row["sheet"] == "事项" for row in explained["counted"] + explained["not_counted"])
    assert all(row["numerator"] == row["denominator"] == 0 for row in explained["not_counted"])


def test_guide_accuracy_is_explained_as_its_lamp_has_it(
    sample_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    day, unit, code = "2023-08-22", "区人社局", "guide_accuracy_5_2_1"
    explained = output_of(capsys, "indicator", "explain", code, "--unit", unit, "--as-of", day)
    lamps = output_of(capsys, "lamps", "--as-of", day, "--unit", unit)["lamps"]
    judged = next(i for lamp in lamps for i in lamp["indicators"] if i["code"] == code)
    assert (explained["numerator"], explained["denominator"]) == (judged["numerator"], judged["denominator"])


def test_an_unknown_indicator_is_refused(sample_database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert manage.main(["indicator", "explain", "nothing", "--as-of", "2023-08-22"]) == 2
    assert "没有指标“nothing”" in capsys.readouterr().err
