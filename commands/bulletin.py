"""bulletin: drafted, submitted, co-signed, issued, shown, verified."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from commands.arguments import Commands, day, instant
from commands.chinese_arguments import Parser
from commands.output import DONE, PROBLEMS, refuse_unwritable_folder, tell
from models.people import Role
from services.access.clock import present
from services.access.current_user import acting_as, current_user
from services.access.refusal import RefusedRequest
from services.board.district import today
from services.bulletins.as_json import draft_json, list_json, show_json, step_json, verification_json
from services.bulletins.drafting import LAST, Compared, draft
from services.bulletins.printing import FILE_NAMES, print_warnings
from services.bulletins.register import BulletinDetails, bulletin, bulletin_files, bulletins
from services.bulletins.verification import verify_bulletin
from services.bulletins.way import co_sign, issue, send_back, submit


def add_to(commands: Commands) -> None:
    group = commands.group("bulletin", "起草、核对、会签、印发和核验通报", of_plan=True)
    drafted = group.add("draft", _draft, "起草通报")
    drafted.add_argument("--as-of", type=day, required=True, metavar="日期", help="截至日期，须已过完")
    drafted.add_argument(
        "--compare", type=_compared, default=LAST, metavar="日期", help="对比日期，缺省为上一期的；none 为不对比"
    )
    drafted.add_argument("--corrects", metavar="编号", help="更正哪一期已印发的通报，如 2023-1")
    _add_out(drafted)
    _add_at(drafted)
    for name, run, text in (
        ("submit", _submit, "提交所列单位核对"),
        ("co-sign", _co_sign, "会签，或者退回"),
        ("issue", _issue, "印发"),
    ):
        step = group.add(name, run, text)
        step.add_argument("id", type=_id, metavar="编号", help="草稿的编号，如 3")
        _add_at(step)
        if name == "co-sign":
            step.add_argument("--return", dest="returned", metavar="理由", help="退回的理由")
        if name == "issue":
            step.add_argument("--skip-fact-check", metavar="理由", help="不等事实核对结束的理由")
    shown = group.add("show", _show, "查看一期通报")
    shown.add_argument("name", metavar="编号", help="草稿的编号或印发的编号，如 3、2023-1")
    _add_out(shown)
    verified = group.add("verify", _verify, "核验已印发的通报")
    verified.add_argument("name", metavar="编号", help="印发的编号，如 2023-1")
    listed = group.add("list", _list, "列出通报")
    listed.add_argument("--as-of", type=day, metavar="日期", help="截至日期，缺省为今天")


def _add_at(parser: Parser) -> None:
    parser.add_argument("--at", type=instant, metavar="时间", help="缺省为现在")


def _add_out(parser: Parser) -> None:
    parser.add_argument("--out", type=Path, metavar="目录", help="把文件写到哪个目录")


def _compared(text: str) -> Compared:
    return LAST if text == LAST else None if text == "none" else day(text)


def _id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise argparse.ArgumentTypeError(f"“{text}”不是草稿的编号，请写 bulletin list 列出的编号，如 3")
    return int(text)


def _at(arguments: argparse.Namespace) -> datetime:
    at: datetime | None = arguments.at
    return at or present()


def _draft(arguments: argparse.Namespace) -> int:
    refuse_unwritable_folder(arguments.out, FILE_NAMES)
    bulletin_id = draft(arguments.as_of, compare=arguments.compare, corrects=arguments.corrects, at=_at(arguments))
    details, files = _files_written(arguments, str(bulletin_id))
    warnings = print_warnings()
    tell(arguments, draft_json(details, files, warnings), lambda: [*_lines(details, files), *warnings])
    return DONE


def _show(arguments: argparse.Namespace) -> int:
    refuse_unwritable_folder(arguments.out, FILE_NAMES)
    details, files = _files_written(arguments, arguments.name)
    tell(arguments, show_json(details, files), lambda: _lines(details, files))
    return DONE


def _files_written(arguments: argparse.Namespace, name: str) -> tuple[BulletinDetails, list[tuple[str, bytes]]]:
    details, files = bulletin(name), bulletin_files(name)
    if arguments.out is not None:
        _write(arguments.out, files)
    return details, files


def _lines(details: BulletinDetails, files: list[tuple[str, bytes]]) -> list[str]:
    digest = f"摘要：{details.summary.digest}"
    return [_line(details), digest, *(f"{name}\t{len(content):,} 字节" for name, content in files)]


def _write(out: Path, files: list[tuple[str, bytes]]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            (out / name).write_bytes(content)
    except OSError as error:
        raise RefusedRequest(f"不能写入“{out}”，请换一个目录。") from error


def _submit(arguments: argparse.Namespace) -> int:
    submit(arguments.id, at=_at(arguments))
    return _tell_step(arguments)


def _co_sign(arguments: argparse.Namespace) -> int:
    with acting_as(replace(current_user(), role=Role.INSPECTOR)):  # whoever has the server may act for either office
        if arguments.returned is None:
            co_sign(arguments.id, at=_at(arguments))
        else:
            send_back(arguments.id, reason=arguments.returned, at=_at(arguments))
    return _tell_step(arguments)


def _issue(arguments: argparse.Namespace) -> int:
    issue(arguments.id, skip_fact_check=arguments.skip_fact_check, at=_at(arguments))
    return _tell_step(arguments)


def _tell_step(arguments: argparse.Namespace) -> int:
    name = str(arguments.id)
    details = bulletin(name)
    tell(arguments, step_json(details, bulletin_files(name)), lambda: [_line(details)])
    return DONE


def _line(details: BulletinDetails) -> str:
    summary = details.summary
    number = f"，{summary.document_number}" if summary.document_number else ""
    return f"通报 {summary.id}：截至 {summary.as_of}，{summary.state.word}{number}。"


def _verify(arguments: argparse.Namespace) -> int:
    verification = verify_bulletin(arguments.name)
    tell(
        arguments,
        verification_json(verification),
        lambda: [
            f"保存的文件：{'完好' if verification.files_intact else '已损坏'}",
            f"重新生成：{'逐字节相同' if verification.rendered_equal else '不同'}",
            f"数据：{'与印发时相同' if verification.figures_equal else '与印发时不同'}",
            *(
                f"{difference['where']}\t印发时 {difference['issued']}\t现在 {difference['now']}"
                for difference in verification.differences
            ),
        ],
    )
    return DONE if verification.holds else PROBLEMS


def _list(arguments: argparse.Namespace) -> int:
    summaries = bulletins(arguments.as_of or today())
    tell(
        arguments,
        list_json(summaries),
        lambda: (
            [
                f"{summary.id}\t截至 {summary.as_of}\t{summary.state.word}\t{summary.document_number or ''}"
                for summary in summaries
            ]
            or ["尚无通报。"]
        ),
    )
    return DONE
