"""Every indicator with what it counts, as an expression where the language of plans can say it, and as a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS, UNJUDGED, datasets_of
from catalogue.indicators.expressions import EXPRESSED, NOT_EXPRESSIBLE
from data_access.database import reading
from data_access.declarations import declaration_entries
from models.definitions import Indicator
from models.plan_declarations import DeclaredIndicator
from rules.expressions.formula import read_formula
from rules.expressions.vocabulary import Vocabulary
from services.access.chosen_plan import chosen_plan
from services.access.permission import EVERYONE, requires_role
from services.figures.declared import written_in


@dataclass(frozen=True)
class DescribedIndicator:
    """`numerator`, `denominator`: expressions, or the catalogue's own words where `unsaid` tells why there is none.

    `declared`: shipped with the program, or by a plan.
    """

    code: str
    title: str
    numerator: str
    denominator: str | None
    due: str | None
    in_words: str
    datasets: tuple[str, ...]
    declared: str
    has_rows: bool  # of the whole district; the guide rules are counted unit by unit
    unsaid: str | None = None
    key: str = ""  # by which its figures are asked for, where it is another than the code


@requires_role(*EVERYONE)
def described_indicators() -> tuple[DescribedIndicator, ...]:
    """Return every indicator in the order of the catalogue: judging ones, those only shown, then those that plans
    declare, each as it stands; where one plan is asked about, its own alone.
    """
    with reading() as session:
        standing = [entry for entry in declaration_entries(session) if entry.until is None]
    entries = [entry for entry in standing if chosen_plan() in (None, entry.plan)]
    return (*_shipped(), *(_declared(indicator) for indicator in written_in(entries).values()))


def _declared(indicator: DeclaredIndicator) -> DescribedIndicator:
    return DescribedIndicator(
        indicator.code,
        indicator.title,
        indicator.numerator,
        indicator.denominator,
        indicator.due,
        indicator.in_words,
        datasets_of(indicator.key),
        "plan",
        has_rows=True,
        key=indicator.key,
    )


@cache
def _shipped() -> tuple[DescribedIndicator, ...]:
    vocabulary = Vocabulary(DATASETS.shipped.values())
    return tuple(_described(indicator, vocabulary) for indicator in (INDICATORS.shipped | UNJUDGED).values())


def _described(indicator: Indicator, vocabulary: Vocabulary) -> DescribedIndicator:
    written = EXPRESSED.get(indicator.code)
    datasets = datasets_of(indicator.code)
    if written is None:
        text = indicator.numerator + (f" ÷ {indicator.denominator}" if indicator.denominator else "")
        return DescribedIndicator(
            indicator.code,
            indicator.title,
            indicator.numerator,
            indicator.denominator,
            None,
            text,
            datasets,
            "shipped",
            indicator.contributions is not None,
            NOT_EXPRESSIBLE[indicator.code],
        )
    formula = read_formula(written.numerator, written.denominator, written.due, vocabulary)
    return DescribedIndicator(
        indicator.code,
        indicator.title,
        written.numerator,
        written.denominator,
        written.due,
        formula.in_words,
        datasets,
        "shipped",
        indicator.contributions is not None,
    )
