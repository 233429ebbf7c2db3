"""序时进度 in words, beside a lamp: the figures that are behind the time, and by how much."""

from __future__ import annotations

from catalogue.indicators import INDICATORS
from components.elements.figures import figure, percent
from components.elements.table import Column, Width
from models.definitions import NumberFormat
from models.lamps import MeasureLamp, Pace


def pace_column() -> Column[MeasureLamp]:
    """Return the column that stands beside the lamp's; it is not drawn where nothing is behind."""
    return Column(
        "pace",
        "序时进度",
        lambda row: "落后" if row.behind else None,
        width=Width.UNBROKEN,
        drawn=_briefly,
        hint="数值低于自首个报送月起按时间均匀推进应达到的；不改变红绿灯",
        is_filter=True,
        folds=True,
    )


def _briefly(row: MeasureLamp) -> str:
    """Return “落后：44.0%，应达 61.2%” of the one that is farthest behind."""
    if not row.behind:
        return ""
    pace = min(row.behind, key=lambda pace: pace.value / pace.due)
    return f"落后：{_amount(pace, pace.value)}，应达 {_amount(pace, pace.due)}"


def pace_in_words(pace: Pace, deadline: object) -> str:
    """Return the whole of one figure's pace, as the proof of a lamp tells it."""
    name = INDICATORS[pace.indicator].title if pace.indicator else "完成比例"
    return (
        f"落后：{name}为 {_amount(pace, pace.value)}，自 {pace.start} 至 {deadline} 的时间已过 {percent(pace.gone)}，"
        f"按时间推进应达 {_amount(pace, pace.due)}。只作提示，不改变红绿灯。"
    )


def _amount(pace: Pace, value: float) -> str:
    is_count = pace.indicator is not None and INDICATORS[pace.indicator].number_format is NumberFormat.COUNT
    return figure(value) if is_count else percent(value)
