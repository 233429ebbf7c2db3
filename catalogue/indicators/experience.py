"""用户体验: keywords to find an item by, promised time cut, fewer visits, done on the spot."""

from models.definitions import Indicator
from rules.conditions import all_of, filled, number, one_of
from rules.indicators import mean, share
from rules.keywords import has_keywords
from rules.tallies import cut

LEAST_KEYWORDS = 3
TIMES_GIVEN = all_of(filled("promised_days", "statutory_days"), number("statutory_days", lambda days: days > 0))

COUNTED = (
    Indicator(
        "keyword_coverage",
        "检索关键词达标率",
        "有 3 个以上检索关键词的事项数",
        "事项数",
        ("事项",),
        share("事项", having=lambda items: has_keywords(items["keywords"], LEAST_KEYWORDS)),
    ),
    Indicator(
        "promised_time_cut",
        "承诺时限压缩比",
        "各事项（1 − 承诺时限 ÷ 法定时限）之和",
        "两项时限齐全且法定时限大于 0 的事项数",
        ("事项",),
        mean("事项", cut("promised_days", "statutory_days"), among=TIMES_GIVEN),
    ),
    Indicator(
        "zero_visit_share",
        "零跑动事项比例",
        "到办事现场次数为 0 的事项数",
        "填写了到办事现场次数的事项数",
        ("事项",),
        share("事项", having=number("visits", lambda visits: visits == 0), among=filled("visits")),
    ),
    Indicator(
        "on_the_spot_share",
        "即办件占比",
        "即办件事项数",
        "事项数",
        ("事项",),
        share("事项", having=one_of("case_type", "即办件")),
    ),
)
