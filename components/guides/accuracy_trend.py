"""Guide accuracy from submission to submission: a line and a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import altair as alt
import pandas as pd
from markupsafe import Markup

from components.elements.charts import INK, QUIET, SHARE, AnyChart, show, value_tooltip
from components.elements.context import PageContext
from components.elements.downloads import file_link
from components.elements.empty_state import empty_state
from components.elements.facts import clock
from components.elements.links import link
from components.elements.tables import Column, percent, ratio, table
from rules.as_of import day_of
from services.guides.accuracy import Accuracy
from services.guides.accuracy_trend import Sent, Step

DAYS_SHOWN, STEPS_SHOWN, NAMED = 8, 10, 6
COLUMNS = (
    Column("受理时间", css="nowrap"),
    Column("指南有变动的单位"),
    Column("合计", number=True),
    Column("精准率", number=True),
    Column("较上次", number=True),
)


def show_course(steps: Sequence[Step]) -> None:
    """The last step of each day; nothing where there is no course to show."""
    days = {day_of(step.at): step.accuracy for step in steps if step.accuracy.share is not None}
    if len(days) > 1:
        show(course_chart(list(days.items())[-DAYS_SHOWN:]))


def course_chart(days: Sequence[tuple[date, Accuracy]]) -> AnyChart:
    """Near 100 % a scale from nought shows nothing: it begins at the 5 % below the lowest value, and the title says
    so.
    """
    frame = pd.DataFrame(
        [(f"{day:%-m月%-d日}", accuracy.share, accuracy.passed, accuracy.applies) for day, accuracy in days],
        columns=["day", "value", "numerator", "denominator"],
    )
    lowest = math.floor(20 * frame["value"].min() - 0.2) / 20
    height = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[lowest, 1.0], zero=False),
        axis=alt.Axis(format=".0%", tickCount=4),
    )
    base = alt.Chart(frame).encode(
        x=alt.X("day:O", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy")),
        y=height,
        tooltip=[alt.Tooltip("day:O", title="截至"), *value_tooltip("指南精准率")],
    )
    line = base.mark_line(color=INK, strokeWidth=1.5, point=alt.OverlayMarkDef(color=INK, size=28))
    words = base.mark_text(dy=-11, color=INK, fontSize=12).encode(text=alt.Text("value:Q", format=SHARE))
    target = alt.Chart(pd.DataFrame({"value": [1.0]})).mark_rule(color=QUIET, strokeDash=[4, 3]).encode(y=height)
    return alt.layer(target, line, words).properties(
        height=150, title=f"全区合计，虚线为目标 100%（纵轴自 {lowest:.0%} 起）"
    )


def course_table(steps: Sequence[Step], here: PageContext) -> Markup:
    """The newest first."""
    if not steps:
        return empty_state("截至该日没有报送办事指南。")
    before = [None, *steps[:-1]]
    rows = [
        (
            clock(step.at),
            _named(step.units, here),
            ratio(step.accuracy.passed, step.accuracy.applies),
            percent(step.accuracy.share),
            _turned(earlier.accuracy if earlier else None, step.accuracy),
        )
        for earlier, step in zip(before, steps, strict=True)
    ]
    return table(COLUMNS, rows[::-1][:STEPS_SHOWN])


def _named(units: Sequence[str], here: PageContext) -> Markup:
    """Each leads to the unit's submissions and its wrong cells."""
    more = f" 等 {len(units)} 个" if len(units) > NAMED else ""
    names = (link(unit, here.address("guide_accuracy", unit=unit)) for unit in units[:NAMED])
    return Markup("、").join(names) + more


def _turned(before: Accuracy | None, after: Accuracy) -> str:
    """“+1.2 个百分点”."""
    if before is None or before.share is None or after.share is None:
        return "—"
    points = 100 * (after.share - before.share)
    return "持平" if abs(points) < 0.05 else f"{points:+.1f} 个百分点"


SENT_COLUMNS = (
    Column("编号", number=True),
    Column("受理时间", css="nowrap"),
    Column("文件"),
    Column("修订", number=True),
    Column("报送后合计", number=True),
    Column("精准率", number=True),
    Column("较上次", number=True),
)


def sent_table(sent: Sequence[Sent], here: PageContext) -> Markup:
    """A unit's submissions, the newest first, each with its file."""
    before = [None, *sent[:-1]]
    rows = []
    for earlier, submission in zip(before, sent, strict=True):
        file = file_link(submission.submission.id, submission.submission.file_name, submission.submission.unit)
        number = link(str(submission.submission.id), here.address("submission", number=submission.submission.id))
        rows.append(
            (
                number,
                clock(submission.submission.accepted_at),
                file,
                submission.submission.revision,
                ratio(submission.accuracy.passed, submission.accuracy.applies),
                percent(submission.accuracy.share),
                _turned(earlier.accuracy if earlier else None, submission.accuracy),
            )
        )
    return table(SENT_COLUMNS, rows[::-1])
