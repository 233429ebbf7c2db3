"""From the words of a target in a plan workbook (“≤5%”, “13个”, “增长10%”, “上年同期+5%”) to what they ask for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from rules.plan.changes import TargetWords


class Sense(StrEnum):
    """How a figure is held against its target."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    RISES = "增长"  # against the baseline, by `value` where given
    FALLS = "下降"
    OF_LAST_YEAR = "上年同期"  # at least the baseline, changed by `value`


@dataclass(frozen=True)
class TargetSense:
    """`value`: a share as a fraction; None where only a rise or fall is asked for. `doubt`: a reading to confirm."""

    sense: Sense
    value: float | None
    doubt: str | None = None
    is_said: bool = True  # whether its words say “at least” or “at most”


_COUNTED = "(?:个工作日|工作日|万元|个|件|项|次|家|户|人|条|天|日|分|元)?"
_TARGET = re.compile(
    "(?P<before>≥|>=|不低于|不少于|达到|≤|<=|不高于|不超过|不多于|控制在|上年同期[+-]|"
    "(?:同比)?(?:增长|提升|提高|上升|下降|降低|压减))?"
    rf"(?P<number>\d+(?:\.\d+)?)(?:/(?P<of>[1-9]\d*))?(?P<percent>%)?{_COUNTED}"
    "(?P<after>以上|及以上|以内|以下)?"
)
_ALONE = {
    **dict.fromkeys(("增长", "提升", "提高", "上升", "同比增长", "同比提升", "同比上升"), Sense.RISES),
    **dict.fromkeys(("下降", "降低", "压减", "同比下降", "同比降低"), Sense.FALLS),
    "上年同期": Sense.OF_LAST_YEAR,
}
_AT_MOST = ("≤", "<=", "不高于", "不超过", "不多于", "控制在")


def target_text(target: TargetWords, *, share: bool) -> str:
    """Return words that `read_target` understands as this target: a share as per cent where that says it exactly."""
    if target.increases:
        return _change_text(target.at_most, target.change_by)
    value = target.value or 0.0
    percent = f"{value * 100:.6g}%"
    read_back = read_target(percent, share=True) if share else None
    exact = percent if read_back is not None and read_back.value == value else f"{value!r}".removesuffix(".0")
    return f"{'≤' if target.at_most else ''}{exact}"


def _change_text(at_most: bool, change_by: float | None) -> str:
    if change_by is None:
        return "下降" if at_most else "增长"
    if change_by > 0:
        return f"{'下降' if at_most else '增长'}{change_by * 100:.6g}%"
    change = -change_by if at_most else change_by
    return "上年同期" + (f"{'+' if change > 0 else '-'}{abs(change) * 100:.6g}%" if change else "")


def read_target(text: str, *, share: bool) -> TargetSense | None:
    """Return what a target asks for, or None where its words are none; of a `share` a bare number above 1 is read as
    per cent, with a doubt.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("±", "+")
    if plain in _ALONE:
        return TargetSense(_ALONE[plain], None)
    match = _TARGET.fullmatch(plain)
    if match is None:
        return None
    before, after = match["before"] or "", match["after"] or ""
    sense = _ALONE.get(before.rstrip("+-"))
    if sense is None:
        sense = Sense.AT_MOST if before in _AT_MOST or after in ("以内", "以下") else Sense.AT_LEAST
    value = float(Fraction(match["number"]) / int(match["of"] or 1) / (100 if match["percent"] else 1))
    if before.endswith("-"):
        value = -value
    is_said = bool(before or after)
    if not share or sense not in (Sense.AT_LEAST, Sense.AT_MOST):
        return TargetSense(sense, value, is_said=is_said)
    if value > 1 and not match["percent"] and not match["of"]:
        doubt = f"目标“{text}”没有写百分号，按 {value:g}% 理解"
        return TargetSense(sense, value / 100, doubt, is_said) if value <= 100 else None
    return TargetSense(sense, value, is_said=is_said) if value <= 1 else None
