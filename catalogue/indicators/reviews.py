"""好差评: coverage of items, ratings given by people themselves, bad ratings followed up."""

from models.definitions import Indicator
from rules.conditions import all_of, every, filled, negated, number, on_time, one_of, yes
from rules.indicators import across, share
from rules.item_codes import item_identity
from rules.tallies import distinct, total

RATED = all_of(filled("channel"), negated(one_of("channel", "系统默认")))
HANDLED = number("cases", lambda cases: cases >= 1)
NOT_MISTAKEN = negated(yes("mistaken"))

COUNTED = (
    Indicator(
        "item_rating_coverage",
        "事项评价覆盖率",
        "有评价的事项数（不含系统默认）",
        "有办件的事项数",
        ("reviews", "monthly_cases"),
        across(("reviews", distinct(item_identity, RATED)), ("monthly_cases", distinct("item_code", HANDLED))),
    ),
    Indicator(
        "active_rating_rate",
        "主动评价率",
        "有评价的办件数（不含系统默认）",
        "办结量",
        ("reviews", "monthly_cases"),
        across(("reviews", distinct("case_code", RATED)), ("monthly_cases", total("closed_cases"))),
    ),
    Indicator(
        "bad_review_callback_rate",
        "差评回访率",
        "已回访的实名差评数",
        "实名差评数（不含误评）",
        ("bad_reviews",),
        share("bad_reviews", having=yes("called_back"), among=all_of(yes("named"), NOT_MISTAKEN)),
    ),
    Indicator(
        "bad_review_on_time_rate",
        "差评按期整改率",
        "按期整改的属实差评数",
        "已到整改时限的属实差评数（不含误评）",
        ("bad_reviews",),
        share(
            "bad_reviews",
            having=on_time("rectified_at", "due_on"),
            among=all_of(yes("substantiated"), NOT_MISTAKEN),
            due="due_on",
        ),
    ),
)

UNJUDGED = (
    Indicator(
        "rating_rate_with_defaults",
        "评价率（含系统默认）",
        "有评价的办件数（含系统默认）",
        "办结量",
        ("reviews", "monthly_cases"),
        across(("reviews", distinct("case_code", every)), ("monthly_cases", total("closed_cases"))),
    ),
)
