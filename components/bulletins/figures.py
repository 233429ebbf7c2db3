"""The figures of a bulletin beside its text: what there is to check before anything is printed."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.facts import clock, facts
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, table_parts
from components.elements.templates import from_template
from models.lamps import Lamp
from rules.bulletins.annexes import LAMPS_IN_ORDER
from services.bulletins.register import BulletinDetails, BulletinStep

STEP_WORDS = {
    "submit": "提交事实核对",
    "object": "提出意见",
    "settle": "处理意见",
    "co_sign": "会签",
    "return": "退回",
    "issue": "印发",
}


@dataclass(frozen=True, slots=True)
class LampCount:
    """How many of a lamp there are at A and at C; `before` None: nothing is compared."""

    lamp: Lamp
    now: int
    before: int | None


LAMPS: Table[LampCount] = Table(
    "lamps",
    "红绿灯",
    (
        Column("lamp", "红绿灯", lambda row: row.lamp, Kind.LAMP, sortable=False),
        Column("now", "本期", lambda row: row.now, Kind.NUMBER, sortable=False),
        Column("before", "上期", lambda row: row.before, Kind.NUMBER, sortable=False),
    ),
    page_size=None,
)


def figures_markup(details: BulletinDetails, here: PageContext) -> Parts:
    """Return the main numbers with those of the date compared with, and the digest that tells them."""
    figures = details.figures
    now, before = figures["lamps"]["now"], figures["lamps"]["before"]
    rows = [
        LampCount(lamp, now.get(lamp.value, 0), None if before is None else before.get(lamp.value, 0))
        for lamp in LAMPS_IN_ORDER
    ]
    return table_parts(LAMPS, rows, here) + from_template(
        "bulletins/figures.html", figures=figures, digest=details.summary.digest
    )


def state_markup(details: BulletinDetails) -> Markup:
    """Return where it stands: state, day, number, who drafted it."""
    summary = details.summary
    rows: list[tuple[str, str | Markup]] = [
        ("状态", summary.state.word),
        ("截至日期", f"{summary.as_of:%Y-%m-%d}"),
        ("对比日期", f"{summary.compared:%Y-%m-%d}" if summary.compared else "不对比"),
        ("起草", f"{clock(summary.at)} {summary.by}"),
    ]
    if summary.document_number and summary.issued_at:
        rows += [("文号", summary.document_number), ("印发", clock(summary.issued_at))]
    elif summary.check_until:
        rows.append(("核对截止", f"{summary.check_until:%Y-%m-%d}（含当日）"))
    if summary.corrects:
        rows.append(("更正", f"{summary.corrects} 号通报"))
    if details.skipped:
        rows.append(("未等核对结束", details.skipped))
    return facts(*rows) + _steps(details.steps)


def _steps(steps: tuple[BulletinStep, ...]) -> Markup:
    rows = [(clock(step.at), STEP_WORDS[step.act.value], step.unit or step.by, step.reason) for step in steps]
    return from_template("bulletins/steps.html", steps=rows)
