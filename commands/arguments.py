"""The parser of the command line, to which each group adds its commands, and what its arguments may be."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from commands.chinese_arguments import Parser
from rules.as_of import parse_instant
from rules.measure_addresses import read_address
from rules.targets import parse_target
from services.access.chosen_plan import asking_of
from services.access.clock import clock

Run = Callable[[argparse.Namespace], int]
"""A command: arguments → exit status."""


class Commands:
    """The commands of the line, or those beneath one of them (`account add`)."""

    def __init__(self, parser: Parser, metavar: str = "命令", *, beneath: bool = False, of_plan: bool = False) -> None:
        self._of_plan = of_plan
        self._commands: Any = parser.add_subparsers(required=True, metavar=metavar, parser_class=Parser)
        self._json_unset = (
            argparse.SUPPRESS if beneath else False
        )  # `account --json list` is as good as `account list --json`

    def add(self, name: str, run: Run, text: str, *, needs_database: bool = True) -> Parser:
        """Return the parser of a new command, for its arguments; --json is there."""
        added: Parser = self._commands.add_parser(name, help=text, description=text)
        added.add_argument("--json", action="store_true", default=self._json_unset, help="输出一个 JSON 文档")
        added.set_defaults(run=run, needs_database=needs_database)
        if self._of_plan:
            add_plan(added)
        return added

    def names(self) -> list[str]:
        """Return the commands that were added."""
        return list(self._commands.choices)

    def group(self, name: str, text: str, *, of_plan: bool = False) -> Commands:
        """Return the commands beneath a new one that does nothing by itself. `of_plan`: all of them take --plan."""
        parser: Parser = self._commands.add_parser(name, help=text, description=text)
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")
        return Commands(parser, "做什么", beneath=True, of_plan=of_plan)


def add_plan(parser: Parser) -> None:
    """Let a command be asked of another plan than the current one of its as-of date."""
    parser.add_argument("--plan", dest="asked_plan", metavar="方案", help="方案编号，缺省为截至日期的现行方案")


@contextmanager
def addressed(text: str) -> Iterator[str]:
    """Give the code of a task or measure, and ask of the plan within that its address names: 2024/1.1.1."""
    plan, code = read_address(text)
    with asking_of(plan):
        yield code


def day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期“{text}”不能识别，请写成 2023-08-22") from None
    if not 2000 <= day.year < 2100:
        raise argparse.ArgumentTypeError(f"日期“{text}”不在 2000 年至 2099 年之间")
    return day


def instant(text: str) -> datetime:
    """Return the time at which something has happened."""
    try:
        instant = parse_instant(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"时间“{text}”不能识别，请写成 2023-08-22T10:00") from None
    if not 2000 <= instant.year < 2100:
        raise argparse.ArgumentTypeError(f"时间“{text}”不在 2000 年至 2099 年之间")
    if instant > clock():
        raise argparse.ArgumentTypeError(f"时间“{text}”还没有到，--at 只用来补录已经发生的事，请改为现在或更早的时间")
    return instant


def number_and_digest(text: str) -> tuple[int, str]:
    match = re.fullmatch(r"([1-9]\d{0,11})[:：]([0-9a-fA-F]{16,64})", text.strip())
    if match is None:
        raise argparse.ArgumentTypeError(f"“{text}”不能识别，请写成 条数:摘要，摘要至少抄前 16 位")
    return int(match[1]), match[2].lower()


def number(text: str) -> float:
    target = parse_target(text)
    if target is None or target.value is None:
        raise argparse.ArgumentTypeError(f"“{text}”不是数")
    return target.value
