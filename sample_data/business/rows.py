"""What happened in the zone from January to May 2024, case by case: drawn from a seed, so the same every time.

Each ledger lists what is new in a month and, again, what was open at the end of the month before.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sample_data.business.plan_text import CONNECTION, OPENING, SUPPORT
from sample_data.workbook import CellValue

MONTHS = ("2024-01", "2024-02", "2024-03", "2024-04", "2024-05")
SEED = 20240103
FIRM_WORDS = (
    "云帆",
    "海岳",
    "启明",
    "新程",
    "合力",
    "蓝湾",
    "博远",
    "恒信",
    "卓越",
    "天成",
    "瑞安",
    "嘉禾",
    "同创",
    "锦绣",
)
TRADES = ("科技", "机械", "食品", "物流", "电子", "新材料", "软件", "商贸")
POLICIES = ("科技创新奖励", "稳岗补贴", "技改补助", "首贷贴息", "人才引育资助", "绿色工厂奖励")
SLOW = {("滨海供电公司", "2024-03"): 0.45, ("科技创新局", "2024-04"): 0.5, ("科技创新局", "2024-05"): 0.5}
"""Unit and month → the share of its cases that come late; elsewhere few do."""
FEW = 0.06
OPENERS = {"行政审批局": 16, "市场监管局": 9, "海棠街道": 5}
CONNECTORS = {"滨海供电公司": ("供电", 12), "滨海水务公司": ("供水", 8), "滨海燃气公司": ("供气", 6)}
SUPPORTERS = {"经济发展局": 4, "财政金融局": 3, "科技创新局": 6, "人力资源局": 9}


@dataclass(frozen=True)
class Work:
    """A case: its row as it stood in the end; `begun`, and `done` or None where it is still open."""

    dataset: str
    unit: str
    begun: date
    done: date | None
    cells: dict[str, CellValue]

    def as_of(self, month: str) -> Work:
        """Return the case as a ledger of that month has it: what was done later is not in it."""
        if self.done is not None and f"{self.done:%Y-%m}" > month:
            open_cells = {label: None if label in ENDS else value for label, value in self.cells.items()}
            return replace(self, done=None, cells=open_cells)
        return self


ENDS = ("办结日期", "接通日期", "兑现日期")


def ledger(dataset: str, unit: str, month: str) -> list[dict[str, CellValue]]:
    """Return the rows that a unit has in its ledger of a month, label → value."""
    rows = []
    for work in every_case():
        begun, done = f"{work.begun:%Y-%m}", None if work.done is None else f"{work.done:%Y-%m}"
        is_listed = begun <= month and (begun == month or done is None or done >= month)
        if (work.dataset, work.unit) == (dataset, unit) and is_listed:
            rows.append(work.as_of(month).cells)
    return rows


_every: list[Work] = []


def every_case() -> Sequence[Work]:
    """Return the cases of all units, drawn once."""
    if not _every:
        dice = random.Random(SEED)
        for month in MONTHS:
            for unit, number in OPENERS.items():
                _every.extend(_opening(dice, unit, month, index) for index in range(number + dice.randrange(4)))
            for unit, (kind, number) in CONNECTORS.items():
                _every.extend(
                    _connection(dice, unit, kind, month, index) for index in range(number + dice.randrange(3))
                )
            for unit, number in SUPPORTERS.items():
                _every.extend(_support(dice, unit, month, index) for index in range(number + dice.randrange(3)))
    return _every


def _begun(dice: random.Random, month: str) -> date:
    return date(int(month[:4]), int(month[5:]), dice.randint(2, 28))


def _done(dice: random.Random, unit: str, due: date, begun: date) -> date | None:
    """Mostly on a day between begin and due day; late in its bad months; now and then not yet."""
    if dice.random() < SLOW.get((unit, f"{begun:%Y-%m}"), FEW):
        return None if dice.random() < 0.4 else due + timedelta(days=dice.randint(1, 12))
    return begun + timedelta(days=dice.randint(0, (due - begun).days))


def _firm(dice: random.Random) -> str:
    return f"滨海{dice.choice(FIRM_WORDS)}{dice.choice(TRADES)}有限公司"


def _yes(dice: random.Random, share: float) -> str:
    return "是" if dice.random() < share else "否"


def _opening(dice: random.Random, unit: str, month: str, place: int) -> Work:
    begun = _begun(dice, month)
    due = begun + timedelta(days=dice.choice((1, 1, 2, 3)))
    done = _done(dice, unit, due, begun)
    kind = dice.choices(("有限公司", "个体工商户", "分支机构"), (6, 3, 1))[0]
    street = unit == "海棠街道"
    cells: dict[str, CellValue] = {
        "办件编号": f"KB{month.replace('-', '')}{list(OPENERS).index(unit) + 1}{place + 1:03d}",
        "受理单位": unit,
        "企业名称": _firm(dice),
        "企业类型": kind,
        "申请日期": begun,
        "承诺办结日期": due,
        "办结日期": done,
        "办理环节": dice.choices((1, 2, 3, 4), (5, 3, 1, 1) if not street else (1, 3, 4, 2))[0],
        "是否全程网办": _yes(dice, 0.5 if street else 0.93),
        "是否免费刻章": _yes(dice, 0.97),
        "联系电话": f"0360-5661{dice.randrange(1000):03d}",
    }
    return Work(OPENING, unit, begun, done, cells)


def _connection(dice: random.Random, unit: str, kind: str, month: str, place: int) -> Work:
    begun = _begun(dice, month)
    due = begun + timedelta(days=dice.choice((8, 10, 15)))
    done = _done(dice, unit, due, begun)
    small = dice.random() < 0.7
    charge = 0 if small and dice.random() < (0.8 if kind == "供气" else 0.98) else dice.choice((800, 1200, 3500))
    cells: dict[str, CellValue] = {
        "工单编号": f"BZ{month.replace('-', '')}{list(CONNECTORS).index(unit) + 1}{place + 1:03d}",
        "承办单位": unit,
        "用户名称": _firm(dice),
        "接入类别": kind,
        "是否小微企业": "是" if small else "否",
        "申请日期": begun,
        "承诺接通日期": due,
        "接通日期": done,
        "用户费用": charge,
    }
    return Work(CONNECTION, unit, begun, done, cells)


def _support(dice: random.Random, unit: str, month: str, place: int) -> Work:
    begun = _begun(dice, month)
    due = begun + timedelta(days=30)
    done = _done(dice, unit, due, begun)
    shares = {"人力资源局": (6, 3, 1), "经济发展局": (3, 3, 4)}.get(unit, (1, 3, 6))
    cells: dict[str, CellValue] = {
        "兑现编号": f"DX{month.replace('-', '')}{list(SUPPORTERS).index(unit) + 1}{place + 1:03d}",
        "主管部门": unit,
        "政策名称": dice.choice(POLICIES),
        "企业名称": _firm(dice),
        "申报日期": begun,
        "承诺兑现日期": due,
        "兑现日期": done,
        "兑现金额": dice.choice((2, 3, 5, 8, 10, 20)),
        "兑现方式": dice.choices(("免申即享", "即申即享", "申报评审"), shares)[0],
    }
    return Work(SUPPORT, unit, begun, done, cells)
