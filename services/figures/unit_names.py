"""The units as a workbook or a command may name them: by their names and aliases, with the district's own name left
off.
"""

from __future__ import annotations

from typing import Any

from rules.intake import UnitNames


def unit_names(known: Any, district: str) -> UnitNames:
    return UnitNames(
        tuple(unit.name for unit in known.values()),
        {alias: unit.name for unit in known.values() for alias in unit.aliases},
        district,
    )


def unknown_unit(name: str, names: UnitNames) -> str:
    near = names.suggest(name)
    return f"单位名册中没有“{name}”" + (f"，是否为 {'、'.join(near)}？" if near else "，请先在单位名册中登记。")
