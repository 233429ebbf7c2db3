"""An area that a plan brings along: pictures and tables that follow from what its datasets declare."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from catalogue.datasets import DATASETS
from components.areas.pictures import Bar, bars, stacked
from components.areas.sections.area_context import AreaContext
from components.areas.stories.titles import most_missed
from components.areas.story import Story
from components.elements import cache
from components.elements.breakdown_tables import amounts, stacks
from components.elements.charts import chart_of, picture
from components.elements.empty_state import note, section, subsection
from components.elements.rendering import render
from models.chart_data import Share, Stack
from models.definitions import Dataset
from rules.months import month_label
from rules.spread import ChoiceSpread, NumberSpread, Spread
from services.areas.of_plan import datasets_counted
from services.areas.spread import dataset_spread

MOST_UNITS = 10
MOST_MONTHS = 12


def _spreads(here: AreaContext) -> Iterator[tuple[Dataset, Spread | None]]:
    for code in datasets_counted(here.area, here.district.plan):
        yield DATASETS[code], cache.answer(dataset_spread, code, here.card.as_of, here.unit)


def _draw(here: AreaContext) -> None:
    """Draw of each dataset its rows by month and by unit, then each choice over time and each number in classes."""
    for dataset, spread in _spreads(here):
        if spread is None or not spread.rows:
            render(section(dataset.title) + here.empty(dataset.code))
            continue
        render(section(dataset.title, f"{spread.rows:,} 条，{len(spread.units)} 个单位"))
        places = _columns()
        with next(places):
            _months(here, dataset, spread)
        with next(places):
            _units(dataset, spread)
        for choice in (choice for choice in spread.choices if not choice.is_blank):
            with next(places):
                _choice(here, dataset, choice)
        for number in (number for number in spread.numbers if number.middle is not None):
            with next(places):
                _number(dataset, number)
        blank = [choice.label for choice in spread.choices if choice.is_blank]
        blank += [number.label for number in spread.numbers if number.middle is None]
        if blank:
            render(note(f"均未填写，不画图：{'、'.join(blank)}。"))


def _columns() -> Iterator[st.delta_generator.DeltaGenerator]:
    """Yield places two beside one another, row by row."""
    while True:
        yield from st.columns(2, gap="medium")


def _month(here: AreaContext, month: str) -> str:
    """Return “3月”, of another year than the plan's “2023年12月”."""
    is_own = month[:4] == f"{here.district.plan.year}"
    return month_label(month) if is_own else f"{month[:4]}年{month_label(month)}"


def _months(here: AreaContext, dataset: Dataset, spread: Spread) -> None:
    rows = [Bar(_month(here, row.label), row.part or 0) for row in spread.months[-MOST_MONTHS:]]
    most = max(spread.months, key=lambda row: row.part or 0)
    finding = f"{_month(here, most.label)}最多，{most.part:,.0f} 条"
    picture(chart_of(bars, rows, "条数"), f"{dataset.title}：各月条数", finding)


def _units(dataset: Dataset, spread: Spread) -> None:
    rows = [Bar(row.label, row.part or 0, row.whole) for row in spread.units[:MOST_UNITS]]
    number = len(spread.units)
    finding = f"最多的 {MOST_UNITS} 个，共 {number} 个单位" if number > MOST_UNITS else f"共 {number} 个单位"
    picture(chart_of(bars, rows, "条数"), f"{dataset.title}：各单位条数", finding)


def _choice(here: AreaContext, dataset: Dataset, choice: ChoiceSpread) -> None:
    rows = [Stack(_month(here, row.label), row.parts) for row in choice.months[-MOST_MONTHS:]]
    totals = [sum(stack.parts[index] or 0 for stack in choice.months) for index in range(len(choice.words))]
    whole, most = sum(totals), max(range(len(totals)), key=totals.__getitem__)
    finding = f"{choice.words[most]}最多，占 {totals[most] / whole:.1%}；按月" if whole else ""
    picture(
        chart_of(stacked, rows, choice.words, "条数", legend_columns=3), f"{dataset.title}：{choice.label}", finding
    )


def _number(dataset: Dataset, number: NumberSpread) -> None:
    rows = [Bar(row.label, row.part or 0, row.whole) for row in number.classes]
    finding = f"中位数 {number.middle or 0:,.10g}"
    picture(chart_of(bars, rows, "条数"), f"{dataset.title}：{number.label}", finding)


def _sections(here: AreaContext) -> None:
    """Draw the same as tables; of one unit without the comparison of units."""
    for index, (dataset, spread) in enumerate(_spreads(here)):
        if spread is None or not spread.rows:
            render(section(dataset.title) + here.empty(dataset.code))
            continue
        render(section(dataset.title, f"{spread.rows:,} 条"))
        months = [Share(_month(here, row.label), row.part, row.whole) for row in spread.months]
        about = here.breakdown(f"d{index}_months", f"{dataset.title}：各月条数", "月份")
        render(subsection("各月条数") + amounts(months, about, "条数"))
        if here.unit is None:
            units = here.by_unit(f"d{index}_units", f"{dataset.title}：各单位条数")
            render(subsection("各单位条数") + amounts(spread.units, units, "条数"))
        for number, choice in enumerate(spread.choices):
            rows = [Stack(_month(here, row.label), row.parts) for row in choice.months]
            about = here.breakdown(f"d{index}_choice{number}", f"{dataset.title}：{choice.label}", "月份")
            render(subsection(choice.label, "按月") + stacks(rows, about, choice.words))
        for number, classes in enumerate(spread.numbers):
            if classes.classes:
                about = here.breakdown(f"d{index}_number{number}", f"{dataset.title}：{classes.label}", classes.label)
                render(subsection(classes.label, _middle(classes)) + amounts(classes.classes, about, "条数"))


def _middle(classes: NumberSpread) -> str:
    return "均未填写" if classes.middle is None else f"中位数 {classes.middle:,.10g}"


STORY = Story(most_missed, _draw, _sections)
