"""The settings: what is in force on a day with its history out; a change with a reason and the day from which it holds
in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from catalogue.settings import READING_LIMITS, SETTINGS
from data_access.database import Session, reading, writing
from data_access.plan_store import plan_at, plan_row
from data_access.settings import plan_settings_at, set_setting, setting_entries
from data_access.spreadsheets import DEFAULT as READING
from data_access.submissions import reports_in_force
from models.people import Role
from models.settings import InstalledLimit, Setting, SettingChange, SettingKind
from rules.as_of import SHANGHAI, day_of, end_of_day
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import district_state, settings_in_force
from services.figures.fold import COUNTED_BY_SETTING, keep_figures

FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class SettingInForce:
    """`since`, `reason`, `by` of the entry in force are empty where nothing was ever entered; `history` is newest
    first.
    """

    setting: Setting
    value: Any
    entry: SettingChange | None
    history: tuple[SettingChange, ...]

    @property
    def coming(self) -> tuple[SettingChange, ...]:
        """Entered already, not yet in force."""
        return self.history if self.entry is None else self.history[: self.history.index(self.entry)]


@requires_role(Role.BUREAU, Role.INSPECTOR)
def settings_as_of(as_of: date) -> tuple[SettingInForce, ...]:
    """Return the settings in the order of the list: dated ones as of the end of that day, the others as
    they are now.
    """
    with reading() as session:
        entries = [
            (entry.name, SettingChange(entry.value, entry.since, entry.reason, entry.by))
            for entry in setting_entries(session)
            if not entry.plan
        ]
    now = present()
    return tuple(
        _in_force(
            setting,
            [entry for name, entry in entries if name == setting.name],
            end_of_day(as_of) if setting.dated else now,
        )
        for setting in SETTINGS.values()
    )


@requires_role(Role.BUREAU, Role.INSPECTOR)
def plan_settings_as_of(plan: str, as_of: date) -> tuple[SettingInForce, ...]:
    """Return what a plan may have otherwise than the board, as of the end of a day; None as value: as the board has
    it.
    """
    end = end_of_day(as_of)
    with reading() as session:
        board = settings_in_force(session, end)
        entries = [
            (entry.name, SettingChange(entry.value, entry.since, entry.reason, entry.by))
            for entry in setting_entries(session)
            if entry.plan == plan
        ]
    return tuple(
        _in_force(
            _of_plan(setting, board[setting.name]), [entry for name, entry in entries if name == setting.name], end
        )
        for setting in SETTINGS.values()
        if setting.of_plan
    )


def _of_plan(setting: Setting, value: Any) -> Setting:
    """The setting where nothing said is the board's value."""
    return replace(setting, default=None, blank=f"与看板相同（{setting.words(value)}）")


def _in_force(setting: Setting, entries: list[SettingChange], end: datetime) -> SettingInForce:
    begun = [entry for entry in entries if entry.since is None or entry.since < end]
    entry = begun[-1] if begun else None
    return SettingInForce(setting, entry.value if entry else setting.default, entry, tuple(reversed(entries)))


