"""Findings that several areas can make: where most units fall short, and how many of them a picture shows."""

from __future__ import annotations

from catalogue.indicators import INDICATORS
from components.areas.sections.area_context import AreaContext


def most_missed(here: AreaContext) -> str:
    """Return “要素齐全率未达标的单位最多，29 个” of the indicator that most units miss; "" where none does."""
    missed: dict[str, int] = {}
    for row in here.card.select(area=here.area):
        for result in row.indicators:
            missed[result.code] = missed.get(result.code, 0) + (result.met is False and row.unit is not None)
    code = max(missed, key=lambda code: missed[code], default=None)
    if code is None or not missed[code]:
        return ""
    return f"{INDICATORS[code].title}未达标的单位最多，{missed[code]} 个"


def shown_of(worst: str, shown: int, whole: int) -> str:
    """Return “欠缺最多的 8 个单位，共 11 个”, or “共 8 个单位” where the picture shows them all."""
    return f"{worst}的 {shown} 个单位，共 {whole} 个" if shown < whole else f"共 {whole} 个单位"
