"""From an expression as typed to its tokens, each with its place.

The names of fields are cut first and the longest first, so that “是否在岗” is no test with 在 and “非税收入” no 非.
After a sign of comparison stands a literal: what is typed up to the next bracket, comma, 且 or 或, or between quotes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lark import Token
from rapidfuzz import fuzz, process

from models.expressions import ExpressionError

LONGEST = 10_000
"""Characters from which an expression is refused."""

DEEPEST = 100
"""Levels of brackets and 非 from which it is refused."""

FUNCTIONS = {
    "行数": "ROWS",
    "合计": "SUM",
    "去重": "DISTINCT",
    "平均": "MEAN",
    "最大": "HIGHEST",
    "最小": "LOWEST",
    "天数": "DAYS",
    "工作日": "WORKING_DAYS",
    "按期": "_IN_TIME",
}
_SIGNS = {
    "+": "PLUS",
    "-": "MINUS",
    "*": "TIMES",
    "×": "TIMES",
    "/": "DIVIDE",
    "÷": "DIVIDE",
    "(": "_LEFT",
    ")": "_RIGHT",
    ",": "_COMMA",
    ";": "_COMMA",
    "、": "_ITEM",
    ":": "_COLON",
    ".": "_DOT",
    "·": "_DOT",
}
_COMPARISONS = {
    "<=": "≤",
    ">=": "≥",
    "<>": "≠",
    "!=": "≠",
    "==": "=",
    "=": "=",
    "≠": "≠",
    "<": "<",
    "≤": "≤",
    "≦": "≤",
    ">": ">",
    "≥": "≥",
    "≧": "≥",
}
_WORDS = {
    "已填": "FILLED",
    "未填": "BLANK",
    "属于": "_AMONG",
    "包含": "_CONTAINS",
    "在": "_FOUND_IN",
    **dict.fromkeys(("并且", "而且", "且"), "_AND"),
    **dict.fromkeys(("或者", "或"), "_OR"),
    "非": "_NOT",
}
_QUOTES = {"“": "”", "”": "”", '"': '"', "‘": "’", "'": "'", "「": "」", "【": "】", "[": "]"}
_SAME_SIGN = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-", "＊": "*", "∕": "/"})
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_ENDS_A_LITERAL = frozenset("(),、;且或")
_ENDS_A_NAME = re.compile(r"[-+*/×÷(),;、:.·=≠<>≤≥≦≧!且或]|已填|未填|属于|包含|并且|而且")


@dataclass(frozen=True)
class Typed:
    """What was typed without its blanks: `plain` half-width, `shown` as typed, `places` of each character (1-based)."""

    plain: str
    shown: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Typed:
        """Blanks between quotes stay."""
        signs: list[tuple[str, int]] = []
        closing = ""
        for place, sign in enumerate(text, start=1):
            if closing:
                closing = "" if sign == closing else closing
            elif sign in _QUOTES:
                closing = _QUOTES[sign]
            elif sign.isspace() or sign in "\u200b\ufeff":
                continue
            signs.append((sign, place))
        shown = "".join(sign for sign, _ in signs)
        return cls("".join(map(_half_width, shown)), shown, tuple(place for _, place in signs))

    def blank_before(self, at: int) -> bool:
        return at > 0 and self.places[at] - self.places[at - 1] > 1

    def place(self, at: int) -> int:
        """Return where the character stood; behind the last one where there is none."""
        return self.places[at] if at < len(self.places) else (self.places[-1] + 1 if self.places else 1)


def _half_width(sign: str) -> str:
    """One character for one: places must hold."""
    plain = unicodedata.normalize("NFKC", sign).translate(_SAME_SIGN)
    return plain if len(plain) == 1 else sign


def plain(name: str) -> str:
    """Return a name as the tokens spell it: half-width and without blanks."""
    return "".join(_half_width(sign) for sign in name if not sign.isspace())


class KnownNames:
    """Names of fields and datasets, and words of choices, for the longest-first look."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = frozenset(plain(name) for name in names if name)
        self._by_first: dict[str, list[int]] = {}
        for name in self._names:
            self._by_first.setdefault(name[0], []).append(len(name))
        self._by_first = {first: sorted(set(lengths), reverse=True) for first, lengths in self._by_first.items()}

    def lengths_at(self, text: str, at: int) -> Iterator[int]:
        """Yield the lengths of the names that begin at this character, the longest first."""
        lengths = self._by_first.get(text[at], ()) if at < len(text) else ()
        return (n for n in lengths if text[at : at + n] in self._names)


def tokens(text: str, names: KnownNames, words: KnownNames) -> list[Token]:
    """Cut an expression into its tokens; `words`: those that may stand as literals.

    Raises ExpressionError: too-long, too-deep, syntax-error, unknown-function.
    """
    if len(text) >= LONGEST:
        raise ExpressionError("too-long", f"算式有 {len(text)} 个字符，应少于 {LONGEST} 个。", LONGEST)
    return list(_Cutting(Typed.of(text), names, words))


