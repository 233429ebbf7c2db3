"""Guide accuracy from submission to submission: a line and a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import altair as alt
import pandas as pd
from markupsafe import Markup

from components.elements.charts import INK, QUIET, SHARE, AnyChart, draw_chart, value_tooltip
from components.elements.context import PageContext
from components.elements.downloads import file_link
from components.elements.figures import percent, with_minus
from components.elements.links import link
from components.elements.phrases import listed
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Share, Table, Width, table_parts
from rules.as_of import day_of
from services.guides.accuracy import Accuracy
from services.guides.accuracy_trend import Sent, Step

DAYS_SHOWN, STEPS_SHOWN, NAMED = 8, 10, 6
Steps = tuple[Step | None, Step]
"""The step before, and the step."""
Submissions = tuple[Sent | None, Sent]


def show_course(steps: Sequence[Step]) -> None:
    """Draw the last step of each day; nothing where there is no course to show."""
    days = {day_of(step.at): step.accuracy for step in steps if step.accuracy.share is not None}
    if len(days) > 1:
        draw_chart(course_chart, tuple(days.items())[-DAYS_SHOWN:])


def course_chart(days: Sequence[tuple[date, Accuracy]]) -> AnyChart:
    """Return the line. Near 100 % a scale from nought shows nothing: it begins at the 5 % below the lowest value, and
    the title says so.
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
        height=150,
        title=f"全区合计，虚线为目标 100%（纵轴自 {lowest:.0%} 起）",
        description=f"指南精准率：截至 {days[-1][0]:%-m月%-d日} {percent(days[-1][1].share)}",
    )


def course_table(steps: Sequence[Step], here: PageContext) -> Parts:
    """Return the steps as a table, the newest first."""
    columns = (
        Column[Steps]("at", "受理时间", lambda pair: pair[1].at, Kind.MOMENT, Width.UNBROKEN),
        Column[Steps](
            "units",
            "指南有变动的单位",
            lambda pair: "、".join(pair[1].units),
            drawn=lambda pair: _named(pair[1].units, here),
        ),
        Column[Steps]("accuracy", "精准率", lambda pair: _share(pair[1].accuracy), Kind.SHARE),
        Column[Steps]("turned", "较上次", _course_turned, width=Width.AT_RIGHT, sortable=False),
    )
    table = Table(
        "course", "历次报送的精准率", columns, counted="次", page_size=STEPS_SHOWN, nothing="截至该日没有报送办事指南。"
    )
    pairs = list(zip([None, *steps[:-1]], steps, strict=True)) if steps else []
    return table_parts(table, pairs[::-1], here)


def _share(accuracy: Accuracy) -> Share:
    return Share(accuracy.passed, accuracy.applies)


def _course_turned(pair: Steps) -> str:
    before, after = pair
    return _turned(before.accuracy if before else None, after.accuracy)


def _named(units: Sequence[str], here: PageContext) -> Markup:
    """Return the names, each of which leads to the unit's submissions and its wrong cells."""
    more = f" 等 {len(units)} 个" if len(units) > NAMED else ""
    return listed(link(unit, here.address("guide_accuracy", unit=unit)) for unit in units[:NAMED]) + more


def _turned(before: Accuracy | None, after: Accuracy) -> str:
    """Return “+1.2 个百分点”."""
    if before is None or before.share is None or after.share is None:
        return "—"
    points = 100 * (after.share - before.share)
    return "持平" if abs(points) < 0.05 else with_minus(f"{points:+.1f} 个百分点")


def sent_table(sent: Sequence[Sent], here: PageContext) -> Parts:
    """Return a unit's submissions, the newest first, each with its file."""
    columns = (
        Column[Submissions](
            "number",
            "编号",
            lambda pair: pair[1].submission.id,
            Kind.NUMBER,
            drawn=lambda pair: str(pair[1].submission.id),
            href=lambda pair: here.address("submission", number=pair[1].submission.id),
        ),
        Column[Submissions]("at", "受理时间", lambda pair: pair[1].submission.accepted_at, Kind.MOMENT, Width.UNBROKEN),
        Column[Submissions](
            "file",
            "文件",
            lambda pair: pair[1].submission.file_name,
            drawn=lambda pair: file_link(pair[1].submission.id, pair[1].submission.file_name, pair[1].submission.unit),
        ),
        Column[Submissions]("revision", "版本", lambda pair: pair[1].submission.revision, Kind.NUMBER),
        Column[Submissions]("accuracy", "报送后精准率", lambda pair: _share(pair[1].accuracy), Kind.SHARE),
        Column[Submissions]("turned", "较上次", _sent_turned, width=Width.AT_RIGHT, sortable=False),
    )
    pairs = list(zip([None, *sent[:-1]], sent, strict=True)) if sent else []
    return table_parts(Table("guides_sent", "历次报送", columns, counted="次"), pairs[::-1], here)


def _sent_turned(pair: Submissions) -> str:
    before, after = pair
    return _turned(before.accuracy if before else None, after.accuracy)
