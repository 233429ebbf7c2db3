"""remind, notice, ics, todo, pack: what stands against units and what is sent about it."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from catalogue.cases import CASE_KINDS
from commands.arguments import Commands, add_plan, day, instant
from commands.output import DONE, refuse_unwritable, tell, write
from models.lamps import FACES
from models.notices import Level, Notice
from models.people import Role
from rules.notices.matters import of_one_plan
from rules.numbering import number_printed
from services.access.chosen_plan import asking_of
from services.access.current_user import acting_as, current_user
from services.access.refusal import RefusedRequest
from services.board.district import today
from services.figures.unit_names import unit_named
from services.notices.deadline_calendar import calendar_json, deadline_calendar
from services.notices.documents import notice_file, pack_file
from services.notices.meeting_pack import meeting_pack, pack_json
from services.notices.notices import listed_json, notice_json, notices_as_of, receive_notice, send_notice
from services.notices.reminders import UnitReminder, reminders_as_of, reminders_json
from services.notices.to_do import to_do, to_do_json

LEVELS = [level.value for level in Level]
ROLES = "、".join(f"{role.value}（{role.word}）" for role in Role)


def add_to(commands: Commands) -> None:
    remind = commands.add("remind", _remind, "各单位的催办事项和建议的下一步")
    remind.add_argument("--as-of", type=day, required=True, metavar="日期", help="截至日期")
    remind.add_argument("--unit", metavar="单位", help="只列一个单位")
    add_plan(remind)

    notices = commands.group("notice", "催办单、督办单：发出、签收、清单")
    sent = notices.add("send", _send, "发出催办单或督办单")
    sent.add_argument("--unit", required=True, metavar="单位", help="发给哪个单位")
    sent.add_argument("--level", required=True, choices=LEVELS, help="催办 remind，督办 supervise")
    sent.add_argument("--matter", required=True, nargs="+", action="extend", metavar="事项", help="如 measure:1.2.1")
    sent.add_argument("--reply-by", required=True, type=day, metavar="日期", help="答复期限")
    sent.add_argument("--text", default="", metavar="要求", help="办理要求")
    sent.add_argument("--out", type=Path, metavar="文件", help="通知写到哪个 .docx")
    sent.add_argument("--at", type=instant, metavar="时间", help="补录历史，缺省为现在")

    received = notices.add("receive", _receive, "代责任单位签收")
    received.add_argument("number", metavar="编号", help="如 2023-1")
    received.add_argument("--unit", required=True, metavar="单位", help="哪个单位签收")
    received.add_argument("--at", type=instant, metavar="时间", help="补录历史，缺省为现在")

    listed = notices.add("list", _list, "已发出的催办单、督办单")
    listed.add_argument("--as-of", type=day, metavar="日期", help="截至日期，缺省为今天")
    listed.add_argument("--unit", metavar="单位", help="只列一个单位")

    ics = commands.add("ics", _ics, "期限日历（.ics）")
    whose = ics.add_mutually_exclusive_group(required=True)
    whose.add_argument("--unit", metavar="单位", help="一个单位的日历")
    whose.add_argument("--all", action="store_true", help="全区的日历")
    ics.add_argument("--as-of", type=day, required=True, metavar="日期", help="截至日期")
    add_plan(ics)
    ics.add_argument("--out", type=Path, metavar="文件", help="写到哪里，缺省写到标准输出")

    waiting = commands.add("todo", _to_do, "待办")
    waiting.add_argument("--role", required=True, choices=[role.value for role in Role], metavar="角色", help=ROLES)
    waiting.add_argument("--unit", metavar="单位", help="角色为 unit 时必填")
    waiting.add_argument("--as-of", type=day, required=True, metavar="日期", help="截至日期")

    pack = commands.add("pack", _pack, "会议材料")
    pack.add_argument("--as-of", type=day, required=True, metavar="日期", help="截至日期")
    pack.add_argument("--since", type=day, required=True, metavar="日期", help="上次会议的日期")
    pack.add_argument("--unit", metavar="单位", help="只做一个单位")
    pack.add_argument("--out", type=Path, metavar="文件", help="写到哪个 .docx")


def _remind(arguments: argparse.Namespace) -> int:
    reminders = reminders_as_of(arguments.as_of, arguments.unit)
    tell(
        arguments,
        reminders_json(arguments.as_of, reminders),
        lambda: [line for reminder in reminders for line in _reminder_lines(reminder)] or ["没有需要催办的事项。"],
    )
    return DONE


def _reminder_lines(reminder: UnitReminder) -> list[str]:
    cases = "、".join(
        f"{CASE_KINDS[numbers.kind].title}逾期 {numbers.overdue}、临期 {numbers.due_soon}" for numbers in reminder.cases
    )
    return [
        reminder.unit,
        *(
            f"  {FACES[step.matter.lamp].word}\t{step.matter.code}\t{step.matter.due}\t"
            f"建议{step.advice.suggestion.word}（{step.advice.reason}）"
            for step in reminder.steps
        ),
        *([f"  案件：{cases}"] if cases else []),
        *([f"  退回待重新报送：{'、'.join(reminder.returned)}"] if reminder.returned else []),
    ]


def _send(arguments: argparse.Namespace) -> int:
    refuse_unwritable(arguments.out)
    plan, matters = of_one_plan(arguments.matter)
    with asking_of(plan):
        notice = send_notice(
            arguments.unit,
            Level(arguments.level),
            matters,
            reply_by=arguments.reply_by,
            text=arguments.text,
            at=arguments.at,
        )
        if arguments.out is not None:
            write(arguments.out, notice_file(notice.number))
    file = str(arguments.out) if arguments.out else None
    tell(arguments, notice_json(notice, file), lambda: [f"已发出{_line(notice)}"])
    return DONE


def _receive(arguments: argparse.Namespace) -> int:
    unit = unit_named(arguments.unit)
    person = replace(current_user(), role=Role.UNIT, unit=unit)
    with acting_as(person):  # whoever has the server may act for a unit; the name in the log says who it was
        notice = receive_notice(arguments.number, unit, at=arguments.at)
    tell(arguments, listed_json(notice), lambda: [f"已签收{_line(notice)}"])
    return DONE


def _list(arguments: argparse.Namespace) -> int:
    notices = notices_as_of(arguments.as_of or today(), arguments.unit)
    tell(
        arguments,
        {"notices": [listed_json(notice) for notice in notices]},
        lambda: [_line(notice) for notice in notices] or ["截至该日没有发出催办单、督办单。"],
    )
    return DONE


def _line(notice: Notice) -> str:
    state = "已办结" if notice.settled else "已签收" if notice.received_at else "未签收"
    return (
        f"{number_printed(notice.level.word, notice.number)}\t{notice.unit}\t{'、'.join(notice.matters)}\t"
        f"{notice.reply_by} 前答复\t{state}"
    )


def _ics(arguments: argparse.Namespace) -> int:
    calendar = deadline_calendar(arguments.as_of, arguments.unit)
    if arguments.out is not None:
        write(arguments.out, calendar.content)
    if arguments.json or arguments.out is not None:
        left_out = [f"{item.code}：未录入{item.year}年工作日历，未列入。" for item in calendar.left_out]
        tell(arguments, dict(calendar_json(calendar)), lambda: [f"期限 {len(calendar.events)} 项。", *left_out])
    else:
        sys.stdout.write(calendar.content.decode())
    return DONE


def _to_do(arguments: argparse.Namespace) -> int:
    role = Role(arguments.role)
    if role is Role.UNIT and not arguments.unit:
        raise RefusedRequest("请用 --unit 写明是哪个单位的待办。")
    items = to_do(arguments.as_of, role=role, unit=arguments.unit)
    tell(
        arguments,
        to_do_json(arguments.as_of, role, items),
        lambda: [item.words for item in items] or ["没有待办。"],
    )
    return DONE


def _pack(arguments: argparse.Namespace) -> int:
    pack = meeting_pack(arguments.as_of, arguments.since, arguments.unit)
    if arguments.out is not None:
        write(arguments.out, pack_file(pack))
    tell(
        arguments,
        pack_json(pack),
        lambda: [
            line for page in pack.units for line in (page.unit, *(f"  {question.text}" for question in page.questions))
        ],
    )
    return DONE
