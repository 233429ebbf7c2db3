"""The list of spot checks as one table, and what it comes to in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from components.elements.context import PageContext
from components.elements.table import Column, Kind, Share, Table, Width
from models.spot_checks import SpotCheckSummary, State

NOTHING = "截至该日没有抽查。"


def finding(checks: Sequence[SpotCheckSummary]) -> str:
    """Return “抽查 3 次：核查中 1、已告知 1、结束 1；不合格 5 个” for the title of the page."""
    valid_checks = [check for check in checks if check.state is not State.VOID]
    if not valid_checks:
        return NOTHING.removesuffix("。")
    counts = Counter(check.state for check in valid_checks)
    states = "、".join(f"{state.word} {counts[state]:,}" for state in State if counts[state])
    number = sum(check.failed for check in valid_checks)
    return f"抽查 {len(valid_checks):,} 次：{states}；不合格 {number:,} 个"


def ledger_table(here: PageContext) -> Table[SpotCheckSummary]:
    """Return the declaration of the list; its rows are checks."""
    return Table(
        "checks",
        "抽查",
        (
            Column(
                "number",
                "编号",
                lambda check: check.number,
                width=Width.UNBROKEN,
                href=lambda check: here.address("spot_check", number=check.number),
            ),
            Column("state", "状态", lambda check: check.state.word, width=Width.UNBROKEN, is_filter=True),
            Column("kind", "对象", lambda check: check.kind.title, width=Width.UNBROKEN, is_filter=True),
            Column("method", "方法", lambda check: check.method.word, width=Width.UNBROKEN, is_filter=True),
            Column("as_of", "截至", lambda check: check.as_of, Kind.DAY, Width.UNBROKEN),
            Column("drawn", "抽取时间", lambda check: check.at, Kind.MOMENT, Width.UNBROKEN),
            Column("population", "总体", lambda check: check.population or None, Kind.NUMBER, unit=" 个"),
            Column("recorded", "已录入", lambda check: Share(check.recorded, check.sample), Kind.SHARE),
            Column("failed", "不合格", lambda check: check.failed, Kind.NUMBER, unit=" 个"),
            Column("open", "待认定", lambda check: check.undecided, Kind.NUMBER, unit=" 个", folds=True),
            Column("attempt", "第几次抽取", lambda check: check.attempt or None, Kind.NUMBER, hint="同一总体含作废的"),
        ),
        counted="次",
        nothing=NOTHING,
        what_to_do="督查室可以在上面新建抽取。",
    )
