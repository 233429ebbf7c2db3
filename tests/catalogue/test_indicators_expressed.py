"""The shipped indicators written in the language of plans give the figures of the shipped ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS, UNJUDGED
from catalogue.indicators.expressions import EXPRESSED, NOT_EXPRESSIBLE
from models.definitions import Indicator
from rules.expressions.formula import read_formula
from rules.expressions.vocabulary import Vocabulary
from rules.indicators import fold
from tests.catalogue.conftest import records
from tests.catalogue.test_indicators_declared import PARTS, rows_of
from tests.examples import examples

VOCABULARY = Vocabulary(DATASETS.values())
ALL = INDICATORS | UNJUDGED


def declared(code):
    written = EXPRESSED[code]
    formula = read_formula(written.numerator, written.denominator, written.due, VOCABULARY)
    return formula, Indicator(
        code,
        ALL[code].title,
        formula.numerator_in_words,
        formula.denominator_in_words,
        formula.parts,
        formula.contributions(),
    )


def test_every_indicator_is_either_written_in_the_language_or_it_is_said_why_not():
    assert set(EXPRESSED) | set(NOT_EXPRESSIBLE) == set(ALL)
    assert not set(EXPRESSED) & set(NOT_EXPRESSIBLE)


@pytest.mark.parametrize("code", list(EXPRESSED))
def test_it_reads_the_same_tables_and_adds_up_over_units(code):
    formula, indicator = declared(code)
    assert set(indicator.parts) == set(ALL[code].parts)
    assert (indicator.denominator is None) == (ALL[code].denominator is None)
    assert formula.adds_up


@st.composite
def written_and_rows(draw):
    code = draw(st.sampled_from(list(EXPRESSED)))
    return code, {part: records(part, draw(rows_of(PARTS[part]))) for part in ALL[code].parts}


@examples(300)
@given(written_and_rows())
def test_it_gives_the_same_figure_of_any_records(case):
    code, frames = case
    assert fold(declared(code)[1], frames) == fold(ALL[code], frames), code
