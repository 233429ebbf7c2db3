"""How an expression is read, and what is said about one that cannot be."""

from datetime import date

import pytest

from models.figures import NO_FIGURE, Figure
from rules.expressions.formula import FormulaError
from rules.indicators import at, rate
from rules.working_days import Calendar
from tests.rules.expressions.ledger import day, figure, figures, formula

ROWS = [
    {"项目代码": "A", "是否在岗": True, "非税收入": 3, "状态": "已完成", "备注": "甲，乙且丙"},
    {"项目代码": "B", "是否在岗": False, "非税收入": None, "状态": "在办"},
    {"项目代码": None, "是否在岗": None, "非税收入": 5, "状态": "非常满意", "备注": "一 次"},
]


def numerator(text, rows=ROWS, **more):
    return figure(rows, text, **more).numerator


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("行数(是否在岗=是)", 1),
        (" 行 数（ 是否在岗 ＝ 是 ） ", 1),
        ("行数(项目台账)", 3),
        ("行数(项目台账：)", 3),
        ("行数(项目台账: 状态≠在办)", 2),
        ("行数(项目台账.状态 属于 (在办、非常满意))", 2),
        ("行数(状态 属于 在办，已完成)", None),
        ("行数(状态 属于 在办、已完成)", 2),
        ("行数(状态 = 完成)", 1),
        ("行数(非税收入 已填 且 非 状态=非常满意)", 1),
        ("行数(非 (状态=在办 或 状态=已完成))", 1),
        ("行数(状态=在办 或 状态=已完成 且 是否在岗=否)", 1),
        ("行数(备注 包含 “乙且丙”)", 1),
        ("行数(备注 = “一 次”)", 1),
        ("合计(非税收入)", 8),
        ("合计(非税)", 8),
        ("合计(非税收入×2-1, 非税收入≥3)", 14),
        ("合计(非税收入, 非税收入>=3)/行数(非税收入>=3)", 4),
        ("平均(非税收入)", 4),
        ("最大(非税收入) − 最小(非税收入)", 2),
        ("去重(项目台账.项目代码)", 2),
        ("1 - 行数(是否在岗=是) ÷ 行数(项目台账)", 2 / 3),
        ("50% × 行数(项目台账)", 1.5),
    ],
)
def test_what_is_written_is_what_is_counted(text, amount):
    if amount is None:
        with pytest.raises(FormulaError):
            formula(text)
    else:
        assert numerator(text) == pytest.approx(amount)


def test_a_missing_value_holds_in_no_test_but_that_for_a_blank():
    rows = [{"是否在岗": True}, {"是否在岗": None}]
    assert numerator("行数(是否在岗≠是)", rows) == 0
    assert numerator("行数(是否在岗≠是 或 是否在岗 未填)", rows) == 1
    assert numerator("行数(非 是否在岗=是)", rows) == 1


def test_a_sum_without_any_value_is_no_data_and_over_no_rows_it_is_zero():
    assert figure([{"金额": None}], "合计(金额)") == NO_FIGURE
    assert figure([], "合计(金额)") == Figure(0, None)
    assert figure([{"金额": None, "是否在岗": False}], "合计(金额, 是否在岗=是)") == Figure(0, None)
    assert figure([{"金额": None, "是否在岗": True}, {"金额": 4}], "合计(金额, 是否在岗=是)") == NO_FIGURE


def test_a_mean_or_a_quotient_of_nothing_is_no_data():
    assert figure([], "平均(金额)") == NO_FIGURE
    assert figure([{"金额": None}], "最大(金额)") == NO_FIGURE
    assert figure([], "合计(金额)/行数(项目台账)") == NO_FIGURE


