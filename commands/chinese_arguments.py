"""An argument parser that speaks Chinese: argparse's own words in what it refuses and in its help are put into ours."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn

REFUSED = 2
WORDS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"one of the arguments (.+) is required", lambda match: f"{' 与 '.join(match[1].split())} 须写明其中一个"),
    (r"unrecognized arguments: (.+)", r"没有这样的参数：\1"),
    (r"ambiguous option: (\S+) could match (.+)", r"“\1”可以是 \2，请写全"),
    (r"argument (.+?): expected one argument", r"\1 后面须写一个值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面须至少写一个值"),
    (r"argument (.+?): expected at most one argument", r"\1 后面至多写一个值"),
    (r"argument (.+?): expected (\d+) arguments?", r"\1 后面须写 \2 个值"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 不能与 \2 同时使用"),
    (r"argument (.+?): ignored explicit argument '(.*)'", r"\1 后面不写值，却写了“\2”"),
    (
        r"argument (.+?): invalid choice: '(.*)' \(choose from (.+)\)",
        lambda match: "{} 没有“{}”，可用：{}".format(
            *match.groups()[:2], match[3].replace("'", "").replace(", ", "、")
        ),
    ),
    (r"argument (.+?): invalid \S+ value: '(.*)'", r"\1 的值“\2”不能识别"),
    (r"argument (.+?): (.+)", r"\1 有误，\2"),
)


class Help(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Refuses bad arguments with one sentence and exit status 2."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False, formatter_class=Help)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示用法后结束")

    def error(self, message: str) -> NoReturn:
        self.exit(REFUSED, f"参数有误：{in_chinese(message)}。用 {self.prog} --help 查看用法。\n")


def in_chinese(message: str) -> str:
    """Return a sentence of argparse's in Chinese; what it says of an argument by our own functions stays as it is."""
    for pattern, words in WORDS:
        if match := re.fullmatch(pattern, message, re.S):
            return match.expand(words) if isinstance(words, str) else words(match)
    return message