class _Cutting:
    """Walks through what was typed; what may come next depends on what came last."""

    def __init__(self, typed: Typed, names: KnownNames, words: KnownNames) -> None:
        self.typed, self.text, self.names, self.words = typed, typed.plain, names, words
        self.at = 0
        self.last = ""  # the type of the token before
        self.levels: list[bool] = []  # of the brackets open: is it a list of literals
        self.negations = 0

    def __iter__(self) -> Iterator[Token]:
        while self.at < len(self.text):
            token = self._next()
            self._count_levels(token)
            self.last = token.type
            yield token

    def _next(self) -> Token:
        listed = bool(self.levels and self.levels[-1])
        if self.last in ("COMPARE", "_CONTAINS") or (listed and self.last in ("_LEFT", "_ITEM")):
            return self._literal()
        if self.last == "_AMONG" and self.text[self.at] != "(":
            return self._literal()
        if self.last == "LITERAL" and self.text[self.at] == "、":
            return self._token("_ITEM", 1)
        if self.last == "_ITEM" and self._in_open_list:
            return self._literal()
        if self.last in ("NAME", "LITERAL", "NUMBER", "_RIGHT", "FILLED", "BLANK"):
            return self._behind_an_operand()
        return self._operand()

    _in_open_list = False  # 属于 without brackets: what 、 joins are literals

    def _operand(self) -> Token:
        name = next(filter(self._ends_a_name, self.names.lengths_at(self.text, self.at)), 0)
        function = next((word for word in FUNCTIONS if self.text.startswith(f"{word}(", self.at)), None)
        if function and name <= len(function):
            return self._token(FUNCTIONS[function], len(function))
        if name:
            return self._token("NAME", name)
        if self.text[self.at] in _QUOTES:
            return self._quoted("NAME")
        if number := _NUMBER.match(self.text, self.at):
            return self._token("NUMBER", len(number[0]))
        if self.text[self.at] == "非":
            return self._token("_NOT", 1)
        if self.text[self.at] in _SIGNS:
            return self._token(_SIGNS[self.text[self.at]], 1)
        return self._unknown_name()

    def _ends_a_name(self, length: int) -> bool:
        """What begins with a known name and goes on otherwise is another name, which nobody knows."""
        end = self.at + length
        if end >= len(self.text) or self.text[end] == "在" or self.typed.blank_before(end):
            return True
        return _ENDS_A_NAME.match(self.text, end) is not None

    def _behind_an_operand(self) -> Token:
        for sign, how in _COMPARISONS.items():
            if self.text.startswith(sign, self.at):
                return self._token("COMPARE", len(sign), how)
        for word, kind in _WORDS.items():
            if self.text.startswith(word, self.at):
                return self._token(kind, len(word))
        if self.text[self.at] in _SIGNS:
            return self._token(_SIGNS[self.text[self.at]], 1)
        return self._unknown_name()

    def _unknown_name(self) -> Token:
        end = self.at + 1
        while end < len(self.text) and not (self.typed.blank_before(end) or _ENDS_A_NAME.match(self.text, end)):
            end += 1
        run = self.text[self.at : end]
        if self.text[end : end + 1] == "(" and self.last not in (
            "NAME",
            "LITERAL",
            "NUMBER",
            "_RIGHT",
            "FILLED",
            "BLANK",
        ):
            place = self.typed.place(self.at)
            best = process.extractOne(run, list(FUNCTIONS), scorer=fuzz.ratio, score_cutoff=1)
            hint = f"是否为“{best[0]}”？" if best else ""
            raise ExpressionError(
                "unknown-function",
                f"第 {place} 个字：没有函数“{run}”，{hint}可用的有{'、'.join(FUNCTIONS)}。",
                place,
            )
        return self._token("NAME", len(run))

    def _literal(self) -> Token:
        if self.text[self.at] in _QUOTES and self.text[self.at] not in "[【":
            return self._quoted("LITERAL")
        for known in (self.words, self.names):
            for length in known.lengths_at(self.text, self.at):
                if self._ends_at(self.at + length):
                    return self._token("LITERAL", length)
        end = self.at
        while not self._ends_at(end):
            end += 1
        if end == self.at:
            return self._token(_SIGNS.get(self.text[end], "NAME"), 1)  # no literal where one is due
        return self._token("LITERAL", end - self.at)

    def _ends_at(self, at: int) -> bool:
        return at >= len(self.text) or self.text[at] in _ENDS_A_LITERAL or self.text.startswith(("并且", "而且"), at)

    def _quoted(self, kind: str) -> Token:
        end = self.typed.shown.find(_QUOTES[self.typed.shown[self.at]], self.at + 1)
        if end < 0:
            place = self.typed.place(self.at)
            raise ExpressionError("syntax-error", f"第 {place} 个字：引号没有关上。", place)
        return self._token(kind, end + 1 - self.at, self.typed.shown[self.at + 1 : end])

    def _token(self, kind: str, length: int, value: str | None = None) -> Token:
        place = self.typed.place(self.at)
        shown = self.typed.shown[self.at : self.at + length]
        text = self.text[self.at : self.at + length] if kind in ("NAME", "NUMBER") else shown
        self.at += length
        return Token(kind, text if value is None else value, start_pos=place)

    def _count_levels(self, token: Token) -> None:
        if token.type == "_LEFT":
            self.levels.append(self.last == "_AMONG")
        elif token.type == "_RIGHT" and self.levels:
            self.levels.pop()
        self.negations = self.negations + 1 if token.type == "_NOT" else 0
        if self.last == "_AMONG":
            self._in_open_list = token.type == "LITERAL"
        elif token.type not in ("LITERAL", "_ITEM"):
            self._in_open_list = False
        if token.type == "_COMMA" and self.levels and self.levels[-1]:
            token.type = "_ITEM"
        if len(self.levels) + self.negations >= DEEPEST:
            raise ExpressionError(
                "too-deep",
                f"第 {token.start_pos} 个字：括号和“非”套得太深，应少于 {DEEPEST} 层。",
                token.start_pos or 1,
            )
