"""Every breakdown by its code: how the records spread over categories, for the area pages. No lamp looks at them."""

from catalogue.breakdowns import cases, guides, ratings
from catalogue.datasets import DATASET_OF_PART
from catalogue.register import Register
from models.breakdowns import Breakdown

BREAKDOWNS: Register[Breakdown] = Register(
    "breakdowns", {breakdown.code: breakdown for breakdown in (*ratings.KEPT, *guides.KEPT, *cases.KEPT)}
)


def datasets_broken_down(breakdown: Breakdown) -> tuple[str, ...]:
    """Return the datasets that the breakdown reads."""
    return tuple(dict.fromkeys(DATASET_OF_PART[part] for part in breakdown.parts))