def test_days_are_compared_to_their_end():
    rows = [
        {"开始时间": day("2024-03-01T23:59"), "完成日期": day("2024-03-01"), "期限": day("2024-03-01")},
        {"开始时间": day("2024-03-02T00:00"), "完成日期": day("2024-03-02"), "期限": day("2024-03-01")},
        {"开始时间": None, "完成日期": None, "期限": day("2024-03-01")},
    ]
    assert numerator("行数(按期(完成日期，期限))", rows) == 1
    assert numerator("行数(按期(开始时间，期限))", rows) == 1
    assert numerator("行数(开始时间 ≤ 2024年3月1日)", rows) == 1
    assert numerator("行数(开始时间 = 2024-03-01)", rows) == 1
    assert numerator("行数(完成日期 ≤ 期限)", rows) == 1
    assert numerator("合计(天数(期限, 完成日期))", rows) == 1


def test_working_days_follow_the_calendar_and_are_missing_where_its_year_is_not_entered():
    weekends = frozenset(date(2024, 3, day) for day in (2, 3, 9, 10))
    rows = [{"开始时间": day("2024-03-01T08:00"), "完成日期": day("2024-03-05")}]
    calendar = Calendar({2024: weekends})
    assert numerator("合计(工作日(开始时间, 完成日期))", rows, calendar=calendar) == 2
    assert numerator("合计(工作日(完成日期, 开始时间))", rows, calendar=calendar) == -2
    assert figure(rows, "合计(工作日(开始时间, 完成日期))") == NO_FIGURE


def test_a_value_is_looked_for_among_those_of_the_same_unit():
    counted = formula("行数(项目台账.项目代码 在 项目名单.项目代码)")
    units = [
        {"ledger": [{"项目代码": "A"}, {"项目代码": None}], "list": [{"项目代码": "A"}, {"项目代码": None}]},
        {"ledger": [{"项目代码": "A"}], "list": [{"项目代码": "B"}]},
    ]
    assert [each.numerator for each in figures(counted, units)] == [1, 0]


def test_a_row_counts_from_the_day_in_its_due_field_on():
    rows = [
        {"期限": day("2024-03-01"), "完成日期": day("2024-03-01")},
        {"期限": day("2024-03-05"), "完成日期": None},
        {"期限": None, "完成日期": day("2024-03-01")},
    ]
    counted = figure(rows, "行数(按期(完成日期, 期限))", "行数(项目台账)", due="期限")
    assert [at(counted, date(2024, 2, 29)), at(counted, date(2024, 3, 1)), at(counted, date(2024, 3, 5))] == [
        (0, 0),
        (1, 1),
        (1, 2),
    ]
    alone = figure(rows, "行数(项目台账)", due="期限")
    assert [at(alone, date(2024, 2, 29)), at(alone, date(2024, 3, 5))] == [(0, None), (2, None)]


def test_of_rows_that_count_from_a_day_on_the_first_in_time_stands_for_their_identity():
    rows = [{"项目代码": "A", "期限": day("2024-03-05")}, {"项目代码": "A", "期限": day("2024-03-01")}]
    counted = figure(rows, "去重(项目台账: 项目代码)", due="期限")
    assert [at(counted, date(2024, 3, day))[0] for day in (1, 5)] == [1, 1]


def test_nothing_is_divided_by_nothing():
    assert rate(*at(figure([], "行数(是否在岗=是)", "行数(项目台账)"), date(2024, 3, 1))) is None


