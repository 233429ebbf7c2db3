"""The audit log for those who watch: from words, person, action and days to entries newest first, the state of the
chain and a workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from data_access import audit
from data_access.audit_guards import missing_guards
from data_access.database import noting, reading
from data_access.table_workbook import SheetTable, Value, table_workbook
from models.audit import ACTIONS, AuditQuestion, LoggedAct
from rules.as_of import SHANGHAI, end_of_day
from rules.audit_chain import Break, ChainState, verified
from rules.audit_words import act_in_words, change_in_words, detail_in_words
from services.access.audit_log import log
from services.access.permission import WHO_SUPERVISES, requires_role

ON_A_PAGE = 50
MOST = 10_000
"""Entries in one workbook."""
HEADINGS = ("编号", "时间", "人员", "账号", "单位", "来源地址", "操作", "对象", "说明", "变更前后", "摘要（SHA-256）")


@dataclass(frozen=True)
class AuditPage:
    """`older`: before which number the next page begins; None on the last."""

    acts: tuple[LoggedAct, ...]
    older: int | None


@requires_role(*WHO_SUPERVISES)
def find_acts(question: AuditQuestion) -> AuditPage:
    """Return one page of acts; it costs the same however long the log is, unless nearly nothing in it answers."""
    with reading() as session:
        acts = audit.find(session, question, ON_A_PAGE + 1)
    return AuditPage(tuple(acts[:ON_A_PAGE]), acts[ON_A_PAGE - 1].number if len(acts) > ON_A_PAGE else None)


@requires_role(*WHO_SUPERVISES)
def log_length() -> tuple[int, str]:
    """Return how many entries there must be, and the digest of the last."""
    with reading() as session:
        return audit.head(session) or (0, "")


@requires_role(*WHO_SUPERVISES)
def verify_log(known: Sequence[tuple[int, str]] = ()) -> ChainState:
    """Follows the chain from the first entry to the last, past every number and digest kept elsewhere, and looks at the
    triggers.
    """
    with reading() as session:
        state = verified(audit.acts(session), audit.head(session), known)
        return replace(state, unguarded=missing_guards(session))


def days(first: date | None, last: date | None) -> AuditQuestion:
    """Return a question for the days from `first` to `last`, both included."""
    return AuditQuestion(
        since=end_of_day(first - timedelta(days=1)) if first else None, until=end_of_day(last) if last else None
    )


@requires_role(*WHO_SUPERVISES)
def audit_workbook(question: AuditQuestion) -> bytes:
    """Return the acts that answer the question as an .xlsx, at most MOST of them, which it says; the export itself is
    logged.
    """
    with noting() as session:
        acts = audit.find(session, replace(question, before=None), MOST + 1)
        log(session, "export audit", "audit", detail={"entries": min(len(acts), MOST), **_as_detail(question)})
    rows = [_row(act) for act in acts[:MOST]]
    if len(acts) > MOST:
        rows.append((*[None] * 8, f"只导出最新的 {MOST:,} 条，请缩小查询范围后再导出更早的条目。", None, None))
    return table_workbook([SheetTable("审计日志", HEADINGS, rows)])


def _as_detail(question: AuditQuestion) -> dict[str, str]:
    given = {
        "words": question.words,
        "person": question.person,
        "action": question.action,
        "since": question.since and question.since.isoformat(),
        "until": question.until and question.until.isoformat(),
    }
    return {name: value for name, value in given.items() if value}


def _row(act: LoggedAct) -> tuple[Value, ...]:
    return (
        act.number,
        act.at.astimezone(SHANGHAI).replace(tzinfo=None),
        act.by,
        act.account,
        act.unit,
        act.address,
        ACTIONS.get(act.action, act.action),
        act_in_words(act),
        detail_in_words(act),
        "；".join(change_in_words(act, MOST)),
        act.digest,
    )


def chain_in_words(state: ChainState) -> str:
    """Return “审计日志完整：共 713 条，最后一条的摘要为 ab12….” or the first entry that is wrong."""
    if state.whole:
        return f"审计日志完整：共 {state.entries} 条，最后一条的摘要为 {state.digest or '（空）'}。"
    if state.broken is None:
        return f"审计日志逐条相符，共 {state.entries} 条，但数据库中防改动的触发器缺失或被换掉：{'、'.join(state.unguarded)}。"  # noqa: E501
    return f"审计日志不完整：前 {state.entries} 条相符，{_what_is_wrong(state)}"


def chain_json(state: ChainState) -> dict[str, Any]:
    """Return what `manage.py audit verify --json` prints."""
    at = state.at
    broken = (
        None
        if state.broken is None
        else {
            "kind": state.broken,
            "entry": at and at.number,
            "at": at and at.at.isoformat(),
            "by": at and at.by,
            "account": at and at.account,
            "unit": at and at.unit,
            "action": at and at.action,
            "subject": at and at.subject,
        }
    )
    return {
        "whole": state.whole,
        "entries": state.entries,
        "digest": state.digest,
        "expected": state.expected,
        "broken": broken,
        "known": state.known,
        "unguarded": list(state.unguarded),
        "message": chain_in_words(state),
    }


def _what_is_wrong(state: ChainState) -> str:
    entry = f"编号 {state.at.number} 的条目（{_told(state.at)}）" if state.at else ""
    match state.broken:
        case Break.CHANGED:
            return f"{entry}被改动。"
        case Break.INSERTED:
            return f"{entry}是后来插入的。"
        case Break.REMOVED:
            return f"{entry}之前有条目被删除。"
        case Break.KNOWN:
            return f"{entry}与另存的摘要不符。" if state.at else f"另存的第 {state.known} 条已不存在，末尾被删除。"
        case Break.TAIL:
            return f"末尾缺少 {(state.expected or 0) - state.entries} 条。"
        case _:
            return "日志头丢失或被改动，与最后一条不符。"


def _told(act: LoggedAct) -> str:
    return f"{act.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S} {act.by} {ACTIONS.get(act.action, act.action)}"
