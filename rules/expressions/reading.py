"""From an expression as typed to its tree: every name resolved, every type checked. Raises ExpressionError."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from lark import Lark, Token, Tree, UnexpectedToken

from models.cells import CellKind
from models.definitions import Kind
from models.expressions import (
    Aggregate,
    AllOf,
    AnyOf,
    Calculation,
    Compared,
    Comparison,
    Condition,
    Contains,
    DaysBetween,
    Expression,
    ExpressionError,
    FieldRead,
    Filled,
    FoundIn,
    Function,
    InTime,
    Literal,
    Not,
    Number,
    OneOf,
    Operator,
    Value,
)
from rules.expressions.conditions import is_whole_day
from rules.expressions.grammar import GRAMMAR
from rules.expressions.tokens import plain, tokens
from rules.expressions.vocabulary import Source, Vocabulary
from rules.intake.dates import read_moment, read_month

NUMERIC = (Kind.INT, Kind.DECIMAL, Kind.DURATION)
DATED = (Kind.DATE, Kind.DATETIME)
ORDERED = (*NUMERIC, *DATED, Kind.MONTH)
_YES, _NO = frozenset({"是", "有", "√", "真"}), frozenset({"否", "无", "×", "假"})
_OPERATORS = {"PLUS": Operator.PLUS, "MINUS": Operator.MINUS, "TIMES": Operator.TIMES, "DIVIDE": Operator.DIVIDED}
_WHAT_A_KIND_TAKES = {
    Kind.INT: "数",
    Kind.DECIMAL: "数",
    Kind.DURATION: "数（工作日）",
    Kind.DATE: "日期，如 2024-06-30",
    Kind.DATETIME: "日期，如 2024-06-30",
    Kind.MONTH: "月份，如 2024-06",
    Kind.YES_NO: "“是”或“否”",
}
_EXPECTED = {
    "NAME": "字段名",
    "NUMBER": "数",
    "LITERAL": "值",
    "ROWS": "行数(…)",
    "SUM": "合计(…)",
    "DISTINCT": "去重(…)",
    "MEAN": "平均(…)",
    "HIGHEST": "最大(…)",
    "LOWEST": "最小(…)",
    "DAYS": "天数(…)",
    "WORKING_DAYS": "工作日(…)",
    "_IN_TIME": "按期(…)",
    "_LEFT": "左括号",
    "_RIGHT": "右括号",
    "_COMMA": "逗号",
    "_ITEM": "顿号",
    "_COLON": "冒号",
    "_DOT": "点",
    "COMPARE": "= ≠ < ≤ > ≥",
    "FILLED": "已填",
    "BLANK": "未填",
    "_AMONG": "属于",
    "_CONTAINS": "包含",
    "_FOUND_IN": "在",
    "_AND": "且",
    "_OR": "或",
    "_NOT": "非",
    "PLUS": "＋",
    "MINUS": "－",
    "TIMES": "×",
    "DIVIDE": "÷",
    "$END": "算式结束",
}


@cache
def _grammar() -> Lark:
    return Lark(GRAMMAR, parser="lalr")


def read_expression(text: str, vocabulary: Vocabulary) -> Expression:
    """Return the tree of a numerator or denominator."""
    parser = _grammar().parse_interactive()
    last = 1
    for token in tokens(text, vocabulary.names, vocabulary.words):
        last = token.start_pos or last
        try:
            parser.feed_token(token)
        except UnexpectedToken:
            raise _syntax_error(f"“{token.value}”处不能识别", last, parser.accepts()) from None
    accepted = parser.accepts()
    if "$END" not in accepted:
        end = len(text.rstrip()) + 1
        raise _syntax_error("算式没有写完" if text.strip() else "算式是空的", end, accepted)
    return _Reading(vocabulary).expression(parser.feed_eof())


def read_condition(text: str, source: str, vocabulary: Vocabulary) -> Condition:
    """Return the tree of a condition on the rows of a dataset."""
    before = f"行数({source}: "
    try:
        aggregate = read_expression(f"{before}{text})", vocabulary)
    except ExpressionError as error:
        mistake = error.mistake
        place = max(1, mistake.place - len(before))
        message = mistake.message.replace(f"第 {mistake.place} 个字", f"第 {place} 个字")
        raise ExpressionError(mistake.code, message, place) from None
    if not isinstance(aggregate, Aggregate) or aggregate.condition is None:
        raise _syntax_error("条件中括号不成对", 1, {"NAME", "_NOT", "_LEFT"})
    return aggregate.condition


def _syntax_error(what: str, place: int, accepted: set[str]) -> ExpressionError:
    expected = [word for kind, word in _EXPECTED.items() if kind in accepted]
    return ExpressionError(
        "syntax-error", f"第 {place} 个字：{what}，此处应为{'、'.join(expected) or '别的写法'}。", place
    )


class _Reading:
    """Reads one parse tree. While an aggregate is read, `_sources` are the parts its names may be of."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._sources: list[Source] = []

    def expression(self, tree: Any) -> Expression:
        match tree.data:
            case "calculation":
                return self._calculation(tree, self.expression)
            case "number" | "below_zero":
                return _number(tree)
            case _:
                return self._aggregate(tree)

    @staticmethod
    def _calculation(tree: Any, operand: Any) -> Calculation:
        first, *rest = tree.children
        pairs = zip(rest[::2], rest[1::2], strict=True)
        return Calculation(operand(first), tuple((_OPERATORS[sign.type], operand(child)) for sign, child in pairs))

    def _aggregate(self, tree: Any) -> Aggregate:
        function = Function(str(tree.children[0]))
        if tree.data == "rows_of_source":
            names, place = _name(tree.children[1])
            source = self._vocabulary.sources_named(names, place)[0]
            return Aggregate(function, source.part.code, source.title)
        self._sources = self._sources_of(tree)
        parts = [child for child in tree.children[1:] if child.data != "source"]
        if function is Function.ROWS:
            return self._of(function, condition=self._condition(parts[0]))
        condition = self._condition(parts[1]) if len(parts) > 1 else None
        if function is Function.DISTINCT:
            return self._of(function, identity=tuple(map(self._field, parts[0].children)), condition=condition)
        return self._of(function, value=self._value(parts[0]), condition=condition)

    def _of(self, function: Function, **what: Any) -> Aggregate:
        source = self._sources[0]
        return Aggregate(function, source.part.code, source.title, **what)

    def _sources_of(self, tree: Any) -> list[Source]:
        """Those that the aggregate says, or those of its first field; of several that have it, those that have the
        others too.
        """
        named_source = next((child for child in tree.children[1:] if child.data == "source"), None)
        names = [_name(child) for child in _own_names(tree)]
        if named_source is not None:
            candidates = self._vocabulary.sources_named(*_name(named_source.children[0]))
            return self._narrowed(candidates, names) or candidates[:1]
        if not names:
            raise ExpressionError("syntax-error", "第 1 个字：请写明数据，如“行数(数据: 条件)”。", 1)
        (first, place) = names[0]
        if len(first) > 1:
            candidates = self._vocabulary.sources_named(first[:-1], place)
            having = [source for source in candidates if source.field(first[-1])]
            return self._narrowed(candidates, names) or having[:1] or candidates[:1]
        candidates = self._vocabulary.sources_with(first[0])
        if not candidates:
            raise self._vocabulary.unknown_field(first[0], place, [])
        candidates = self._narrowed(candidates, names) or candidates
        datasets = list(dict.fromkeys(source.dataset.title for source in candidates))
        if len(datasets) > 1:
            titles = "".join(f"“{title}”" for title in datasets)
            raise ExpressionError(
                "unknown-dataset",
                f"第 {place} 个字：{titles}都有字段“{first[0]}”，请写明是哪一种，如“{datasets[0]}.{first[0]}”。",
                place,
            )
        return candidates

    @staticmethod
    def _narrowed(candidates: list[Source], names: list[tuple[tuple[str, ...], int]]) -> list[Source]:
        return [source for source in candidates if all(source.field(name[-1]) for name, _ in names)]

    def _field(self, tree: Any) -> FieldRead:
        names, place = _name(tree)
        source = self._sources[0]
        if len(names) > 1:
            named = self._vocabulary.sources_named(names[:-1], place)
            if all(other.dataset.code != source.dataset.code for other in named):
                raise ExpressionError(
                    "type-mismatch",
                    f"第 {place} 个字：一次只能数一种数据，这里数的是“{source.title}”，"
                    f"不能用“{'.'.join(names)}”；查对另一种数据请用“在”。",
                    place,
                )
            if source not in named:
                raise self._vocabulary.unknown_field(names[-1], place, named)
        field = source.field(names[-1])
        if field is None:
            raise self._vocabulary.unknown_field(names[-1], place, [source])
        return field

    def _of_kinds(self, tree: Any, kinds: Sequence[Kind], wanted: str) -> FieldRead:
        field = self._field(tree)
        if field.kind not in kinds:
            place = _name(tree)[1]
            raise ExpressionError("type-mismatch", f"第 {place} 个字：“{field.label}”不是{wanted}。", place)
        return field

    def _value(self, tree: Any) -> Value:
        match tree.data:
            case "calculation":
                return self._calculation(tree, self._value)
            case "number" | "below_zero":
                return _number(tree)
            case "days_between":
                start, end = (self._of_kinds(child, DATED, "日期") for child in tree.children[1:])
                return DaysBetween(start, end, working=tree.children[0].type == "WORKING_DAYS")
            case _:
                return self._of_kinds(tree.children[0], NUMERIC, "数，不能参加计算")

    def _condition(self, tree: Any) -> Condition:
        children = tree.children
        match tree.data:
            case "any_of":
                return AnyOf(tuple(map(self._condition, children)))
            case "all_of":
                return AllOf(tuple(map(self._condition, children)))
            case "negated":
                return Not(self._condition(children[0]))
            case "filled":
                return Filled(self._field(children[0]), children[1].type == "FILLED")
            case "in_time":
                done, due = (self._of_kinds(child, DATED, "日期") for child in children)
                return InTime(done, due)
            case "found_in":
                return FoundIn(self._field(children[0]), self._elsewhere(children[1]))
            case "compared":
                return self._compared(self._field(children[0]), Comparison(str(children[1])), children[2])
            case "contains":
                field = self._field(children[0])
                if field.kind in (*ORDERED, Kind.YES_NO):
                    raise _mismatch(children[1], f"“{field.label}”不是文字，不能用“包含”")
                return Contains(field, str(children[1]))
            case _:
                field = self._field(children[0])
                return OneOf(field, tuple(self._literal(field, word) for word in children[1].children))

    def _elsewhere(self, tree: Any) -> FieldRead:
        names, place = _name(tree)
        if len(names) == 1:
            raise ExpressionError("syntax-error", f"第 {place} 个字：“在”后面要写明数据，如“数据.{names[0]}”。", place)
        sources = self._vocabulary.sources_named(names[:-1], place)
        field = next((read for source in sources if (read := source.field(names[-1]))), None)
        if field is None:
            raise self._vocabulary.unknown_field(names[-1], place, sources)
        return field

    def _compared(self, field: FieldRead, how: Comparison, word: Token) -> Compared:
        is_order = how not in (Comparison.EQUAL, Comparison.UNEQUAL)
        if is_order and field.kind not in ORDERED:
            raise _mismatch(word, f"“{field.label}”不能比较大小，请用“=”“≠”“属于”或“包含”")
        other = self._sources[0].field(str(word))
        if other is not None and not self._is_choice(field, word):
            alike = field.kind is other.kind or all(
                {field.kind, other.kind} <= set(kinds) for kinds in [NUMERIC if field.kind in NUMERIC else DATED]
            )
            if not alike and field.kind in (*ORDERED, Kind.YES_NO):
                raise _mismatch(word, f"“{field.label}”与“{other.label}”不是同一类，不能比较")
            return Compared(field, how, other, by_day=Kind.DATE in (field.kind, other.kind))
        literal = self._literal(field, word)
        return Compared(field, how, literal, by_day=is_whole_day(literal))

    def _is_choice(self, field: FieldRead, word: Token) -> bool:
        return field.kind is Kind.CHOICE and plain(word) in self._vocabulary.kind_choices(field)

    def _literal(self, field: FieldRead, word: Token) -> Literal:
        text = plain(word)
        if field.kind in NUMERIC:
            return _amount(text) if _is_number(text) else self._refuse(field, word)
        if field.kind in DATED:
            moment = read_moment(str(word), CellKind.TEXT, 0)[0] if text[:4].isdigit() else None
            return moment or self._refuse(field, word)
        if field.kind is Kind.YES_NO:
            return text in _YES if text in _YES | _NO else self._refuse(field, word)
        if field.kind is Kind.CHOICE:
            choices = self._vocabulary.kind_choices(field)
            if text not in choices:
                raise _mismatch(
                    word, f"“{field.label}”没有选项“{word}”，可填{'、'.join(dict.fromkeys(choices.values()))}"
                )
            return choices[text]
        if field.kind is Kind.MONTH:
            return read_month(str(word), CellKind.TEXT, 0)[0] or self._refuse(field, word)
        return str(word)

    @staticmethod
    def _refuse(field: FieldRead, word: Token) -> Literal:
        raise _mismatch(word, f"“{field.label}”要与{_WHAT_A_KIND_TAKES[field.kind]}比较，不能是“{word}”")


def _mismatch(token: Token, what: str) -> ExpressionError:
    return ExpressionError("type-mismatch", f"第 {token.start_pos} 个字：{what}。", token.start_pos or 1)


def _own_names(tree: Tree[Token]) -> list[Any]:
    """The names in an aggregate in the order of the text, but those behind 在."""
    names: list[Any] = []
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Tree) or node.data == "source":
            continue
        if node.data == "name":
            names.append(node)
            continue
        children = node.children[:1] if node.data == "found_in" else node.children
        waiting.extend(reversed(children))
    return names


def _name(tree: Any) -> tuple[tuple[str, ...], int]:
    """The words of a name, and where it begins."""
    return tuple(str(token) for token in tree.children), tree.children[0].start_pos or 1


def _number(tree: Any) -> Number:
    amount = _amount(str(tree.children[-1]))
    return Number(-amount if tree.data == "below_zero" else amount)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").removesuffix("%").replace(".", "", 1).isdecimal()


def _amount(text: str) -> float:
    return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
