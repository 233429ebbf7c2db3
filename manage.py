"""The command line: `python manage.py …`, for the bureau's batch work, for cron and for checking from outside.

Chinese for people; with --json one JSON document on standard output and nothing else there. Exit status: 0 done, 1 done
and problems were found, 2 refused, with one sentence on standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import pwd
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from catalogue.areas import AREAS
from chinese_arguments import REFUSED, Parser
from data_access.database import is_initialised
from models.lamps import FACES
from models.people import Person, Role
from models.validation import ValidationReport
from rules.as_of import parse_instant
from rules.targets import parse_target
from rules.working_days import CalendarMissing
from services.access.current_user import acting, acting_as
from services.access.refusal import RefusedRequest
from services.accounts.import_accounts import import_accounts
from services.accounts.register import (
    NewAccount,
    accounts,
    add_account,
    allow_single_sign_on,
    disable_account,
    enable_account,
    reset_password,
)
from services.accounts.ways_in import OPEN_TO_VISITORS, is_sample
from services.audit.search import chain_in_words, chain_json, verify_log
from services.board.lamps_json import lamps_asked_for, lamps_json
from services.figures.guide_rule_settings import rule_book_now
from services.figures.refold import refold
from services.guides.findings import findings
from services.intake.check_json import problem_json, report_json
from services.intake.check_lines import report_lines
from services.intake.checking import Request, check
from services.intake.templates import template
from services.intake.upload import submit
from services.milestones.verification import verify
from services.operations.backup import back_up, head_of_backup, restore
from services.operations.set_up import set_up
from services.plan.decisions import set_target, settle

DONE, PROBLEMS = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    try:
        if asked.run is not _init and asked.needs_database and not is_initialised():
            raise RefusedRequest("数据库尚未建立，请先运行 python manage.py init。")
        with acting_as(operator()):
            status: int = asked.run(asked)
    except (RefusedRequest, CalendarMissing) as refused:
        print(refused, file=sys.stderr)
        return REFUSED
    return status


def operator() -> Person:
    """Whoever may run commands on the server: whose process it is, and who signed in at the terminal where that is
    another (sudo).

    Asked of the system and not of LOGNAME or USER, which whoever runs a command sets at will.
    """
    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container's number without a name
        name = str(os.getuid())
    try:
        signed_in = os.getlogin()
    except OSError:  # cron and services have no terminal
        signed_in = name
    return Person(
        "管理局（命令行）", Role.BUREAU, address="命令行", login=name if signed_in == name else f"{name}（{signed_in}）"
    )


def _init(asked: argparse.Namespace) -> int:
    done = set_up(
        plan=asked.plan,
        units_file=asked.units,
        district=asked.district,
        sample=asked.sample,
        say=(lambda _: None) if asked.json else print,
    )
    _tell(
        asked,
        {"tasks": done.tasks, "units": done.units, "submissions": done.submissions, "doubts": list(done.doubts)},
        lambda: [f"方案 {done.tasks} 项任务，责任单位 {done.units} 个。", *(f"存疑：{doubt}" for doubt in done.doubts)],
    )
    return DONE


def _check(asked: argparse.Namespace) -> int:
    report = check(
        _content(asked.file), asked.file.name, Request(asked.dataset, asked.unit, asked.district, asked.month)
    )
    _tell(asked, report_json(report, asked.records), lambda: report_lines(report))
    return _status(report)


def _import(asked: argparse.Namespace) -> int:
    request = Request(asked.dataset, asked.unit, asked.district, asked.month)
    with acting_as(replace(acting(), name=asked.unit or acting().name)):  # whose workbook it is has reported it
        done = submit(_content(asked.file), asked.file.name, request, at=asked.at)
    report = done.report
    if report.refused is not None:
        nothing = {"submission": None, "revision": None, "unchanged": False, "records": 0}
        _tell(asked, report_json(report) | nothing, list)
        return _status(report)
    document = {
        "submission": done.submission,
        "revision": done.revision,
        "unchanged": done.unchanged,
        "accepted": done.submission is not None,
        "records": done.records,
        "errors": [problem_json(problem) for problem in report.problems],
    }
    _tell(
        asked,
        document,
        lambda: [*report_lines(report), _outcome(done.submission, done.revision, done.unchanged), *_sample_warning()],
    )
    return DONE if done.submission is not None else PROBLEMS


def _outcome(submission: int | None, revision: int | None, unchanged: bool) -> str:
    if submission is None:
        return "未报送：请改正后再报。"
    return (
        f"该文件已报送过（编号 {submission}），无变化。"
        if unchanged
        else f"已报送：编号 {submission}，第 {revision} 版。"
    )


def _lamps(asked: argparse.Namespace) -> int:
    card = lamps_asked_for(asked.as_of, unit=asked.unit, area=asked.area, task=asked.task)
    _tell(
        asked,
        lamps_json(card),
        lambda: [
            f"{FACES[lamp.lamp].shape or ' '} {FACES[lamp.lamp].word}\t{lamp.measure}\t{lamp.unit or '（未定单位）'}\t{lamp.reason}"  # noqa: E501
            for lamp in card.lamps
        ],
    )
    return DONE


def _guide_findings(asked: argparse.Namespace) -> int:
    report = check(_content(asked.file), asked.file.name, Request("guides", None, True))
    if report.refused is not None:
        _tell(asked, report_json(report, False), list)
        return _status(report)
    document = findings(report, rule_book_now().rules)
    _tell(
        asked,
        document,
        lambda: [f"{found['cell'] or ''}\t{found['rule']}\t{found['message']}" for found in document["findings"]],
    )
    return PROBLEMS if document["findings"] else DONE


def _template(asked: argparse.Namespace) -> int:
    content = template(asked.code)
    try:
        asked.out.write_bytes(content)
    except OSError as error:
        raise RefusedRequest(f"不能写入“{asked.out}”，请换一个位置。") from error
    _tell(asked, {"out": str(asked.out)}, lambda: [f"模板已写入 {asked.out}。"])
    return DONE


def _verify(asked: argparse.Namespace) -> int:
    state = verify(asked.measure, asked.unit, returned=asked.returned, at=asked.at or datetime.now(UTC))
    verified = state.verified_on is not None
    _tell(
        asked,
        {"measure": asked.measure, "unit": asked.unit, "verified": verified},
        lambda: ["已核验。" if verified else f"已退回：{asked.returned}"],
    )
    return DONE


def _settle(asked: argparse.Namespace) -> int:
    settle(
        asked.task,
        deadline=asked.deadline,
        unit_words=asked.units,
        reason=asked.reason,
        at=asked.at or datetime.now(UTC),
    )
    _tell(asked, {"task": asked.task, "settled": True}, lambda: [f"任务 {asked.task} 已裁定。"])
    return DONE


def _target(asked: argparse.Namespace) -> int:
    set_target(
        asked.indicator,
        target=asked.value,
        baseline=asked.baseline,
        reason=asked.reason,
        at=asked.at or datetime.now(UTC),
    )
    _tell(
        asked,
        {"indicator": asked.indicator, "value": asked.value, "baseline": asked.baseline},
        lambda: [f"指标 {asked.indicator} 的目标已更新。"],
    )
    return DONE


def _backup(asked: argparse.Namespace) -> int:
    entries, digest = back_up(asked.out)
    _tell(
        asked,
        {"out": str(asked.out), "audit": {"entries": entries, "digest": digest}},
        lambda: [f"已备份到 {asked.out}。", f"其中审计日志的最后一条：{entries}:{digest}"],
    )
    return DONE


def _restore(asked: argparse.Namespace) -> int:
    aside = restore(asked.file)
    _tell(
        asked,
        {"restored": str(asked.file), "kept": aside and str(aside)},
        lambda: [f"已从 {asked.file} 恢复。", *([f"原数据库保存在 {aside}。"] if aside else [])],
    )
    return DONE


def _refold(asked: argparse.Namespace) -> int:
    done = refold()
    _tell(
        asked,
        {"figures": done.figures, "breakdowns": done.breakdowns, "changed": done.changed},
        lambda: [
            f"已从报送记录重算：指标 {done.figures:,} 条，分类数据 {done.breakdowns:,} 条，"
            + ("与原来不同，已更正。" if done.changed else "与原来完全相同。")
        ],
    )
    return DONE


def _verify_audit_log(asked: argparse.Namespace) -> int:
    known = [*asked.known, *([head_of_backup(asked.backup)] if asked.backup else [])]
    state = verify_log(known)
    _tell(asked, chain_json(state), lambda: [chain_in_words(state)])
    return DONE if state.whole else PROBLEMS


def _account_add(asked: argparse.Namespace) -> int:
    return _passwords_told_once(
        asked, (add_account(asked.name, asked.person, asked.role, asked.unit, single_sign_on=asked.single_sign_on),)
    )


def _account_password(asked: argparse.Namespace) -> int:
    return _passwords_told_once(asked, (reset_password(asked.name),))


def _account_import(asked: argparse.Namespace) -> int:
    return _passwords_told_once(asked, import_accounts(_content(asked.file), asked.file.name))


def _passwords_told_once(asked: argparse.Namespace, new: Sequence[NewAccount]) -> int:
    _tell(
        asked,
        {"accounts": [vars(one) for one in new]},
        lambda: [
            "账号\t姓名\t初始密码（只显示这一次，首次登录时修改）",
            *(f"{one.name}\t{one.person}\t{one.password}" for one in new),
            *_sample_warning(),
        ],
    )
    return DONE


def _sample_warning() -> list[str]:
    return [OPEN_TO_VISITORS] if is_sample() else []


def _account_disable(asked: argparse.Namespace) -> int:
    disable_account(asked.name)
    _tell(
        asked, {"name": asked.name, "disabled": True}, lambda: [f"账号“{asked.name}”已停用，正在进行的登录已全部结束。"]
    )
    return DONE


def _account_enable(asked: argparse.Namespace) -> int:
    enable_account(asked.name)
    _tell(asked, {"name": asked.name, "disabled": False}, lambda: [f"账号“{asked.name}”已启用。"])
    return DONE


def _account_single_sign_on(asked: argparse.Namespace) -> int:
    allow_single_sign_on(asked.name, allowed=not asked.off)
    _tell(
        asked,
        {"name": asked.name, "single_sign_on": not asked.off},
        lambda: [
            f"账号“{asked.name}”"
            + ("已取消统一身份登录，绑定已解除，正在进行的登录已全部结束。" if asked.off else "已开通统一身份登录。")
        ],
    )
    return DONE


def _account_list(asked: argparse.Namespace) -> int:
    known = accounts()
    document = {
        "accounts": [
            {
                "name": one.name,
                "person": one.person,
                "role": one.role,
                "unit": one.unit,
                "disabled": one.disabled,
                "must_change": one.must_change,
                "single_sign_on": one.single_sign_on,
                "bound": one.bound,
                "last_sign_in": one.last_sign_in and one.last_sign_in.isoformat(),
            }
            for one in known
        ]
    }
    _tell(
        asked,
        document,
        lambda: (
            [
                "\t".join(
                    (
                        one.name,
                        one.person,
                        one.unit or one.role.word,
                        "已停用" if one.disabled else "初始密码未改" if one.must_change else "启用",
                    )
                )
                for one in known
            ]
            or ["尚无账号。"]
        ),
    )
    return DONE


def _status(report: ValidationReport) -> int:
    if report.refused is not None:
        print(report.refused.message, file=sys.stderr)
        return REFUSED
    return DONE if report.accepted else PROBLEMS


def _tell(asked: argparse.Namespace, document: dict[str, Any], lines: Callable[[], list[str]]) -> None:
    if asked.json:
        print(json.dumps(document, ensure_ascii=False))
    else:
        for line in lines():
            print(line)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RefusedRequest(f"打不开文件“{path}”，请检查路径。") from error


def _parser() -> Parser:
    parser = Parser(prog="manage.py", description="政务服务督查看板命令行")
    commands = parser.add_subparsers(required=True, metavar="命令", parser_class=Parser)

    def command(
        name: str, run: Callable[[argparse.Namespace], int], text: str, *, needs_database: bool = True
    ) -> Parser:
        added: Parser = commands.add_parser(name, help=text, description=text)
        added.add_argument("--json", action="store_true", help="输出一个 JSON 文档")
        added.set_defaults(run=run, needs_database=needs_database)
        return added

    init = command("init", _init, "建立或升级数据库")
    init.add_argument("--plan", type=Path, metavar="文件", help="任务分解表工作簿，缺省为随附的方案")
    init.add_argument("--units", type=Path, metavar="文件", help="责任单位工作簿")
    init.add_argument("--district", metavar="名称", help="本区名称，识别单位时略去")
    init.add_argument("--sample", action="store_true", help="装入示例区")

    for name, run, text in (("check", _check, "检查工作簿，不存储"), ("import", _import, "检查并报送工作簿")):
        one = command(name, run, text)
        one.add_argument("file", type=Path, metavar="文件", help="工作簿")
        one.add_argument("--dataset", metavar="代码", help="数据集代码")
        whose = one.add_mutually_exclusive_group(required=name == "import")
        whose.add_argument("--unit", metavar="单位", help="填报单位")
        whose.add_argument("--district", action="store_true", help="全区台账")
        one.add_argument("--month", metavar="月份", help="如 2023-06")
        if name == "check":
            one.add_argument("--records", action="store_true", help="列出每一行记录")
        else:
            one.add_argument("--at", type=_instant, metavar="时间", help="补录历史：报送时间")

    lamps = command("lamps", _lamps, "列出某日的红绿灯")
    lamps.add_argument("--as-of", type=_day, required=True, metavar="日期", help="截至日期，如 2023-08-22")
    lamps.add_argument("--unit", metavar="单位", help="只列一个单位")
    lamps.add_argument("--area", choices=list(AREAS), help="只列一个方面")
    lamps.add_argument("--task", metavar="任务", help="只列一项任务，如 1.3")

    guide = command("guide-findings", _guide_findings, "按方案规则检查办事指南，不存储")
    guide.add_argument("file", type=Path, metavar="文件", help="办事指南工作簿")

    blank = command("template", _template, "写出数据集模板", needs_database=False)
    blank.add_argument("code", metavar="代码", help="数据集代码")
    blank.add_argument("--out", type=Path, required=True, metavar="文件", help="写到哪里")

    verified = command("verify", _verify, "核验或退回单位报告的完成情况")
    verified.add_argument("measure", metavar="举措", help="举措编号，如 1.2.2")
    verified.add_argument("--unit", required=True, metavar="单位", help="哪个单位")
    verified.add_argument("--return", dest="returned", metavar="理由", help="退回理由")
    verified.add_argument("--at", type=_instant, metavar="时间", help="缺省为现在")

    settled = command("settle", _settle, "裁定任务的疑点")
    settled.add_argument("task", metavar="任务", help="任务编号，如 5.1")
    settled.add_argument("--deadline", type=_day, metavar="日期", help="裁定的期限")
    settled.add_argument("--units", nargs="+", metavar="单位", help="裁定的责任单位，名称或类别")
    settled.add_argument("--reason", required=True, metavar="理由", help="裁定理由")
    settled.add_argument("--at", type=_instant, metavar="时间", help="缺省为现在")

    target = command("target", _target, "调整指标目标或录入基数")
    target.add_argument("indicator", metavar="指标", help="指标代码")
    target.add_argument("--value", type=_number, metavar="目标", help="新的目标值")
    target.add_argument("--baseline", type=_number, metavar="基数", help="基数")
    target.add_argument("--reason", required=True, metavar="理由", help="调整理由")
    target.add_argument("--at", type=_instant, metavar="时间", help="缺省为现在")
    command("refold", _refold, "从报送记录重新计算全部指标和分类数据，可以反复运行")
    saved = command("backup", _backup, "把整个内置数据库备份为一个文件")
    saved.add_argument("--out", type=Path, required=True, metavar="文件", help="写到哪里")

    _account_parser(
        command("account", _account_list, "账号：add、import、disable、enable、password、single-sign-on、list")
    )

    taken = command("restore", _restore, "用备份恢复内置数据库", needs_database=False)
    taken.add_argument("file", type=Path, metavar="文件", help="备份文件")

    audited = command("audit", _verify_audit_log, "核对审计日志")
    audited.add_argument("what", choices=["verify"], metavar="verify", help="逐条核对，指出第一处改动、删除或插入")
    audited.add_argument(
        "--known",
        type=_number_and_digest,
        action="append",
        default=[],
        metavar="条数:摘要",
        help="另存的条数和该条摘要（至少前 16 位），可重复；该条缺失或不符的，指出",
    )
    audited.add_argument("--backup", type=Path, metavar="备份文件", help="与这份备份中审计日志的最后一条核对")
    return parser


def _account_parser(account: Parser) -> None:
    kinds = account.add_subparsers(required=True, metavar="做什么", parser_class=Parser)

    def kind(name: str, run: Callable[[argparse.Namespace], int], text: str) -> Parser:
        added: Parser = kinds.add_parser(name, help=text, description=text)
        added.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="输出一个 JSON 文档")
        added.set_defaults(run=run)
        return added

    add = kind("add", _account_add, "新增账号，显示一次初始密码")
    add.add_argument("name", metavar="账号", help="登录时输入的账号")
    add.add_argument("--person", required=True, metavar="姓名", help="姓名")
    add.add_argument(
        "--role", required=True, choices=[role.value for role in Role], help="管理局、督查室、责任单位、领导"
    )
    add.add_argument("--unit", metavar="单位", help="责任单位的名称，角色为 unit 时必填")
    add.add_argument("--single-sign-on", action="store_true", help="可用统一身份登录")
    single = kind("single-sign-on", _account_single_sign_on, "开通或取消一个账号的统一身份登录")
    single.add_argument("name", metavar="账号", help="登录时输入的账号")
    single.add_argument("--off", action="store_true", help="取消，并解除绑定")
    imported = kind("import", _account_import, "从工作簿（账号 姓名 角色 责任单位 可用统一身份登录）导入账号")
    imported.add_argument("file", type=Path, metavar="文件", help="工作簿")
    for name, run, text in (
        ("disable", _account_disable, "停用账号"),
        ("enable", _account_enable, "启用账号"),
        ("password", _account_password, "重置密码，显示一次"),
    ):
        kind(name, run, text).add_argument("name", metavar="账号", help="登录时输入的账号")
    kind("list", _account_list, "列出账号")


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期“{text}”不能识别，请写成 2023-08-22") from None
    if not 2000 <= day.year < 2100:
        raise argparse.ArgumentTypeError(f"日期“{text}”不在 2000 年至 2099 年之间")
    return day


def _instant(text: str) -> datetime:
    try:
        return parse_instant(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"时间“{text}”不能识别，请写成 2023-08-22T10:00") from None


def _number_and_digest(text: str) -> tuple[int, str]:
    found = re.fullmatch(r"([1-9]\d{0,11})[:：]([0-9a-fA-F]{16,64})", text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f"“{text}”不能识别，请写成 条数:摘要，摘要至少抄前 16 位")
    return int(found[1]), found[2].lower()


def _number(text: str) -> float:
    found = parse_target(text)
    if found is None or found.value is None:
        raise argparse.ArgumentTypeError(f"“{text}”不是数")
    return found.value


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # cron has no Chinese locale
    sys.exit(main())
