"""A backup restored aside and held against the board: its lamps, its audit log and its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from data_access.audit import acts, head, last_instant
from data_access.backup import NotABackup, restored_aside, rows_by_table
from data_access.database import (
    DatabaseFailure,
    data_version,
    embedded_path,
    is_initialised,
    looking_into,
    reading,
    upgrade,
)
from models.lamps import FACES, Lamp
from rules.as_of import day_of
from rules.audit_chain import ChainState
from rules.working_days import CalendarMissing
from services.access.permission import BUREAU_ALONE, requires_role
from services.access.refusal import RefusedRequest
from services.audit.search import verify_log
from services.board.district import opening_day
from services.board.scorecard import assess
from services.figures.refold import refold_where_needed

NEVER_REMOVED = ("stored_file", "submission", "report", "evidence", "verification", "withdrawal", "audit_entry")
"""Tables of which a later board has every row that an earlier one had."""

LampKey = tuple[str, str | None]


@dataclass(frozen=True)
class Contents:
    """What a database says of itself. `lamps`: measure and unit → lamp on the day; None where its calendar lacks it."""

    version: int
    entries: int
    digest: str
    rows: Mapping[str, int]
    lamps: Mapping[LampKey, Lamp] | None


@dataclass(frozen=True)
class VerifiedBackup:
    """`later`: entries that the board's log has beyond the backup's; None where there is no board to compare with.

    `turned`: how many lamps of the day stand otherwise on the board. `problems`: sentences; none where all is well.
    """

    day: date
    contents: Contents
    later: int | None
    turned: int
    problems: tuple[str, ...]


@requires_role(*BUREAU_ALONE)
def verify_backup(backup: Path) -> VerifiedBackup:
    """Restore it into a folder of its own, and compare. Raises RefusedRequest for what is no backup."""
    if not backup.is_file():
        raise RefusedRequest(f"打不开文件“{backup}”，请检查路径。")
    try:
        with restored_aside(backup) as copy, looking_into(copy):
            rows = rows_by_table(copy)
            upgrade()
            refold_where_needed()
            day = _day_to_compare()
            chain = verify_log()
            contents = _contents(day, rows)
    except NotABackup as error:
        raise RefusedRequest(f"“{backup}”不是完整的看板备份。") from error
    except (OSError, DatabaseFailure) as error:
        raise RefusedRequest("备份不能在旁边恢复，请检查临时目录的剩余空间。") from error
    problems = [] if chain.whole else [_broken(chain)]
    live = _board(day)
    if live is None:
        return VerifiedBackup(day, contents, None, 0, tuple(problems))
    turned = _turned(contents, live)
    problems += _against(contents, live, turned)
    return VerifiedBackup(day, contents, live.entries - contents.entries, turned, tuple(problems))


def _broken(chain: ChainState) -> str:
    return f"备份中的审计日志不完整：{chain.entries} 条之后不符，请用 audit verify 查明。"


def _day_to_compare() -> date:
    """The last day that was over when the backup was made; of a sample the day with which it opens."""
    with reading() as session:
        last = last_instant(session)
    opens = opening_day()
    return opens if last is None else min(opens, day_of(last) - timedelta(days=1))


def _contents(day: date, rows: Mapping[str, int]) -> Contents:
    with reading() as session:
        entries, digest = head(session) or (0, "")
    return Contents(data_version(), entries, digest, rows, _lamps(day))


def _lamps(day: date) -> Mapping[LampKey, Lamp] | None:
    try:
        return {(lamp.measure, lamp.unit): lamp.lamp for lamp in assess(day).lamps}
    except CalendarMissing:
        return None


def _board(day: date) -> Contents | None:
    """What the board says of itself; None where there is none that can be opened."""
    path = embedded_path()
    try:
        if path is None or not is_initialised():
            return None
        return _contents(day, rows_by_table(path))
    except DatabaseFailure:
        return None


def _turned(backup: Contents, live: Contents) -> int:
    if backup.lamps is None or live.lamps is None:
        return 0
    return sum(live.lamps.get(key) is not backup.lamps.get(key) for key in {*backup.lamps, *live.lamps})


def _against(backup: Contents, live: Contents, turned: int) -> list[str]:
    """What the board lacks of the backup, or says otherwise though nobody changed anything since."""
    problems = []
    if not _is_past_of_board(backup):
        problems.append("备份中审计日志的最后一条与现在的库不符：它不是这个库的备份，或者日志被改动过。")
    fewer = [table for table in NEVER_REMOVED if backup.rows.get(table, 0) > live.rows.get(table, 0)]
    if fewer:
        problems.append(f"现在的库比备份少记录：{'、'.join(fewer)}。")
    if turned and backup.version == live.version:
        problems.append(f"备份之后没有改动，却有 {turned} 盏灯与现在的库不同。")
    return problems


def _is_past_of_board(backup: Contents) -> bool:
    if not backup.entries:
        return True
    with reading() as session:
        for index, act in enumerate(acts(session), 1):
            if index == backup.entries:
                return bool(act.digest == backup.digest)
    return False


def verified_json(verified: VerifiedBackup) -> dict[str, Any]:
    """Return it as one document."""
    contents = verified.contents
    return {
        "as_of": verified.day.isoformat(),
        "audit": {"entries": contents.entries, "digest": contents.digest, "later": verified.later},
        "lamps": None if contents.lamps is None else {"counts": _counts(contents.lamps), "turned": verified.turned},
        "rows": dict(contents.rows),
        "problems": list(verified.problems),
    }


def _counts(lamps: Mapping[LampKey, Lamp]) -> dict[str, int]:
    counts = Counter(lamps.values())
    return {lamp.value: counts[lamp] for lamp in Lamp if counts[lamp]}


def verified_in_words(verified: VerifiedBackup) -> list[str]:
    """Return lines for people."""
    contents = verified.contents
    since = "没有现在的库可比" if verified.later is None else f"现在的库此后又有 {verified.later} 条"
    lines = [
        f"已在旁边恢复并读完，共 {sum(contents.rows.values()):,} 行。",
        f"审计日志 {contents.entries} 条，最后一条 {contents.digest[:16]}；{since}。",
    ]
    if contents.lamps is None:
        lines.append(f"未录入{verified.day.year}年工作日历，没有比较红绿灯。")
    else:
        counts = Counter(contents.lamps.values())
        words = "、".join(f"{FACES[lamp].word} {counts[lamp]}" for lamp in Lamp if counts[lamp])
        turned = f"，其中 {verified.turned} 盏此后有变" if verified.turned else ""
        lines.append(f"截至 {verified.day} 的灯：{words}{turned}。")
    return [*lines, *(verified.problems or ("没有发现问题。",))]
