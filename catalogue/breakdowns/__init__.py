"""Every breakdown by its code: how the records spread over categories, for the area pages. No lamp looks at them."""

from catalogue.breakdowns import cases, guides, ratings
from catalogue.indicators import DATASET_OF_PART
from models.breakdowns import Breakdown

BREAKDOWNS: dict[str, Breakdown] = {one.code: one for one in (*ratings.KEPT, *guides.KEPT, *cases.KEPT)}


def datasets_broken_down(one: Breakdown) -> tuple[str, ...]:
    """The datasets it reads."""
    return tuple(dict.fromkeys(DATASET_OF_PART[part] for part in one.parts))