@requires_role(Role.BUREAU, Role.INSPECTOR)
def reading_limits() -> tuple[tuple[InstalledLimit, int], ...]:
    """Return the reading limits of this installation, in the unit in which each is shown."""
    return tuple((limit, getattr(READING, limit.name) // limit.divisor) for limit in READING_LIMITS)


@requires_role(Role.BUREAU)
def change_setting(
    name: str, value: Any, *, reason: str, since: date | None = None, seen: int | None = None, plan: str = ""
) -> SettingChange:
    """Enter another value, from the beginning of `since` on (a dated setting) or from now; of a plan alone, None:
    as the board has it. `seen`: how many entries of it whoever enters had before them; None where they had none. Raises
    RefusedRequest, naming who was first where another changed it meanwhile.

    Days that are over are never judged anew; only the sample district, whose clock stands at the as-of date, may say
    any day.
    """
    setting = SETTINGS.get(name)
    if setting is None or setting.kind is SettingKind.FIXED:
        raise RefusedRequest(f"“{setting.title if setting else name}”不能在此更改。")
    if not reason.strip():
        raise RefusedRequest("请写明理由。")
    with writing() as session:
        if plan:
            _refuse_of_plan(session, setting, plan)
        if seen is not None:
            _refuse_overtaken(session, setting, seen, plan)
        instant = _effective(session, setting, since)
        before = _known(session, name, instant, plan)
        as_board = bool(plan) and value is None
        given = None if as_board else _checked(setting, value, plan_at(session, instant).year)
        if given == before:
            words = "与看板相同" if as_board else setting.words(given)
            raise RefusedRequest(f"“{setting.title}”在生效时本来就是{words}，无须更改。")
        set_setting(session, name, given, since=instant, reason=reason.strip(), by=current_user().name, plan=plan)
        session.flush()
        _fold_again(session, name, instant)
        log(
            session,
            "setting",
            f"{setting.title}{f'（方案 {plan}）' if plan else ''}",
            before=before,
            after=given,
            detail={
                "setting": name,
                "since": instant.isoformat(),
                "reason": reason.strip(),
                **({"plan": plan} if plan else {}),
            },
        )
    return SettingChange(given, instant, reason.strip(), current_user().name)


def _known(session: Session, name: str, instant: datetime, plan: str) -> Any:
    """What is in force at an instant; of a plan None where it is as the board has it."""
    after = instant + timedelta(microseconds=1)
    return plan_settings_at(session, after, plan).get(name) if plan else settings_in_force(session, after)[name]


def _refuse_of_plan(session: Session, setting: Setting, plan: str) -> None:
    if not setting.of_plan:
        raise RefusedRequest(f"“{setting.title}”是看板的设置，不能单为一个方案更改。")
    if plan_row(session, plan) is None:
        raise RefusedRequest(f"库中没有编号为“{plan}”的方案。")


def _refuse_overtaken(session: Session, setting: Setting, seen: int, plan: str) -> None:
    entries = sorted(
        (entry for entry in setting_entries(session) if (entry.name, entry.plan) == (setting.name, plan)),
        key=lambda e: e.id or 0,
    )
    if len(entries) > seen:
        last = entries[-1]
        words = "与看板相同" if plan and last.value is None else setting.words(last.value)
        raise RefusedRequest(
            f"“{setting.title}”刚才已由{last.by}改为{words}（理由：{last.reason}），"
            "您的更改没有保存；请看过后再决定是否更改。"
        )


def _effective(session: Session, setting: Setting, since: date | None) -> datetime:
    now = present().astimezone(SHANGHAI)
    today = day_of(now)
    if since is None or since == today:
        return now
    if not setting.dated:
        raise RefusedRequest(f"“{setting.title}”更改后立即生效，不能另定日期。")
    if not settings_in_force(session, now)["sample_data"]:
        if since < today:
            raise RefusedRequest(f"只能自今天（{today}）或以后的日期起生效，已经过去的日期不重新判定。")
        if since > today + FARTHEST:
            raise RefusedRequest("生效日期不能晚于一年以后。")
    return datetime.combine(since, time(), SHANGHAI)


def _checked(setting: Setting, value: Any, year: int) -> Any:
    """The value as it is stored. Raises RefusedRequest where it is out of bounds."""
    match setting.kind:
        case SettingKind.NUMBER:
            return _number(setting, value)
        case SettingKind.TEXT:
            return _words(setting, value)
        case SettingKind.YES_NO:
            return _yes_or_no(setting, value)
        case SettingKind.MONTH:
            return _month(setting, value, year)
        case _:
            return _day(setting, value)


def _number(setting: Setting, value: Any) -> int:
    if type(value) is not int or not setting.lowest <= value <= setting.highest:
        raise RefusedRequest(f"“{setting.title}”应为 {setting.lowest} 至 {setting.highest} 的整数（{setting.unit}）。")
    return value


def _words(setting: Setting, value: Any) -> str:
    text = str(value or "").strip()
    if len(text) > setting.highest or not text.isprintable():
        raise RefusedRequest(f"“{setting.title}”最多 {setting.highest} 个字，不能换行。")
    if not text and setting.default and setting.blank is None:
        raise RefusedRequest(f"“{setting.title}”不能留空。")
    if lacking := [part for part in setting.holds if part not in text]:
        raise RefusedRequest(f"“{setting.title}”中应写有{'、'.join(lacking)}。")
    return text


def _yes_or_no(setting: Setting, value: Any) -> bool:
    if type(value) is not bool:
        raise RefusedRequest(f"“{setting.title}”应为是或否。")
    return value


def _month(setting: Setting, value: Any, year: int) -> str | None:
    if value in (None, ""):
        return None
    months = [f"{year}-{number:02d}" for number in range(1, 13)]
    if value not in months:
        raise RefusedRequest(f"“{setting.title}”应为方案年度（{year} 年）内的月份，写成 {year}-06 的形式。")
    return str(value)


def _day(setting: Setting, value: Any) -> str | None:
    if value in (None, ""):
        return None
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise RefusedRequest(f"“{setting.title}”应为日期，写成 2023-08-22 的形式。") from None
    if not 2000 <= day.year <= 2099:
        raise RefusedRequest(f"“{setting.title}”应在 2000 年至 2099 年之间。")
    return day.isoformat()


def _fold_again(session: Session, name: str, instant: datetime) -> None:
    """The figures of which due days are counted by this setting, from the instant on; what held before stays."""
    dataset = COUNTED_BY_SETTING.get(name)
    reports = reports_in_force(session, instant, dataset=dataset) if dataset else []
    if dataset and reports:
        first = min(report.month for report in reports)
        keep_figures(
            session, dataset, {report.unit_id for report in reports}, instant, first, district_state(session, instant)
        )
