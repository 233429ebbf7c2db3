"""Where a line may end: never between a number and what it counts, nor within a day."""

import pytest

from components.elements.page_header import NO_BREAK, head
from components.elements.phrases import whole_days


def test_a_title_breaks_after_its_marks_and_at_no_number():
    shown = head("重点领域 · 渠道完备度", "9 项未进驻大厅，涉及 11 个单位；G104 规则最多")
    title = f"9{NO_BREAK}项未进驻大厅，涉及{NO_BREAK}11{NO_BREAK}个单位；G104{NO_BREAK}规则最多"
    assert f"<h1>{title}</h1>" in shown


@pytest.mark.parametrize("title", ["区住建局·7.1.3 开展“小兰帮办”品牌建设：临期", "2023-1 七月专项督查：已结束"])
def test_a_title_may_break_after_the_code_of_what_it_is_about(title):
    assert f"<h1>{title}</h1>" in head("督查 · 判定依据", title)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("没有日期，2023年8月", "没有日期，2023年8月"),
        ("期限 8月底前（2023-08-31）。", '期限 8月底前（<span class="nowrap">2023-08-31</span>）。'),
        (
            "2023-07-07 <完成>，2023-08-04 报送",
            '<span class="nowrap">2023-07-07</span> &lt;完成&gt;，<span class="nowrap">2023-08-04</span> 报送',
        ),
    ],
)
def test_a_day_in_a_sentence_stands_in_one_piece_and_what_was_typed_is_escaped(words, shown):
    assert whole_days(words) == shown
