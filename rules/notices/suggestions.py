"""From a matter, the notices sent about it and the days on which a bulletin named it to the next step with its reason.

Nothing is done by it: a person takes the step or says why not. Source: supervision.md 5.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from models.lamps import Lamp
from models.notices import Advice, Level, SentNotice, Suggestion
from rules.working_days import Calendar

LAST_PLACES = 3
IN_A_ROW = 2


def advise(
    lamp: Lamp,
    sent: Sequence[SentNotice],
    named_on: Iterable[date],
    as_of: date,
    calendar: Calendar,
    talk_days: int = 5,
) -> Advice:
    """Return the next step at the end of a day. `sent` and `named_on` (days of issue of the bulletins that name the
    matter) hold what happened by then.
    """
    if not sent:
        return Advice(Suggestion.REMIND, "尚未催办")
    if lamp is Lamp.DUE_SOON:
        return Advice(Suggestion.WAIT, "已催办，尚未到期")
    level = Level.SUPERVISE if any(notice.level is Level.SUPERVISE for notice in sent) else Level.REMIND
    reply_by = max(notice.reply_by for notice in sent if notice.level is level)
    if reply_by >= as_of:
        return Advice(Suggestion.WAIT, f"已{level.word}，限 {reply_by} 前答复")
    if level is Level.REMIND:
        return Advice(Suggestion.SUPERVISE, f"已催办，{reply_by} 到期未办结")
    issued_on = min((day for day in named_on if reply_by < day <= as_of), default=None)
    if issued_on is None:
        return Advice(Suggestion.BULLETIN, f"已督办，{reply_by} 到期未办结")
    days, not_entered = calendar.about_working_days_between(issued_on, as_of)
    if not_entered:
        years = "、".join(f"{year}年" for year in not_entered)
        return Advice(
            Suggestion.WAIT, f"{issued_on} 已通报，未录入{years}工作日历，不能推算是否已满 {talk_days} 个工作日"
        )
    if days < talk_days:
        return Advice(Suggestion.WAIT, f"{issued_on} 已通报，尚不足 {talk_days} 个工作日")
    return Advice(Suggestion.TALK, f"{issued_on} 通报后已过 {days} 个工作日仍未办结")


def talk_is_due(places: Sequence[Sequence[str]], unit: str) -> bool:
    """Return whether a unit is among the last three of the ranking of the last two bulletins. `places`: for each
    bulletin, the oldest first, the ranked units from the first place to the last.
    """
    latest = places[-IN_A_ROW:]
    return len(latest) == IN_A_ROW and all(unit in ranked[-LAST_PLACES:] for ranked in latest)
