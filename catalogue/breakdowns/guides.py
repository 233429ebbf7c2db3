"""办事指南 and 事项认领: items by visits, times, depth, reach, hall and source; single items that ask for a decision;
blank elements.
"""

import pandas as pd

from catalogue.indicators.coverage import ELEMENTS
from catalogue.indicators.experience import TIMES_GIVEN
from models.breakdowns import Breakdown, Rows
from models.definitions import Frames
from rules.breakdowns import PLACE, breakdown, plain
from rules.conditions import all_of, negated, number, numbers, one_of, yes
from rules.indicators import reported
from rules.tallies import cut, records, value

SOON_DONE_DAYS = 1
ITEM = {"item_code": "item_code", "item_name": "item_name"}
BANDS = ("承诺长于法定", "未压缩", "压缩不足三分之一", "压缩三分之一至三分之二", "压缩三分之二以上")
TIMES = ("时限不全", *BANDS)
COULD_BE_ON_THE_SPOT = all_of(
    one_of("case_type", "承诺件"), number("promised_days", lambda days: days <= SOON_DONE_DAYS)
)
TWO_THIRDS = 1e-9  # 2/3 of a whole number of days is no exact binary fraction


def time_band(items: pd.DataFrame) -> pd.Series:
    """Return how far the promised time is cut below the statutory one, in words."""
    cut = 1 - numbers(items["promised_days"]) / numbers(items["statutory_days"])
    banded = pd.cut(
        cut,
        [-float("inf"), -TWO_THIRDS, TWO_THIRDS, 1 / 3 - TWO_THIRDS, 2 / 3 - TWO_THIRDS, float("inf")],
        right=False,
        labels=list(BANDS),
    )
    return banded.astype(object).where(TIMES_GIVEN(items), TIMES[0])


def blank_elements(frames: Frames) -> Rows:
    items = reported(frames, "事项")
    return [
        [name, blanks, len(items)]
        for name, blanks in zip(ELEMENTS, plain(items[list(ELEMENTS)].isna().sum()), strict=True)
    ]


KEPT = (
    breakdown(
        "item_times",
        "事项",
        {"band": time_band},
        {
            "promised": value(lambda items: numbers(items["promised_days"]), TIMES_GIVEN),
            "statutory": value(lambda items: numbers(items["statutory_days"]), TIMES_GIVEN),
            "cut": value(cut("promised_days", "statutory_days"), TIMES_GIVEN),
            "timed": records(TIMES_GIVEN),
        },
    ),
    breakdown("item_visits", "事项", {"visits": "visits"}),
    breakdown("item_types", "事项", {"case_type": "case_type"}),
    breakdown(
        "soon_on_the_spot", "事项", ITEM | {"promised_days": "promised_days"} | PLACE, among=COULD_BE_ON_THE_SPOT
    ),
    breakdown("online_depth", "事项", {"item_type": "item_type", "online_depth": "online_depth"}),
    breakdown(
        "special_items", "事项", ITEM | {"reason": "special_reason", "online": "online"} | PLACE, among=yes("special")
    ),
    breakdown(
        "cross_region",
        "事项",
        ITEM | {"reach": "cross_region"} | PLACE,
        among=one_of("cross_region", "跨省", "省内", "全市"),
    ),
    breakdown("hall_and_source", "事项", {"in_hall": "in_hall", "same_source": "same_source"}),
    breakdown("publication", "事项", {"published": "published"}),
    Breakdown("blank_elements", ("事项",), ("element",), ("blank", "items"), blank_elements),
    breakdown("claims", "catalogue_claims", {"claim": "claim"}),
    breakdown(
        "claims_open",
        "catalogue_claims",
        {"basic_code": "basic_code", "item_name": "item_name", "claim": "claim", "reason": "reason"} | PLACE,
        among=negated(one_of("claim", "已认领")),
    ),
)