MISTAKES = [
    ("行数(是否在冈=是)", "unknown-field", 4, "“是否在岗”"),
    ("行数(项目台帐: 状态=在办)", "unknown-dataset", 4, "“项目台账”"),
    ("行数(项目代码=A)", "unknown-dataset", 4, "“项目台账.项目代码”"),
    ("行计(状态=在办)", "unknown-function", 1, "“行数”"),
    ("行数(状态=再办)", "type-mismatch", 7, "已完成、在办、非常满意"),
    ("行数(状态>在办)", "type-mismatch", 7, "“=”"),
    ("行数(金额=多)", "type-mismatch", 7, "数"),
    ("行数(是否在岗=对)", "type-mismatch", 9, "“是”或“否”"),
    ("行数(完成日期>昨天)", "type-mismatch", 9, "2024-06-30"),
    ("合计(备注)", "type-mismatch", 4, "不是数"),
    ("行数(金额 包含 3)", "type-mismatch", 10, "不是文字"),
    ("行数(按期(金额, 期限))", "type-mismatch", 7, "不是日期"),
    ("行数(状态=在办", "syntax-error", 9, "右括号"),
    ("行数(状态=在办))", "syntax-error", 10, "算式结束"),
    ("行数(状态 在办)", "syntax-error", 8, "数据.办"),
    ("行数(状态 等于 在办)", "syntax-error", 7, "= ≠"),
    ("行数(状态=)", "syntax-error", 7, "值"),
    ("行数(备注=“甲)", "syntax-error", 7, "引号"),
    ("行数()", "syntax-error", 4, "字段名"),
    ("", "syntax-error", 1, "空"),
    ("3", "type-mismatch", 1, "行数"),
    ("行数(项目台账)+行数(项目名单)", "type-mismatch", 1, "一种数据"),
    ("行数(项目台账: 项目代码 在 项目代码)", "syntax-error", 17, "数据.项目代码"),
    (f"行数(备注=“{'长' * 10_000}”)", "too-long", 10_000, "少于"),
    (f"{'(' * 100}行数(项目台账){')' * 100}", "too-deep", 100, "层"),
    (f"行数({'非 ' * 99}状态=在办)", "too-deep", 200, "层"),
]


@pytest.mark.parametrize(("text", "code", "place", "says"), MISTAKES, ids=[text[:20] for text, *_ in MISTAKES])
def test_a_mistake_is_told_at_its_place_with_the_nearest_right_word(text, code, place, says):
    with pytest.raises(FormulaError) as refused:
        formula(text)
    mistake = refused.value.mistake
    assert (mistake.code, mistake.place) == (code, place), mistake.message
    assert says in mistake.message


@pytest.mark.parametrize(
    ("formula_of", "side", "says"),
    [
        (("行数(状态=在办)", "行数(状态=再办)"), "denominator", "再办"),
        (("平均(金额)", None, "期限"), "due", "期限字段"),
        (("行数(状态=在办)", None, "金额"), "due", "不是日期"),
        (("行数(状态=在办)", None, "期现"), "due", "“期限”"),
        (("行数(项目台账)", "行数(项目名单)", "期限"), "due", "同一种数据"),
    ],
)
def test_the_mistake_is_told_of_its_side(formula_of, side, says):
    with pytest.raises(FormulaError) as refused:
        formula(*formula_of)
    assert refused.value.side == side
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("行数(项目台账)", "项目台账的条数"),
        (
            "行数(是否在岗=是 且 非 状态=在办)",
            "项目台账中是否在岗为“是”、且不符合（状态为“在办”）的条数",
        ),
        ("合计(非税收入, 期限 ≤ 2024-3-1)", "项目台账中期限不晚于2024-03-01的非税收入合计"),
        ("去重(项目代码、备注, 金额 未填)", None),
        ("去重(项目台账: 项目代码, 金额 未填 或 金额>3)", "项目台账中金额未填，或金额大于3的不同项目代码数"),
        (
            "(行数(状态=在办)+行数(状态=完成))×2",
            "（项目台账中状态为“在办”的条数＋项目台账中状态为“已完成”的条数）×2",
        ),
        ("平均(天数(开始时间, 完成日期))", "项目台账的开始时间至完成日期的天数平均值"),
        (
            "行数(项目台账: 项目代码 在 项目名单.项目代码)",
            "项目台账中项目代码见于项目名单的项目代码的条数",
        ),
    ],
)
def test_an_expression_is_written_back_as_a_sentence(text, sentence):
    said = formula(text).in_words
    assert said == (sentence or "项目台账中金额未填的不同项目代码、备注数")


def test_only_sums_over_rows_add_up_over_units():
    assert formula("行数(状态=在办) + 2×合计(金额)", "合计(金额)/100").adds_up
    assert not formula("平均(金额)").adds_up
    assert not formula("行数(状态=在办)", "合计(金额)/行数(状态=在办)").adds_up
    assert not formula("1 - 行数(状态=在办)").adds_up
    assert not formula("合计(金额)/0").adds_up
