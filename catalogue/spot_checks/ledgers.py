"""Kind of spot check → how the rows of the ledger it draws from become elements, claims, questions and signs."""

import pandas as pd

from catalogue.spot_checks.of_datasets import LedgersOfCheck
from rules.conditions import Condition, any_of, filled, no, on_time, yes
from rules.guides.sources import given
from rules.rating_signs import DEFAULT
from rules.rating_signs import READS as SIGNS_READ
from rules.spot_checks.ledgers import Ledger, always, by_evening, either, on_day_off, same_day

UNTRUE = always(any_of(yes("mistaken"), no("substantiated")))
CALLED_BACK = always(yes("called_back"))
RECTIFIED = by_evening("rectified_at")


def _has_chart(frame: pd.DataFrame) -> pd.Series:
    return frame["flow_chart"].map(lambda cell: isinstance(cell, str) and given(cell)).astype(bool)


def _marked(column: str) -> Condition:
    """What was judged elsewhere and set beside the rows."""
    return lambda frame: frame[column].astype(bool)


_SHIPPED: dict[str, Ledger] = {
    "guides": Ledger(
        "事项",
        ("item_code",),
        ("item_name", "address", "office_hours"),
        conditions={"q1": always(_has_chart), "q4": always(yes("special"))},
        signals={"failing": always(_marked("_failing"))},
        reads=("flow_chart", "special"),
    ),
    "bad_reviews": Ledger(
        "bad_reviews",
        ("bad_review_code",),
        ("item_name", "case_code", "rated_at", "called_back_at", "rectified_at"),
        ("comment", "measures_taken", "outcome"),
        among=either(CALLED_BACK, RECTIFIED, UNTRUE),
        conditions={"q1": CALLED_BACK, "q2": RECTIFIED, "q3": UNTRUE},
        signals={"untrue": UNTRUE, "same_day": same_day("rectified_at", "rated_at")},
        reads=("called_back", "rectified_at", "mistaken", "substantiated"),
        reads_for_risk=("rated_at",),
    ),
    "reviews": Ledger(
        "reviews",
        ("case_code", "round"),
        ("item_name", "channel", "satisfaction", "rated_at"),
        ("comment", "applicant", "phone"),
        leaves_out=("channel", (DEFAULT,)),
        signals={"sign": always(_marked("_sign"))},
        reads=("channel",),
        reads_for_risk=SIGNS_READ,
    ),
    "tickets": Ledger(
        "hotline_tickets",
        ("ticket_code",),
        ("ticket_type", "received_at", "closed_at"),
        ("request", "caller", "phone"),
        among=by_evening("closed_at"),
        claim=always(yes("solved")),
        claims=always(filled("solved")),
        signals={"redone": always(yes("redone")), "extended": always(yes("extended"))},
        reads=("closed_at", "solved"),
        reads_for_risk=("redone", "extended"),
    ),
    "help_cases": Ledger(
        "help_cases",
        ("help_code",),
        ("matter", "way", "received_on", "due_on"),  # the day of the close is what the unit claims
        ("client", "phone"),
        among=by_evening("closed_on"),
        claim=always(on_time("closed_on", "due_on")),
        claims=always(filled("due_on")),
        signals={"last_day": same_day("closed_on", "due_on")},
        reads=("closed_on", "due_on"),
    ),
    "approvals": Ledger(
        "approvals",
        ("project_code", "matter"),
        ("project_name", "received_on", "closed_on"),
        among=by_evening("closed_on"),
        claim=always(yes("result_uploaded")),
        signals={"day_off": on_day_off("closed_on")},
        reads=("closed_on", "result_uploaded"),
    ),
}

LEDGERS = LedgersOfCheck("ledgers of checks", _SHIPPED)
