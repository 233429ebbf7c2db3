"""indicator list, explain: what an indicator counts, and which rows it counted."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from commands.arguments import Commands, add_plan, day
from commands.output import DONE, tell
from rules.as_of import day_of
from services.access.clock import present
from services.plan.indicators import DescribedIndicator, described_indicators
from services.proof.explain import ExplainedRow, explain_indicator


def add_to(commands: Commands) -> None:
    group = commands.group("indicator", "指标怎样计算")
    add_plan(group.add("list", _list, "列出全部指标及其算式"))
    explained = group.add("explain", _explain, "说明某单位某项指标的数字从哪些行得出")
    explained.add_argument("code", metavar="指标", help="指标代码")
    explained.add_argument("--unit", metavar="单位", help="哪个单位；缺省为全区")
    explained.add_argument("--as-of", type=day, metavar="日期", help="截至日期，缺省为今天")
    add_plan(explained)


def _list(arguments: argparse.Namespace) -> int:
    indicators = described_indicators()
    tell(
        arguments,
        {"indicators": [_described(indicator) for indicator in indicators]},
        lambda: [f"{indicator.code}\t{indicator.title}\t{indicator.in_words}" for indicator in indicators],
    )
    return DONE


def _described(indicator: DescribedIndicator) -> dict[str, object]:
    return {
        "code": indicator.code,
        "title": indicator.title,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "due": indicator.due,
        "in_words": indicator.in_words,
        "datasets": list(indicator.datasets),
        "declared": indicator.declared,
        "unsaid": indicator.unsaid,
    }


def _explain(arguments: argparse.Namespace) -> int:
    as_of = arguments.as_of or day_of(present())
    explanation = explain_indicator(arguments.code, arguments.unit, as_of)
    result, proof = explanation.proof.result, explanation.proof
    document = {
        "indicator": arguments.code,
        "title": proof.indicator.title,
        "unit": arguments.unit,
        "as_of": as_of.isoformat(),
        "numerator": result.numerator,
        "denominator": result.denominator,
        "value": result.value,
        "counted": [asdict(row) for row in explanation.counted],
        "not_counted": [asdict(row) for row in explanation.not_counted],
        "units": [
            {
                "unit": share.unit,
                "numerator": share.result.numerator,
                "denominator": share.result.denominator,
                "value": share.result.value,
            }
            for share in proof.units
        ],
    }
    tell(
        arguments,
        document,
        lambda: [
            f"{proof.indicator.title}：分子 {_shown(result.numerator)}，分母 {_shown(result.denominator)}",
            *_lines("计入", explanation.counted),
            *_lines("未计入", explanation.not_counted),
            *(
                f"{share.unit}\t{_shown(share.result.numerator)}\t{_shown(share.result.denominator)}"
                for share in proof.units
            ),
        ],
    )
    return DONE


def _lines(how: str, rows: Sequence[ExplainedRow]) -> list[str]:
    return [
        f"{how}\t{row.dataset}\t{row.file}\t{row.sheet}!{row.cell}\t{_shown(row.numerator)}\t{_shown(row.denominator)}"
        for row in rows
    ]


def _shown(amount: float | None) -> str:
    return "无数据" if amount is None else f"{amount:g}"
