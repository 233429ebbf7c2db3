"""A unit as it stands in the register, without its number, and what happened to units (机构变动)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

UNIT_KINDS = ("镇街", "部门", "其他")


@dataclass(frozen=True, slots=True)
class UnitEntry:
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    engineering: bool = False
    leader: str | None = None
    person: str | None = None
    phone: str | None = None


UNIT_LABELS = {
    "name": "单位名称",
    "kind": "单位类别",
    "aliases": "别名",
    "engineering": "工程建设项目审批单位",
    "leader": "责任领导",
    "person": "责任人",
    "phone": "联系电话",
}
"""Field of an entry → what it is called on screen."""


class UnitChangeKind(StrEnum):
    """What may happen to units; the values are the words of the command line."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    FOUND = "found"
    ABOLISH = "abolish"

    @property
    def word(self) -> str:
        return {"rename": "更名", "merge": "合并", "split": "拆分", "found": "设立", "abolish": "撤销"}[self.value]


@dataclass(frozen=True, slots=True)
class UnitChange:
    """An entry of the units' history (机构变动): in force from the beginning of `day` on. Units are numbers.

    `units`: those that it happens to, of a founding the new one. `successors`: those that answer from the day on for
    what `units` answered for; none: nobody. `new`: those of them, or the founded one, that exist only from the day on.
    `name_before`, `name_after`: of a renaming. `tasks`: what a founded unit answers for, by key.
    """

    number: int
    day: date
    kind: UnitChangeKind
    units: tuple[int, ...]
    successors: tuple[int, ...]
    new: tuple[int, ...]
    name_before: str
    name_after: str
    tasks: tuple[str, ...]
    reason: str
    document: str
    at: datetime
    by: str

    @property
    def ended(self) -> tuple[int, ...]:
        """Return the units that are no more from the day on."""
        if self.kind in (UnitChangeKind.RENAME, UnitChangeKind.FOUND):
            return ()
        return tuple(unit for unit in self.units if unit not in self.successors)
