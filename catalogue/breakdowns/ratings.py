"""好差评: ratings by month, channel and level; signs of inflated figures; items never rated; monthly case figures."""

import pandas as pd

from models.breakdowns import Breakdown, Rows
from models.definitions import Frames
from rules.breakdowns import breakdown, plain
from rules.indicators import reported
from rules.item_codes import item_identity
from rules.rating_signs import DEFAULT, SIGNS
from rules.tallies import total

MOST_UNRATED = 200
MONTHLY_NUMBERS = ("cases", "online_cases", "pushed_cases", "linked_cases", "closed_cases", "rated_cases",
                   "default_rated_cases", "licence_calls")


def signs_shown(frames: Frames) -> Rows:
    reviews = reported(frames, "reviews")
    return [[sign, int(shows(reviews).sum())] for sign, shows in SIGNS.items()]


def never_rated(frames: Frames) -> Rows:
    """The items with cases and no rating of a person's own; those with the most cases where there are very many."""
    reviews, handled = reported(frames, "reviews"), reported(frames, "monthly_cases")
    rated = set(item_identity(reviews[reviews["channel"] != DEFAULT]).dropna())
    cases = handled["cases"].astype("float64").groupby(handled["item_code"]).sum()
    silent = pd.Series(cases[(cases >= 1) & ~cases.index.isin(rated)]).sort_values(ascending=False, kind="stable")
    return [[str(code), number] for code, number in zip(silent.index[:MOST_UNRATED], plain(silent)[:MOST_UNRATED], strict=True)]


KEPT = (
    breakdown("ratings", "reviews", {"month": "month", "channel": "channel", "satisfaction": "satisfaction"}),
    Breakdown("rating_signs", ("reviews",), ("sign",), ("number",), signs_shown),
    Breakdown("items_never_rated", ("reviews", "monthly_cases"), ("item_code",), ("cases",), never_rated),
    breakdown("case_months", "monthly_cases", {"month": "month"}, {name: total(name) for name in MONTHLY_NUMBERS}),
)
