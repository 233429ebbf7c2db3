"""The command line: `python manage.py …`, for the bureau's batch work, for cron and for checking from outside.

Chinese for people; with --json one JSON document on standard output and nothing else there. Exit status: 0 done, 1 done
and problems were found, 2 refused, with one sentence on standard error.
"""

from __future__ import annotations

import errno
import gc
import os
import pwd
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from commands.arguments import Commands
from commands.chinese_arguments import REFUSED, Parser
from commands.output import DONE, PROBLEMS
from data_access.database import forget_engine, is_initialised, refuse_other_version
from models.people import Person, Role
from rules.working_days import CalendarMissing
from services.access.chosen_plan import asking_of
from services.access.current_user import acting_as
from services.access.refusal import DatabaseFailure, RefusedRequest, sentence_of

GROUPS = {
    "set_up": ("init",),
    "workbooks": ("check", "import", "numbering", "guide-findings", "template"),
    "lamps": ("lamps",),
    "decisions": ("verify", "settle", "target"),
    "indicator": ("indicator",),
    "plan": ("plan",),
    "spot_check": ("spot-check",),
    "rectification": ("rectification",),
    "bulletin": ("bulletin",),
    "assessment": ("assessment",),
    "notices": ("remind", "notice", "ics", "todo", "pack"),
    "rounds": ("round", "meeting", "talk", "instruction"),
    "database": ("upgrade", "entrance", "refold", "backup", "restore"),
    "account": ("account",),
    "unit": ("unit",),
    "audit": ("audit",),
}
"""Module of commands/ → the commands that it adds. A run loads the module of its command alone."""


NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What standard output fails with where the disk that it is written to is full."""


def main(arguments: Sequence[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    if any("\ud800" <= sign <= "\udfff" for word in words for sign in word):  # bytes that are no UTF-8
        print("参数中有不能识别的字符，请用 UTF-8 编码输入。", file=sys.stderr)
        return REFUSED
    chosen = _parser(words).parse_args(words)
    try:
        if chosen.needs_database:
            if not is_initialised():
                raise RefusedRequest("数据库尚未建立，请先运行 python manage.py init。")
            refuse_other_version()
        with acting_as(operator()), asking_of(getattr(chosen, "asked_plan", None)):
            status: int = chosen.run(chosen)
        sys.stdout.flush()
    except (RefusedRequest, CalendarMissing) as refused:
        print(refused, file=sys.stderr)
        return REFUSED
    except DatabaseFailure as failure:
        print(sentence_of(failure), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # whoever read the output has enough of it
        _write_nowhere()
        return DONE
    except OSError as failure:
        if failure.filename is not None or failure.errno not in NO_ROOM:
            raise
        _write_nowhere()
        print("结果写不出去：输出位置的磁盘已满。请换一个位置，再用查看的命令取结果。", file=sys.stderr)
        return PROBLEMS
    return status


def _write_nowhere() -> None:
    """What is still to be printed goes nowhere: at its end the interpreter would fail on it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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


def _parser(words: Sequence[str]) -> Parser:
    """Return the parser of the command that these words begin with, or of all commands."""
    parser = Parser(prog="manage.py", description="政务服务督查看板命令行")
    commands = Commands(parser)
    named = [module for module, names in GROUPS.items() if words and words[0] in names]
    for module in named or GROUPS:
        import_module(f"commands.{module}").add_to(commands)
    return parser


if __name__ == "__main__":
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever runs it
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115
        getattr(sys, name).reconfigure(encoding="utf-8")  # cron has no Chinese locale
    gc.set_threshold(50_000, 20, 20)  # a command makes much and leaves little that refers to itself
    status = main()
    forget_engine()  # an embedded database is one whole file from here on
    sys.exit(status)
