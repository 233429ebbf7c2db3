"""From one cell of a choice, yes/no or file column to the canonical word, or why it is none."""

from __future__ import annotations

import re

from models.definitions import Field
from rules.intake.words import half_width, squeezed

_YES = frozenset({"是", "是的", "有", "√", "✓", "✔", "☑", "✅", "🗹", "y", "yes", "1", "true"})
_NO = frozenset({"否", "不是", "无", "没有", "×", "✗", "✘", "✕", "✖", "☒", "❌", "❎", "x", "n", "no", "0", "false"})
_ASKED = re.compile("^(?P<of>.*?)(?:是否|有无|能否|可否)(?P<what>.+)$")
_VERB = re.compile("^(?P<verb>需要|采用|可用)")
_SHORT, _LONG = 2, 4  # 容缺 stands for 容缺受理
_DONE = (
    "",
    "已",
    "已经",
    "有",
    "是",
    "可",
    "可以",
    "能",
    "能够",
    "支持",
    "已电话",
    "电话",
    "已当面",
    "已上门",
    "已短信",
)
_NOT_DONE = ("不", "未", "没", "没有", "无", "非", "不是", "尚未", "还未", "暂未", "不可", "不能", "不支持", "未能")
_WITH_BRACKETS = re.compile(r"^(?P<word>[^()]+)\((?P<same>[^()]+)\)$")


def choice_table(field: Field) -> dict[str, str]:
    """Return every accepted way of writing → the canonical word; labels win over aliases."""
    table = {squeezed(alias).lower(): word for word, aliases in field.choices.items() for alias in aliases}
    return table | {squeezed(word).lower(): word for word in field.choices}


def read_choice(text: str, table: dict[str, str]) -> tuple[str | None, str | None]:
    """Return the canonical word and the mistake. 全程网办（Ⅳ级） is read too, where the words in
    brackets say the same.
    """
    typed = squeezed(text).lower()
    word = table.get(typed)
    if word is None and (match := _WITH_BRACKETS.match(typed)):
        both = {table.get(match["word"]), table.get(match["same"])}
        word = both.pop() if len(both) == 1 else None
    return (word, None) if word else (None, "not-a-choice")


def yes_no_table(field: Field) -> dict[str, bool]:
    """Return every accepted way of writing → the answer; 是否解决 is answered by 已解决 and 未解决 too."""
    answers = _answering(field.label)
    return (
        {f"{before}{what}": False for what in answers for before in _NOT_DONE}
        | {f"{before}{what}{after}": True for what in answers for before in _DONE for after in ("", "了", "完毕")}
        | dict.fromkeys(field.yes, True)
        | dict.fromkeys(field.no, False)
        | dict.fromkeys(_YES, True)
        | dict.fromkeys(_NO, False)
    )


def _answering(label: str) -> list[str]:
    """What a question asks about: 解决 of 是否解决, 容缺受理 and 容缺 of 是否容缺受理, 需要 of 需要测绘."""
    match = _ASKED.match(label)
    what = match["what"] if match else label
    labels = [what, f"{match['of']}{what}"] if match else [what]
    if match and len(what) == _LONG:
        labels.append(what[:_SHORT])
    if verb := _VERB.match(what):
        labels.append(verb["verb"])
    return labels


def read_yes_no(text: str, table: dict[str, bool]) -> tuple[bool | None, str | None]:
    answer = table.get(squeezed(text).lower())
    return (None, "not-yes-or-no") if answer is None else (answer, None)


def read_yes_no_or_file(text: str, table: dict[str, bool]) -> tuple[str, None]:
    """Return 是, 否, or the file's name as typed."""
    answer, _ = read_yes_no(text, table)
    return half_width(text) if answer is None else ("是" if answer else "否"), None
