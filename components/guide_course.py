"""Guide accuracy from submission to submission: a line and a table."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.charts import over_time, show
from components.notices import nothing_here
from components.proof import clock
from components.tables import Column, percent, ratio, table
from models.definitions import Indicator
from rules.as_of import day_of
from services.guide_accuracy import Accuracy, Sent, Step
from services.history import Point

ACCURACY = Indicator("guide_accuracy", "指南精准率", "符合的指南规则数", "适用的指南规则数", ("事项",))
DAYS_SHOWN, STEPS_SHOWN, NAMED = 8, 10, 6
COLUMNS = (Column("受理时间", css="nowrap"), Column("指南有变动的单位"), Column("合计", number=True), Column("精准率", number=True),
           Column("较上次", number=True))


def show_course(steps: Sequence[Step]) -> None:
    """The last step of each day; nothing where there is no course to show."""
    days = {day_of(step.at): step.accuracy for step in steps}
    points = [Point(day, one.passed, one.applies, 1.0) for day, one in list(days.items())[-DAYS_SHOWN:]]
    if len(points) > 1:
        show(over_time(points, ACCURACY))


def course_table(steps: Sequence[Step]) -> Markup:
    """The newest first."""
    if not steps:
        return nothing_here("截至该日没有报送办事指南。")
    before = [None, *steps[:-1]]
    rows = [
        (clock(step.at), _named(step.units), ratio(step.accuracy.passed, step.accuracy.applies), percent(step.accuracy.share),
         _turned(earlier.accuracy if earlier else None, step.accuracy))
        for earlier, step in zip(before, steps, strict=True)
    ]
    return table(COLUMNS, rows[::-1][:STEPS_SHOWN])


def _named(units: Sequence[str]) -> str:
    more = f" 等 {len(units)} 个" if len(units) > NAMED else ""
    return "、".join(units[:NAMED]) + more


def _turned(before: Accuracy | None, after: Accuracy) -> str:
    """“+1.2 个百分点”."""
    if before is None or before.share is None or after.share is None:
        return "—"
    points = 100 * (after.share - before.share)
    return "持平" if abs(points) < 0.05 else f"{points:+.1f} 个百分点"


SENT_COLUMNS = (Column("编号", number=True), Column("受理时间", css="nowrap"), Column("文件"), Column("修订", number=True),
                Column("报送后合计", number=True), Column("精准率", number=True), Column("较上次", number=True))


def sent_table(sent: Sequence[Sent]) -> Markup:
    """A unit's submissions, the newest first, each with its file."""
    before = [None, *sent[:-1]]
    rows = []
    for earlier, one in zip(before, sent, strict=True):
        file = Markup('<a href="/files/{}" download target="_self">{}</a>').format(one.submission.id, one.submission.file_name)
        rows.append((str(one.submission.id), clock(one.submission.accepted_at), file, one.submission.revision,
                     ratio(one.accuracy.passed, one.accuracy.applies), percent(one.accuracy.share),
                     _turned(earlier.accuracy if earlier else None, one.accuracy)))
    return table(SENT_COLUMNS, rows[::-1])
