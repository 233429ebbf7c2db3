"""From two bulletins to their numbers side by side, as a reader compares two issues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.bulletins import Figures
from models.lamps import FACES
from rules.bulletins.annexes import LAMPS_IN_ORDER
from rules.bulletins.particulars import Particulars


@dataclass(frozen=True, slots=True)
class Compared:
    """One number of both issues; None where one of them does not have it. `is_share`: read as per cent."""

    group: str
    what: str
    earlier: float | None
    later: float | None
    is_share: bool = False

    @property
    def difference(self) -> float | None:
        return None if self.earlier is None or self.later is None else self.later - self.earlier


def compared(earlier: Figures, later: Figures, particulars: Particulars) -> list[Compared]:
    """Return lamps, reports, indicators and places of both, in the order of the later one."""
    return [
        *_lamps(earlier, later),
        *_reports(earlier, later),
        *_indicators(earlier, later, particulars),
        *_places(earlier, later),
    ]


def _lamps(earlier: Figures, later: Figures) -> Iterator[Compared]:
    before, now = earlier["lamps"]["now"], later["lamps"]["now"]
    for lamp in LAMPS_IN_ORDER:
        yield Compared("总体", FACES[lamp].word, before.get(lamp.value, 0), now.get(lamp.value, 0))


def _reports(earlier: Figures, later: Figures) -> Iterator[Compared]:
    for name, title in {"owed": "应报月度数据", "on_time": "按时", "late": "迟报", "missing": "缺报"}.items():
        yield Compared("报送", title, earlier["reports"][name], later["reports"][name])


def _indicators(earlier: Figures, later: Figures, particulars: Particulars) -> Iterator[Compared]:
    before = {(row["measure"], row["code"]): row["value"] for row in earlier["indicators"]}
    for row in later["indicators"]:
        yield Compared(
            "指标",
            f"{row['measure']} {particulars.indicators[row['code']]}",
            before.get((row["measure"], row["code"])),
            row["value"],
            row["code"] not in particulars.counts,
        )


def _places(earlier: Figures, later: Figures) -> Iterator[Compared]:
    before = {row["unit"]: row["place"] for row in earlier["ranking"]}
    for row in later["ranking"]:
        yield Compared("名次", row["unit"], before.get(row["unit"]), row["place"])
