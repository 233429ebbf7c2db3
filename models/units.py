"""A unit as it stands in the register, without its number: what the bureau enters on screen or by workbook."""

from __future__ import annotations

from dataclasses import dataclass

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
