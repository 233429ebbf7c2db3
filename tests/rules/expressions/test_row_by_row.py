"""Random expressions on random rows against a slow reading, row by row, in plain Python.

Each strategy draws a piece of text and the function that reads it a second time; nothing of the program is used in it.
"""

from datetime import date, datetime, timedelta
from math import fsum, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.expressions import Function
from models.figures import Figure
from rules.expressions.formula import FormulaError
from rules.indicators import at
from tests.rules.expressions.ledger import figures, formula

DAYS = [date(2024, 3, 1), date(2024, 3, 2), date(2024, 3, 5)]
MOMENTS = [datetime(2024, 3, 1, 8), datetime(2024, 3, 1, 23, 59), datetime(2024, 3, 2), datetime(2024, 3, 5, 12)]
ROW = st.fixed_dictionaries(
    {
        "项目代码": st.sampled_from([None, "A", "B", "C"]),
        "是否在岗": st.sampled_from([None, True, False]),
        "非税收入": st.sampled_from([None, 0, 1, 7]),
        "金额": st.sampled_from([None, 0, 2, 5]),
        "时限": st.sampled_from([None, 0.5, 3.0]),
        "开始时间": st.sampled_from([None, *MOMENTS]),
        "完成日期": st.sampled_from([None, *(datetime(day.year, day.month, day.day) for day in DAYS)]),
        "期限": st.sampled_from([None, *(datetime(day.year, day.month, day.day) for day in DAYS)]),
        "状态": st.sampled_from([None, "已完成", "在办", "非常满意"]),
        "所属月份": st.sampled_from([None, "2024-02", "2024-03"]),
        "备注": st.sampled_from([None, "甲且乙", "乙"]),
    }
)
NUMBERS, MOMENT_FIELDS = ("非税收入", "金额", "时限"), ("开始时间", "完成日期", "期限")
SIGNS = {
    "=": lambda a, b: a == b,
    "≠": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "≤": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "≥": lambda a, b: a >= b,
}


def day_of(moment):
    return None if moment is None else moment.date()


def holds(compare, left, right):
    return left is not None and right is not None and compare(left, right)


@st.composite
def row_tests(draw):
    """(text, row and codes of the list → whether it holds)"""
    kind = draw(st.integers(0, 9))
    sign = draw(st.sampled_from(list(SIGNS)))
    compare = SIGNS[sign]
    equal = draw(st.sampled_from(["=", "≠"]))
    if kind == 0:
        name, amount = draw(st.sampled_from(NUMBERS)), draw(st.sampled_from([0, 0.5, 2, 7]))
        return f"{name}{sign}{amount}", lambda row, codes: holds(compare, row[name], amount)
    if kind == 1:
        name, day = draw(st.sampled_from(MOMENT_FIELDS)), draw(st.sampled_from(DAYS))
        return f"{name} {sign} {day}", lambda row, codes: holds(compare, day_of(row[name]), day)
    if kind == 2:
        name, word = draw(st.sampled_from([("状态", "非常满意"), ("状态", "在办"), ("备注", "乙"), ("项目代码", "A")]))
        return f"{name}{equal}{word}", lambda row, codes: holds(SIGNS[equal], row[name], word)
    if kind == 3:
        answer = draw(st.booleans())
        said = "是" if answer else "否"
        return f"是否在岗{equal}{said}", lambda row, codes: holds(SIGNS[equal], row["是否在岗"], answer)
    if kind == 4:
        name, filled = draw(st.sampled_from([*NUMBERS, *MOMENT_FIELDS, "备注", "是否在岗"])), draw(st.booleans())
        return f"{name} {'已填' if filled else '未填'}", lambda row, codes: (row[name] is not None) == filled
    if kind == 5:
        return "状态 属于 (在办，非常满意)", lambda row, codes: row["状态"] in ("在办", "非常满意")
    if kind == 6:
        return "备注 包含 “甲且”", lambda row, codes: row["备注"] is not None and "甲且" in row["备注"]
    if kind == 7:
        done, due = draw(st.permutations(MOMENT_FIELDS))[:2]
        return (
            f"按期({done}, {due})",
            lambda row, codes: holds(SIGNS["≤"], day_of(row[done]), day_of(row[due])),
        )
    if kind == 8:
        left, right = draw(st.permutations(NUMBERS))[:2]
        return f"{left}{sign}{right}", lambda row, codes: holds(compare, row[left], row[right])
    return "项目代码 在 项目名单.项目代码", lambda row, codes: row["项目代码"] is not None and row["项目代码"] in codes


def _joined(pairs, word, combine):
    text = f" {word} ".join(f"({said})" for said, _ in pairs)
    return text, lambda row, codes: combine(test(row, codes) for _, test in pairs)


def _negated(pair):
    said, test = pair
    return f"非({said})", lambda row, codes: not test(row, codes)


CONDITIONS = st.recursive(
    row_tests(),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda pairs: _joined(pairs, "且", all)),
        st.lists(inner, min_size=2, max_size=3).map(lambda pairs: _joined(pairs, "或", any)),
        inner.map(_negated),
    ),
    max_leaves=5,
)


