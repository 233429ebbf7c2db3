"""The table of plan_table.md against the declarations, and what holds for every indicator alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS, UNJUDGED, UNJUDGED_OF_MEASURE, datasets_of
from models.definitions import Kind, NumberFormat
from rules.indicators import fold
from tests.catalogue.plan_table import CODES
from tests.examples import examples

COMPUTED = {code: each for code, each in (INDICATORS | UNJUDGED).items() if each.contributions}
ONE_BY_ONE = sorted(
    code
    for code, each in COMPUTED.items()
    if each.number_format is NumberFormat.SHARE
    and not {"monthly_cases", "hotline_calls"} & set(each.parts)
    and code != "promised_time_cut"
)
"""Shares of records: each record is counted at most once above and below."""

VALUES = {
    Kind.TEXT: st.sampled_from([None, "一次性告知", "甲、乙、丙"]),
    Kind.UNIT: st.just("区人社局"),
    Kind.CODE: st.sampled_from([None, "000111003000", "11330100MB1234567X3000111003000"]),
    Kind.INT: st.sampled_from([None, 0, 1, 7]),
    Kind.DURATION: st.sampled_from([None, 0.0, 5.0, 20.0]),
    Kind.YES_NO: st.sampled_from([None, True, False]),
    Kind.DATE: st.sampled_from([None, "2023-06-01", "2023-06-02", "2023-07-01"]),
    Kind.DATETIME: st.sampled_from([None, "2023-06-01T08:00", "2023-06-02T23:59", "2023-07-01"]),
    Kind.MONTH: st.just("2023-06"),
    Kind.YES_NO_OR_FILE: st.sampled_from([None, "是", "样表.docx"]),
}


def rows_of(part):
    fields = {f.name: st.sampled_from([None, *f.choices]) if f.choices else VALUES[f.kind] for f in part.fields}
    services = {"事项": {"_code_shared": VALUES[Kind.YES_NO]}, "approvals": {"_due_on": VALUES[Kind.DATE]}}
    return st.lists(st.fixed_dictionaries(fields | services.get(part.code, {})), max_size=6)


PARTS = {part.code: part for dataset in DATASETS.values() for part in dataset.parts}


@st.composite
def cases(draw, codes):
    """An indicator's code, rows for each part it reads, and an order to put them in."""
    code = draw(st.sampled_from(codes))
    rows = {part: draw(rows_of(PARTS[part])) for part in COMPUTED[code].parts}
    return code, rows, draw(st.randoms(use_true_random=False))


def test_every_code_of_the_plan_table_is_declared():
    assert set(CODES) <= set(INDICATORS)


def test_what_is_only_shown_is_no_code_of_the_plan():
    assert not set(UNJUDGED) & set(INDICATORS)


def test_whatever_is_only_shown_stands_beside_exactly_one_measure():
    assert sorted(code for codes in UNJUDGED_OF_MEASURE.values() for code in codes) == sorted(UNJUDGED)


def test_an_indicator_reads_datasets_that_units_report():
    assert all(set(datasets_of(code)) <= set(DATASETS) and datasets_of(code) for code in INDICATORS | UNJUDGED)
    assert datasets_of("guide_publication_rate") == ("catalogue_claims", "guides")
    assert datasets_of("guide_accuracy_5_2_1") == ("guides",)
    assert datasets_of("licence_calls") == ("monthly_cases",)


def test_only_the_counts_have_no_denominator():
    assert {code for code in INDICATORS if INDICATORS[code].denominator is None} == {
        "intermediary_selections",
        "utility_cases",
    }
    assert all(
        (each.denominator is None) == (each.number_format is NumberFormat.COUNT)
        for each in (INDICATORS | UNJUDGED).values()
    )


def test_guide_accuracy_sums_the_kept_figures_of_its_rules_without_advice():
    rules = {code: INDICATORS[code].figures for code in INDICATORS if code.startswith("guide_accuracy")}
    assert rules["guide_accuracy_5_1_1"] == ("G101", "G102", "G103", "G105")
    assert rules["guide_accuracy_5_3_2"] == ("G306", "G307")
    assert all((each.contributions is None) == bool(each.figures) for each in INDICATORS.values())


@pytest.mark.parametrize("code", sorted(COMPUTED))
def test_a_part_never_reported_leaves_no_figure(code, records_of):
    parts = COMPUTED[code].parts
    for missing in parts:
        frames = {part: None if part == missing else records_of(part, []) for part in parts}
        assert fold(COMPUTED[code], frames).numerator is None


@pytest.mark.parametrize("code", sorted(COMPUTED))
def test_a_zero_report_holds_nothing_to_count(code, shares):
    counts = COMPUTED[code].denominator is None
    assert shares(code, **{part: [] for part in COMPUTED[code].parts}) == (0, None if counts else 0)


@given(cases(ONE_BY_ONE))
@examples(200)
def test_a_share_lies_between_none_and_all(shares, case):
    code, rows, _ = case
    numerator, denominator = shares(code, **rows)
    assert 0 <= numerator <= denominator


@given(cases(sorted(COMPUTED)))
@examples(200)
def test_the_order_of_the_rows_does_not_matter(figure_of, case):
    code, rows, order = case
    shuffled = {part: order.sample(each, len(each)) for part, each in rows.items()}
    assert figure_of(code, **shuffled) == figure_of(code, **rows)


@given(cases(sorted(COMPUTED)))
@examples(100)
def test_what_the_rows_show_adds_up_to_the_figure(records_of, case):
    code, rows, _ = case
    frames = {part: records_of(part, each) for part, each in rows.items()}
    figure = fold(COMPUTED[code], frames)
    contributions = COMPUTED[code].contributions(frames)
    assert all(
        column.index.equals(frames[each.part].index)
        for each in contributions
        for column in (each.numerator, each.denominator, each.due)
        if column is not None
    )
    if figure.numerator is not None:
        assert figure.numerator == pytest.approx(
            sum(c.numerator.sum() for c in contributions if c.numerator is not None)
        )
