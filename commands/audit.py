"""audit verify: whether the log is whole."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands.arguments import Commands, number_and_digest
from commands.output import DONE, PROBLEMS, tell
from services.audit.search import chain_in_words, chain_json, verify_log
from services.operations.backup import head_of_backup


def add_to(commands: Commands) -> None:
    audited = commands.add("audit", _verify_audit_log, "核对审计日志")
    audited.add_argument("what", choices=["verify"], metavar="verify", help="逐条核对，指出第一处改动、删除或插入")
    audited.add_argument(
        "--known",
        type=number_and_digest,
        action="append",
        default=[],
        metavar="条数:摘要",
        help="另存的条数和该条摘要（至少前 16 位），可重复；该条缺失或不符的，指出",
    )
    audited.add_argument("--backup", type=Path, metavar="备份文件", help="与这份备份中审计日志的最后一条核对")


def _verify_audit_log(arguments: argparse.Namespace) -> int:
    known = [*arguments.known, *([head_of_backup(arguments.backup)] if arguments.backup else [])]
    state = verify_log(known)
    tell(arguments, chain_json(state), lambda: [chain_in_words(state)])
    return DONE if state.whole else PROBLEMS
