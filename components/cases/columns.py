"""Columns of tables in which cases of several kinds stand: each row is a kind and a case of it."""

from __future__ import annotations

from components.cases.table import days_over
from components.elements.context import PageContext
from components.elements.lamp import chip
from components.elements.table import Column, Kind, Width
from models.cases import Case, CaseKind

KindedCase = tuple[CaseKind, Case]


def code_column(here: PageContext) -> Column[KindedCase]:
    """Return the number of the case, which leads to its page."""
    return Column(
        "code",
        "编号",
        lambda row: row[1].code,
        width=Width.UNBROKEN,
        href=lambda row: here.address("case", dataset=row[0].dataset, number=row[1].code),
    )


def unit_column(here: PageContext) -> Column[KindedCase]:
    """Return the unit that answers for the case, which leads to its page."""
    return Column(
        "unit",
        "责任单位",
        lambda row: row[1].unit,
        Kind.UNIT,
        Width.UNBROKEN,
        href=lambda row: here.address("unit", unit=row[1].unit),
    )


def lamp_column(here: PageContext) -> Column[KindedCase]:
    """Return the lamp of the case with the days by which it is late."""
    return Column(
        "lamp",
        "红绿灯",
        lambda row: row[1].lamp,
        Kind.LAMP,
        Width.UNBROKEN,
        drawn=lambda row: chip(row[1].lamp, days_over(row[1], here.day)),
    )
