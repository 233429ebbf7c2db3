"""The board's five counts, which together are every lamp that counts: finished, under way, near, unclear, overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from components.board.lamp_list import LISTED, to_list
from components.elements.context import PageContext
from components.elements.figures import with_minus
from components.elements.lamp import shape
from components.elements.links import link
from components.elements.phrases import listed
from components.elements.templates import from_template
from models.lamps import FACES, Lamp, RollUp


@dataclass(frozen=True)
class Count:
    lamps: tuple[Lamp, ...]

    def of(self, counts: Mapping[Lamp, int]) -> int:
        return sum(counts[lamp] for lamp in self.lamps)

    def words(self) -> str:
        return "、".join(FACES[lamp].word for lamp in self.lamps)

    def title(self) -> Markup:
        return Markup("／").join(shape(lamp) + FACES[lamp].word for lamp in self.lamps)


FIVE = (
    Count((Lamp.OVERDUE,)),
    Count((Lamp.NOT_REPORTED, Lamp.DOUBT)),
    Count((Lamp.DUE_SOON, Lamp.TO_VERIFY)),
    Count((Lamp.ON_TRACK,)),
    Count((Lamp.DONE, Lamp.DONE_LATE)),
)


def summary_tiles(now: RollUp, here: PageContext, before: RollUp | None = None, since: str = "") -> Markup:
    """Return each count with its share of all, its parts where it has two, and what changed since the earlier day; each
    leads to its list.
    """
    tiles = [_tile(count, now, before, since, here) for count in FIVE]
    return from_template("board/summary_tiles.html", tiles=tiles)


def _tile(count: Count, now: RollUp, before: RollUp | None, since: str, here: PageContext) -> Mapping[str, object]:
    number = count.of(now.counts)
    return {
        "title": count.title(),
        "number": to_list(f"{number:,}", here, count.lamps[0]) if number and len(count.lamps) == 1 else f"{number:,}",
        "share": f"／{now.counted:,} 项，{number / now.counted:.1%}" if now.counted else "",
        "parts": listed(_part(lamp, now.counts[lamp], here) for lamp in count.lamps) if len(count.lamps) > 1 else "",
        "change": _change(count, number - count.of(before.counts), since, here) if before else "",
    }


def _change(count: Count, difference: int, since: str, here: PageContext) -> Markup:
    """Return “较8月15日 −11”, which lists what came and what left; also where as many came as left."""
    address = here.same_page(turned=count.lamps[0], lamp=None, area=None, deadline=None, listed=None)
    return link(f"较{since} {signed(difference)}", f"{address}#{LISTED}", f"列出{count.words()}的转入和转出")


def _part(lamp: Lamp, number: int, here: PageContext) -> str | Markup:
    words = f"{FACES[lamp].word} {number:,}"
    return to_list(words, here, lamp) if number else words


def signed(difference: int) -> str:
    """Return +12, −3, 持平."""
    return with_minus(f"{difference:+,}") if difference else "持平"
