"""What happened besides reports and verifications: a workbook taken back, wrong cells mended on screen, exemptions,
findings on guides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sample_data.district_items import ITEMS
from sample_data.district_units import UNIT
from sample_data.own_workbooks import own_post
from sample_data.post import Mended, Post, moment
from sample_data.rating_rows import month_of_cases
from sample_data.workbook import CellValue

Entry = Mapping[str, object]

TAKEN_BACK = "区民政局"
MENDED = "08月/云台街道7月好差评明细.xlsx"


def sent_by_mistake() -> Post:
    """Return June's figures in the workbook for July; withdrawn, and the right one sent twenty minutes later."""
    unit = UNIT[TAKEN_BACK]
    return own_post(
        unit,
        "monthly_cases",
        "2023-07",
        moment(8, 4, 15, 20),
        {"monthly_cases": month_of_cases(unit, "2023-06").monthly_cases},
        "（误传）",
    )


def with_cells_to_mend(post: Post) -> Post:
    """Return the rows with a rating that nobody may write and a day that does not exist; both corrected on screen
    before they were submitted.
    """
    if post.file != MENDED:
        return post
    first, *others = post.sheets
    rows: list[list[CellValue]] = [list(row) for row in first.rows]
    heading = next(index for index, row in enumerate(rows) if "满意度" in row)
    wrong = ((heading + 4, "满意度", "还行"), (heading + 7, "评价时间", "2023年7月32日"))
    mended = tuple(_spoil(first.name, rows, row, rows[heading].index(column), said) for row, column, said in wrong)
    return replace(post, sheets=(replace(first, rows=[*rows]), *others), corrections=mended)


def _spoil(sheet: str, rows: list[list[CellValue]], row: int, column: int, said: str) -> Mended:
    right, rows[row][column] = str(rows[row][column]), said
    return Mended(sheet, row + 1, chr(ord("A") + column), right)


def acts() -> list[Entry]:
    return [_withdrawal(), *_exemptions(), *_findings()]


def _withdrawal() -> Entry:
    return {
        "kind": "withdraw",
        "file": sent_by_mistake().file,
        "unit": TAKEN_BACK,
        "at": _at(8, 4, 15, 42),
        "reason": "误将6月数据填入7月报表，撤回后重新报送",
    }


def _exemptions() -> list[Entry]:
    """Nobody is freed of what is missing: it would turn lamps that the story needs as they are."""
    return [
        _exemption("区统计局", "help_cases", _at(8, 14, 10), "未设对外服务窗口，没有帮办代办业务"),
        _exemption("区统计局", "reviews", _at(8, 14, 10, 5), "未设对外服务窗口，没有评价对象"),
        _exemption("滨河街道", "bad_reviews", _at(7, 6, 9, 30), "办事大厅搬迁，评价设备停用"),
        _exemption("滨河街道", "bad_reviews", _at(7, 13, 9), "大厅已恢复办公", exempt=False),
    ]


def _exemption(unit: str, dataset: str, at: str, reason: str, *, exempt: bool = True) -> Entry:
    return {"kind": "exempt", "unit": unit, "dataset": dataset, "exempt": exempt, "reason": reason, "at": at}


def _findings() -> list[Entry]:
    """The supervision office rings the numbers of guides, and looks again where nobody answered."""
    return [
        _finding("G111", "区林草局", 1, _at(7, 20, 10, 12), "7月20日上午两次拨打均无人接听"),
        _finding("G111", "区城管局", 1, _at(7, 20, 10, 31), "号码已停机，指南未更新"),
        _finding("G111", "云台街道", 1, _at(7, 20, 11, 5)),
        _finding("G312", "区住建局", 1, _at(8, 18, 9, 40)),
        _finding("G312", "区城管局", 1, _at(8, 18, 10, 25), "流程图缺“专家评审”环节，与流程表不一致"),
        _finding("G111", "区林草局", 1, _at(8, 18, 15, 10), "复查：已有人接听", passed=True),
    ]


def _finding(rule: str, unit: str, item: int, at: str, note: str = "", *, passed: bool | None = None) -> Entry:
    """Without a note nothing was found wrong."""
    return {
        "kind": "find",
        "rule": rule,
        "unit": unit,
        "item": ITEMS[unit][item - 1].code,
        "at": at,
        "passed": not note if passed is None else passed,
        "note": note,
    }


def _at(month: int, day: int, hour: int, minute: int = 0) -> str:
    return moment(month, day, hour, minute).isoformat()
