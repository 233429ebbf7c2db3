"""rectification: opened, answered, reviewed, extended, reopened, withdrawn, listed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from commands.arguments import Commands, day, instant
from commands.chinese_arguments import Parser
from commands.output import DONE, content, tell
from models.lamps import FACES
from models.people import Role
from models.rectifications import CAUSES
from services.access.current_user import acting_as, current_user
from services.access.refusal import RefusedRequest
from services.board.district import today
from services.rectifications.acts import (
    Opening,
    RectificationStatus,
    accept,
    answer,
    extend,
    open_rectification,
    reopen,
    return_answer,
    withdraw,
)
from services.rectifications.course import unit_of
from services.rectifications.ledger import rectifications_as_of
from services.rectifications.ledger_json import ledger_json, status_json


def add_to(commands: Commands) -> None:
    acts = commands.group("rectification", "整改：立项、台账、答复、复核、延期、重新整改、终止")

    opened = acts.add("open", _open, "整改立项")
    opened.add_argument("--unit", required=True, metavar="单位", help="责任单位")
    opened.add_argument("--issue", required=True, metavar="问题", help="要整改的问题")
    opened.add_argument("--requirement", default="", metavar="要求", help="整改要求")
    until = opened.add_mutually_exclusive_group()
    until.add_argument("--due", type=day, metavar="日期", help="整改时限，如 2023-10-16")
    until.add_argument("--days", type=int, metavar="天数", help="立项后多少个工作日，缺省按设置")
    opened.add_argument("--source", default="other", metavar="来源", help="如 measure:1.3.2、spot-check:2023-1:编号")
    _at(opened)

    listed = acts.add("list", _list, "整改台账")
    listed.add_argument("--as-of", type=day, metavar="日期", help="截至日期，缺省为今天")
    listed.add_argument("--unit", metavar="单位", help="只列一个单位")

    answered = _act(acts, "answer", _answer, "代责任单位录入答复")
    answered.add_argument("--text", required=True, metavar="答复", help="整改措施和结果")
    answered.add_argument("--completed", type=day, metavar="日期", help="完成日期")
    answered.add_argument("--cause", metavar="原因", help="、".join(CAUSES))
    answered.add_argument("--file", type=Path, nargs="+", action="extend", default=[], metavar="文件", help="证明材料")

    reviewed = _act(acts, "review", _review, "复核答复")
    decision = reviewed.add_mutually_exclusive_group(required=True)
    decision.add_argument("--accept", action="store_true", help="属实，销号")
    decision.add_argument("--return", dest="returned", metavar="理由", help="退回")
    reviewed.add_argument("--due", type=day, metavar="日期", help="退回时另定的时限")

    extended = _act(acts, "extend", _extend, "延期")
    extended.add_argument("--until", type=day, required=True, metavar="日期", help="延至哪一天")
    extended.add_argument("--reason", required=True, metavar="理由", help="延期理由")
    extended.add_argument("--applied", type=day, metavar="日期", help="申请日期，缺省为办理当天")

    reopened = _act(acts, "reopen", _reopen, "重新整改")
    reopened.add_argument("--due", type=day, required=True, metavar="日期", help="新的时限")
    reopened.add_argument("--reason", required=True, metavar="理由", help="重新整改的理由")

    withdrawn = _act(acts, "withdraw", _withdraw, "终止")
    withdrawn.add_argument("--reason", required=True, metavar="理由", help="终止理由")


def _act(acts: Commands, name: str, run: Callable[[argparse.Namespace], int], text: str) -> Parser:
    parser = acts.add(name, run, text)
    parser.add_argument("number", metavar="编号", help="如 2023-1")
    _at(parser)
    return parser


def _at(parser: Parser) -> None:
    parser.add_argument("--at", type=instant, metavar="时间", help="补录历史，缺省为现在")


def _open(arguments: argparse.Namespace) -> int:
    opening = Opening(
        arguments.unit,
        arguments.issue,
        arguments.requirement,
        arguments.source,
        arguments.due,
        arguments.days,
    )
    return _told(arguments, open_rectification(opening, at=arguments.at))


def _list(arguments: argparse.Namespace) -> int:
    ledger = rectifications_as_of(arguments.as_of or today(), arguments.unit)
    tell(
        arguments,
        ledger_json(ledger),
        lambda: (
            [
                "\t".join(
                    (
                        item.number,
                        FACES[item.lamp].word,
                        item.unit,
                        item.course.state.word,
                        f"时限 {item.course.due}",
                        item.issue,
                    )
                )
                for item in ledger.rectifications
            ]
            or ["截至该日没有整改事项。"]
        ),
    )
    return DONE


def _answer(arguments: argparse.Namespace) -> int:
    files = [(path.name, content(path)) for path in arguments.file]
    person = replace(current_user(), role=Role.UNIT, unit=unit_of(arguments.number))
    with acting_as(person):  # whoever has the server may act for a unit; the name in the log says who it was
        status = answer(
            arguments.number,
            text=arguments.text,
            completed_on=arguments.completed,
            cause=arguments.cause,
            files=files,
            at=arguments.at,
        )
    return _told(arguments, status)


def _review(arguments: argparse.Namespace) -> int:
    if arguments.accept and arguments.due:
        raise RefusedRequest("只有退回时可以另定时限，销号不写 --due。")
    if arguments.accept:
        return _told(arguments, accept(arguments.number, at=arguments.at))
    status = return_answer(arguments.number, reason=arguments.returned, due=arguments.due, at=arguments.at)
    return _told(arguments, status)


def _extend(arguments: argparse.Namespace) -> int:
    status = extend(
        arguments.number,
        until=arguments.until,
        reason=arguments.reason,
        applied_on=arguments.applied,
        at=arguments.at,
    )
    return _told(arguments, status)


def _reopen(arguments: argparse.Namespace) -> int:
    return _told(arguments, reopen(arguments.number, due=arguments.due, reason=arguments.reason, at=arguments.at))


def _withdraw(arguments: argparse.Namespace) -> int:
    return _told(arguments, withdraw(arguments.number, reason=arguments.reason, at=arguments.at))


def _told(arguments: argparse.Namespace, status: RectificationStatus) -> int:
    tell(arguments, status_json(status), lambda: _lines(status))
    return DONE


def _lines(status: RectificationStatus) -> list[str]:
    line = f"整改 {status.number}（{status.unit}）{status.state.word}，时限 {status.due}。"
    return [line, *([status.remark] if status.remark else [])]
