"""round, meeting, talk, instruction: what supervision does on the spot and at the table, entered and listed."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from commands.arguments import Commands, day, instant
from commands.chinese_arguments import Parser
from commands.output import DONE, tell
from models.instructions import Instruction, Subject
from models.meetings import Meeting, Promise, Talk
from models.rectifications import Rectification
from models.rounds import Round, RoundKind
from rules.as_of import day_of
from services.access.refusal import RefusedRequest
from services.board.district import today
from services.instructions.instructions import InstructionNotes, enter_instruction, instructions_as_of
from services.meetings.meetings import call_meeting, commit_at_meeting, meetings_as_of
from services.rounds.acts import (
    RoundPlan,
    change_round,
    conclude_round,
    drop_round,
    plan_round,
    start_round,
    visited_too_often,
)
from services.rounds.rounds import round_as_of, rounds_as_of
from services.talks.talks import TalkNotes, record_talk, talks_as_of

KINDS = "、".join(f"{kind.value}（{kind.word}）" for kind in RoundKind)


def add_to(commands: Commands) -> None:
    _add_rounds(commands)
    _add_meetings(commands)
    _add_talks(commands)
    _add_instructions(commands)


def _at(command: Parser) -> None:
    command.add_argument("--at", type=instant, metavar="时间", help="补录历史，缺省为现在")


def _as_of(command: Parser) -> None:
    command.add_argument("--as-of", type=day, metavar="日期", help="截至日期，缺省为今天")


def _units(command: Parser, *, needed: bool = True) -> None:
    command.add_argument(
        "--units", required=needed, nargs="+", action="extend", metavar="单位", help="一个或几个责任单位"
    )


def _add_rounds(commands: Commands) -> None:
    rounds = commands.group("round", "督查轮次：安排、开始、结束、取消、清单")
    planned = rounds.add("plan", _plan, "安排督查轮次")
    _add_round_options(planned, needed=True)
    planned.add_argument("--dry-run", action="store_true", help="只提示总量，不安排")
    _at(planned)

    changed = rounds.add("change", _change, "调整还没有开始的轮次，只写要改的")
    _add_round_options(changed, needed=False)
    changed.add_argument("--open", action="store_true", help="不再是四不两直")

    started = rounds.add("start", _start, "开始")
    concluded = rounds.add("conclude", _conclude, "结束，写明对每个单位的结论")
    concluded.add_argument(
        "--conclusion", required=True, nargs="+", action="extend", metavar="单位=结论", help="每个单位一项"
    )
    dropped = rounds.add("drop", _drop, "取消")
    dropped.add_argument("--reason", required=True, metavar="理由", help="取消的理由")
    for step in (changed, started, concluded, dropped):
        step.add_argument("number", metavar="编号", help="如 2023-1")
        _at(step)
    _as_of(rounds.add("list", _list_rounds, "督查轮次清单"))


def _add_round_options(command: Parser, *, needed: bool) -> None:
    command.add_argument("--name", required=needed, metavar="名称", help="轮次名称")
    command.add_argument("--kind", required=needed, choices=[kind.value for kind in RoundKind], help=KINDS)
    command.add_argument("--from", dest="starts_on", required=needed, type=day, metavar="日期", help="自哪一天")
    command.add_argument("--to", dest="ends_on", required=needed, type=day, metavar="日期", help="至哪一天")
    _units(command, needed=needed)
    command.add_argument("--leader", required=needed, metavar="组长", help="组长")
    for name, metavar, words in (
        ("members", "成员", "成员"),
        ("areas", "领域", "领域，如 hotline"),
        ("tasks", "任务", "任务，如 1.2"),
    ):
        command.add_argument(f"--{name}", nargs="+", action="extend", metavar=metavar, help=words)
    command.add_argument("--scheme", metavar="方案", help="督查方案")
    command.add_argument("--basis", dest="legal_basis", metavar="依据", help="法律依据")
    command.add_argument("--sealed", action="store_true", default=None, help="四不两直，结束前保密")


def _add_meetings(commands: Commands) -> None:
    meetings = commands.group("meeting", "督查会议：登记、交办、清单")
    called = meetings.add("call", _call, "登记会议")
    called.add_argument("--name", required=True, metavar="名称", help="会议名称")
    called.add_argument("--day", required=True, type=day, metavar="日期", help="会议日期")
    _units(called)
    called.add_argument("--since", type=day, metavar="日期", help="材料与哪一天相比，缺省为上次会议")
    _at(called)
    committed = meetings.add("commit", _commit, "登记一项交办，立为整改")
    committed.add_argument("number", metavar="编号", help="如 2023-1")
    committed.add_argument("--unit", required=True, metavar="单位", help="哪个单位")
    committed.add_argument("--text", required=True, metavar="事项", help="交办事项")
    committed.add_argument("--due", required=True, type=day, metavar="日期", help="时限")
    _at(committed)
    _as_of(meetings.add("list", _list_meetings, "督查会议清单"))


def _add_talks(commands: Commands) -> None:
    talks = commands.group("talk", "约谈：登记、清单")
    recorded = talks.add("record", _record, "登记约谈")
    recorded.add_argument("--unit", required=True, metavar="单位", help="约谈哪个单位")
    recorded.add_argument("--day", required=True, type=day, metavar="日期", help="约谈日期")
    recorded.add_argument("--attendees", required=True, metavar="人员", help="约谈人和被约谈人")
    recorded.add_argument("--reason", required=True, metavar="事由", help="约谈事由")
    recorded.add_argument("--text", required=True, metavar="内容", help="约谈内容")
    recorded.add_argument(
        "--promise", nargs="+", action="extend", default=[], metavar="日期=事项", help="承诺事项，立为整改"
    )
    _at(recorded)
    _as_of(talks.add("list", _list_talks, "约谈清单"))


def _add_instructions(commands: Commands) -> None:
    instructions = commands.group("instruction", "批示：登记、清单")
    entered = instructions.add("enter", _enter, "登记批示，每个办理单位立一件整改")
    entered.add_argument("--leader", required=True, metavar="领导", help="批示人")
    entered.add_argument("--day", required=True, type=day, metavar="日期", help="批示日期")
    entered.add_argument("--text", required=True, metavar="内容", help="批示内容")
    _units(entered)
    entered.add_argument("--due", required=True, type=day, metavar="日期", help="办理时限")
    about = entered.add_mutually_exclusive_group()
    about.add_argument("--measure", metavar="举措", help="批示在哪项举措的红绿灯上，如 1.2.2")
    about.add_argument("--bulletin", metavar="编号", help="批示在哪期通报上，如 2023-1")
    _at(entered)
    _as_of(instructions.add("list", _list_instructions, "批示清单"))


def _options(arguments: argparse.Namespace) -> dict[str, Any]:
    """Field of a RoundPlan → what was typed for it; what was left out is not there."""
    names = (field.name for field in fields(RoundPlan))
    typed = {name: value for name in names if (value := getattr(arguments, name)) is not None}
    return typed | {"kind": RoundKind(typed["kind"])} if "kind" in typed else typed


def _plan(arguments: argparse.Namespace) -> int:
    plan = RoundPlan(**_options(arguments))
    if arguments.dry_run:
        excesses = visited_too_often(plan, today())
        tell(arguments, {"number": None, "told": list(excesses)}, lambda: list(excesses) or ["没有超过总量的单位。"])
        return DONE
    return _tell_set(arguments, *plan_round(plan, at=arguments.at))


def _change(arguments: argparse.Namespace) -> int:
    options = _options(arguments) | ({"sealed": False} if arguments.open else {})
    plan = replace(
        RoundPlan.of(round_as_of(arguments.number, day_of(arguments.at) if arguments.at else today())), **options
    )
    return _tell_set(arguments, *change_round(arguments.number, plan, at=arguments.at))


def _tell_set(arguments: argparse.Namespace, item: Round, excesses: Sequence[str]) -> int:
    tell(arguments, round_json(item) | {"told": list(excesses)}, lambda: [_round_line(item), *excesses])
    return DONE


def _start(arguments: argparse.Namespace) -> int:
    return _tell_round(arguments, start_round(arguments.number, at=arguments.at))


def _conclude(arguments: argparse.Namespace) -> int:
    conclusions = dict(_pair(text, "单位=结论") for text in arguments.conclusion)
    return _tell_round(arguments, conclude_round(arguments.number, conclusions, at=arguments.at))


def _drop(arguments: argparse.Namespace) -> int:
    return _tell_round(arguments, drop_round(arguments.number, reason=arguments.reason, at=arguments.at))


def _tell_round(arguments: argparse.Namespace, item: Round) -> int:
    tell(arguments, round_json(item), lambda: [_round_line(item)])
    return DONE


def _list_rounds(arguments: argparse.Namespace) -> int:
    items = rounds_as_of(arguments.as_of or today())
    tell(
        arguments,
        {"rounds": [round_json(item) for item in items]},
        lambda: [_round_line(item) for item in items] or ["截至该日没有安排督查轮次。"],
    )
    return DONE


def _round_line(item: Round) -> str:
    return f"{item.number}\t{item.name}\t{item.kind.word}\t{item.starts_on} 至 {item.ends_on}\t{item.state.word}"


def round_json(item: Round) -> dict[str, Any]:
    return {
        "number": item.number,
        "name": item.name,
        "kind": item.kind.value,
        "state": item.state.value,
        "from": item.starts_on.isoformat(),
        "to": item.ends_on.isoformat(),
        "areas": list(item.areas),
        "tasks": list(item.tasks),
        "units": list(item.units),
        "leader": item.leader,
        "members": list(item.members),
        "sealed": item.sealed,
        "conclusions": dict(item.conclusions),
        "attached": [{"kind": attached.kind.value, "number": attached.number} for attached in item.attached],
    }


def _call(arguments: argparse.Namespace) -> int:
    meeting = call_meeting(arguments.name, arguments.day, arguments.units, since=arguments.since, at=arguments.at)
    tell(arguments, _meeting_json(meeting), lambda: [_meeting_line(meeting)])
    return DONE


def _commit(arguments: argparse.Namespace) -> int:
    promise = Promise(arguments.unit, arguments.text, arguments.due)
    [status] = commit_at_meeting(arguments.number, [promise], at=arguments.at)
    answer = {"number": status.number, "unit": status.unit, "due": status.due.isoformat()}
    tell(arguments, answer, lambda: [f"已立项整改 {status.number}\t{status.unit}\t{status.due}"])
    return DONE


def _list_meetings(arguments: argparse.Namespace) -> int:
    meetings = meetings_as_of(arguments.as_of or today())
    tell(
        arguments,
        {"meetings": [_meeting_json(meeting) for meeting in meetings]},
        lambda: [_meeting_line(meeting) for meeting in meetings] or ["截至该日没有登记督查会议。"],
    )
    return DONE


def _meeting_line(meeting: Meeting) -> str:
    return f"{meeting.number}\t{meeting.name}\t{meeting.held_on}\t{len(meeting.units)} 个单位"


def _meeting_json(meeting: Meeting) -> dict[str, Any]:
    return {
        "number": meeting.number,
        "name": meeting.name,
        "day": meeting.held_on.isoformat(),
        "since": meeting.since.isoformat(),
        "units": list(meeting.units),
        "cancelled": meeting.cancelled,
        "commitments": [_numbered(item) for item in meeting.commitments],
    }


def _numbered(item: Rectification) -> Mapping[str, str]:
    return {"number": item.number, "unit": item.unit, "due": item.course.due.isoformat(), "lamp": item.lamp.value}


def _record(arguments: argparse.Namespace) -> int:
    promises = [(text, _day(written)) for written, text in (_pair(item, "日期=事项") for item in arguments.promise)]
    notes = TalkNotes(arguments.unit, arguments.day, arguments.attendees, arguments.reason, arguments.text, promises)
    talk = record_talk(notes, at=arguments.at)
    tell(arguments, _talk_json(talk), lambda: [_talk_line(talk)])
    return DONE


def _list_talks(arguments: argparse.Namespace) -> int:
    talks = talks_as_of(arguments.as_of or today())
    tell(
        arguments,
        {"talks": [_talk_json(talk) for talk in talks]},
        lambda: [_talk_line(talk) for talk in talks] or ["截至该日没有约谈记录。"],
    )
    return DONE


def _talk_line(talk: Talk) -> str:
    return f"{talk.number}\t{talk.unit}\t{talk.held_on}\t承诺 {len(talk.commitments)} 项"


def _talk_json(talk: Talk) -> dict[str, Any]:
    return {
        "number": talk.number,
        "unit": talk.unit,
        "day": talk.held_on.isoformat(),
        "attendees": talk.attendees,
        "reason": talk.reason,
        "text": talk.text,
        "commitments": [_numbered(item) for item in talk.commitments],
    }


def _enter(arguments: argparse.Namespace) -> int:
    about = arguments.measure or arguments.bulletin or ""
    subject = Subject.LAMP if arguments.measure else Subject.BULLETIN if arguments.bulletin else Subject.UNIT
    words = arguments.leader, arguments.day, arguments.text
    item = enter_instruction(InstructionNotes(*words, subject, arguments.units, arguments.due, about), at=arguments.at)
    tell(arguments, _instruction_json(item), lambda: [_instruction_line(item)])
    return DONE


def _list_instructions(arguments: argparse.Namespace) -> int:
    items = instructions_as_of(arguments.as_of or today())
    tell(
        arguments,
        {"instructions": [_instruction_json(item) for item in items]},
        lambda: [_instruction_line(item) for item in items] or ["截至该日没有登记批示。"],
    )
    return DONE


def _instruction_line(item: Instruction) -> str:
    return f"{item.number}\t{item.leader}\t{item.written_on}\t{'、'.join(item.units)}\t{item.due} 前"


def _instruction_json(item: Instruction) -> dict[str, Any]:
    return {
        "number": item.number,
        "leader": item.leader,
        "day": item.written_on.isoformat(),
        "text": item.text,
        "subject": item.subject.value,
        "about": item.about,
        "units": list(item.units),
        "due": item.due.isoformat(),
        "rectifications": [_numbered(opened) for opened in item.rectifications],
    }


def _pair(text: str, form: str) -> tuple[str, str]:
    """Raises RefusedRequest for what has no equals sign."""
    first, equals, second = text.partition("=")
    if not equals:
        raise RefusedRequest(f"“{text}”应写成“{form}”。")
    return first.strip(), second.strip()


def _day(text: str) -> date:
    try:
        return day(text)
    except argparse.ArgumentTypeError as wrong:
        raise RefusedRequest(str(wrong)) from wrong