@st.composite
def values_of_a_row(draw):
    """(text, row → number or None)"""
    kind = draw(st.integers(0, 3))
    name = draw(st.sampled_from(NUMBERS))
    if kind == 0:
        return name, lambda row: row[name]
    if kind == 1:
        start, end = draw(st.permutations(MOMENT_FIELDS))[:2]

        def days(row):
            if row[start] is None or row[end] is None:
                return None
            return (day_of(row[end]) - day_of(row[start])) // timedelta(days=1)

        return f"天数({start}，{end})", days
    other = draw(st.sampled_from(NUMBERS))
    sign = draw(st.sampled_from("+-×÷"))

    def calculated(row):
        left, right = row[name], row[other]
        if left is None or right is None or (sign == "÷" and right == 0):
            return None
        return {"+": left + right, "-": left - right, "×": left * right}[sign] if sign != "÷" else left / right

    return f"{name} {sign} {other}", calculated


@st.composite
def aggregates(draw):
    """(text, rows and codes → what each row adds, the figure: None is no data)"""
    function = draw(st.sampled_from(list(Function)))
    said, test = draw(CONDITIONS)
    if function is Function.ROWS:
        return f"行数(项目台账: {said})", lambda rows, codes: float(sum(test(row, codes) for row in rows))
    if function is Function.DISTINCT:
        names = draw(st.sampled_from([("项目代码",), ("状态", "备注")]))
        return (
            f"去重(项目台账: {'、'.join(names)}，{said})",
            lambda rows, codes: float(
                len(
                    {
                        tuple(row[name] for name in names)
                        for row in rows
                        if test(row, codes) and all(row[name] is not None for name in names)
                    }
                )
            ),
        )
    value_said, value = draw(values_of_a_row())

    def of_values(rows, codes):
        counted = [value(row) for row in rows if test(row, codes)]
        known = [number for number in counted if number is not None]
        if function is Function.SUM:
            return 0.0 if not counted else fsum(known) if known else None
        if not known:
            return None
        return {Function.MEAN: fsum(known) / len(known), Function.HIGHEST: max(known), Function.LOWEST: min(known)}[
            function
        ]

    return f"{function}(项目台账: {value_said}, {said})", of_values


@st.composite
def expressions(draw):
    """Up to three aggregates and numbers joined by signs, brackets around each pair."""
    text, amount = draw(aggregates())
    for _ in range(draw(st.integers(0, 2))):
        sign = draw(st.sampled_from("+-×÷"))
        number = draw(st.sampled_from([None, 0, 0.5, 3]))
        other, other_amount = draw(aggregates()) if number is None else (str(number), lambda rows, codes, n=number: n)
        text, amount = f"({text}) {sign} {other}", _calculated(sign, amount, other_amount)
    return text, amount


def _calculated(sign, left, right):
    def amount(rows, codes):
        above, below = left(rows, codes), right(rows, codes)
        if above is None or below is None or (sign == "÷" and below == 0):
            return None
        return {"+": above + below, "-": above - below, "×": above * below}[sign] if sign != "÷" else above / below

    return amount


UNITS = st.lists(
    st.fixed_dictionaries(
        {
            "ledger": st.lists(ROW, max_size=6),
            "list": st.lists(st.fixed_dictionaries({"项目代码": st.sampled_from([None, "A", "B"])}), max_size=3),
        }
    ),
    min_size=1,
    max_size=3,
)


def codes_of(unit):
    return {row["项目代码"] for row in unit["list"]} - {None}


def alike(counted, expected):
    return counted == expected or (
        counted is not None and expected is not None and isclose(counted, expected, rel_tol=1e-9, abs_tol=1e-9)
    )


@pytest.mark.long
@given(expressions(), expressions(), UNITS)
def test_whole_columns_of_many_units_give_what_each_row_by_itself_gives(above, below, units):
    counted = figures(formula(above[0], below[0]), units)
    for unit, each in zip(units, counted, strict=True):
        numerator, denominator = (amount(unit["ledger"], codes_of(unit)) for _, amount in (above, below))
        if numerator is None or denominator is None:
            assert each == Figure(None, None), (above[0], below[0])
        else:
            assert alike(each.numerator, numerator), above[0]
            assert alike(each.denominator, denominator), below[0]


@pytest.mark.long
@given(CONDITIONS, CONDITIONS, UNITS, st.sampled_from(DAYS), st.booleans())
def test_on_any_day_those_rows_count_whose_due_day_has_come(above, below, units, as_of, distinct):
    texts = [
        f"去重(项目台账: 项目代码, {said})" if distinct else f"行数(项目台账: {said})" for said, _ in (above, below)
    ]
    counted = figures(formula(*texts, "期限"), units)
    for unit, each in zip(units, counted, strict=True):
        rows = [row for row in unit["ledger"] if row["期限"] is not None and day_of(row["期限"]) <= as_of]
        codes = codes_of(unit)
        chosen = [[row for row in rows if test(row, codes)] for _, test in (above, below)]
        if distinct:
            chosen = [{row["项目代码"] for row in some} - {None} for some in chosen]
        assert at(each, as_of) == (len(chosen[0]), len(chosen[1])), texts


@given(expressions(), UNITS)
def test_what_the_rows_add_up_to_is_the_figure_wherever_figures_of_units_add_up(drawn, units):
    text, amount = drawn
    counted = formula(text)
    if not counted.adds_up:
        return
    known = [amount(unit["ledger"], codes_of(unit)) for unit in units]
    each = [figure.numerator for figure in figures(counted, units)]
    assert all(alike(*pair) for pair in zip(each, known, strict=True)), text


@given(st.text(alphabet="行数合计去重(（)）=≠且或非在属于、，是否岗状态办项目台账：.+÷ 3“”", max_size=40))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence_and_a_place(text):
    try:
        formula(text)
    except FormulaError as refused:
        assert refused.mistake.message.endswith("。")
        assert 1 <= refused.mistake.place <= len(text) + 1
