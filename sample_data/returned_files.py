"""Files that were sent and came back: with wrong cells, or not readable at all. None is submitted."""

from __future__ import annotations

from dataclasses import replace

from sample_data.district_units import UNIT
from sample_data.guide_rows import guide
from sample_data.own_workbooks import own_post
from sample_data.post import Post, moment
from sample_data.rating_rows import month_of_cases
from sample_data.story import Quality
from sample_data.workbook import Row, Sheet


def returned_posts() -> list[Post]:
    return [_wrong_words(), _numbers_for_codes(), _column_missing(), _others_rows(), *_unreadable()]


def _returned(post: Post, sheets: tuple[Sheet, ...]) -> Post:
    return replace(post, file=f"退回/{post.file.rpartition('/')[2]}", sheets=sheets, expect="errors")


def _with_rows(sheet: Sheet, rows: list[Row]) -> Sheet:
    return Sheet(sheet.name, rows, sheet.merges)


def _wrong_words() -> Post:
    """还行 is no degree of satisfaction, 31 June no day, 03/06/2023 two days."""
    post = own_post(
        UNIT["区城管局"],
        "reviews",
        "2023-06",
        moment(7, 5, 17),
        {"reviews": month_of_cases(UNIT["区城管局"], "2023-06").reviews[:40]},
    )
    rows = [list(row) for row in post.sheets[0].rows]
    rated, satisfaction = rows[2].index("评价时间"), rows[2].index("满意度")
    rows[5][satisfaction], rows[9][rated], rows[12][rated] = "还行", "2023年6月31日", "03/06/2023"
    return _returned(post, (_with_rows(post.sheets[0], rows),))  # type: ignore[arg-type]


def _numbers_for_codes() -> Post:
    """Codes of 31 characters typed as numbers have lost their last digits."""
    post = own_post(UNIT["区林草局"], "guides", "2023-06", moment(6, 19, 9), guide(UNIT["区林草局"], Quality.FAIR))
    sheets = []
    for sheet in post.sheets:
        rows = [list(row) for row in sheet.rows]
        rows[3][0] = 1.19901062692460e30
        sheets.append(_with_rows(sheet, rows))  # type: ignore[arg-type]
    return _returned(post, tuple(sheets))


def _column_missing() -> Post:
    post = own_post(
        UNIT["区应急局"],
        "monthly_cases",
        "2023-06",
        moment(7, 4, 11),
        {"monthly_cases": month_of_cases(UNIT["区应急局"], "2023-06").monthly_cases},
    )
    sheet = post.sheets[0]
    column = sheet.rows[2].index("办结量")
    rows = [row if number < 2 else [*row[:column], *row[column + 1 :]] for number, row in enumerate(sheet.rows)]
    return _returned(post, (Sheet(sheet.name, rows),))


def _others_rows() -> Post:
    """Rows of another sub-district in a workbook sent for 北苑街道."""
    rows = [
        *month_of_cases(UNIT["北苑街道"], "2023-07").monthly_cases,
        *month_of_cases(UNIT["西园街道"], "2023-07").monthly_cases[:3],
    ]
    post = own_post(UNIT["北苑街道"], "monthly_cases", "2023-07", moment(8, 4, 11), {"monthly_cases": rows})
    return _returned(post, post.sheets)


def _unreadable() -> list[Post]:
    page = "<html><body><table><tr><td>办件编号</td><td>满意度</td></tr></table></body></html>"
    broken = b"PK\x03\x04" + bytes(range(256)) * 4
    contents = {
        "区林草局6月好差评明细.xls": page.encode(),
        "北苑街道6月好差评明细.xlsx": b"",
        "区交通局6月好差评明细.xlsx": broken,
    }
    return [
        Post(
            f"退回/{name}",
            "reviews",
            name.split("6月")[0],
            "2023-06",
            moment(7, 5, 10, index),
            content=content,
            expect="refused",
        )
        for index, (name, content) in enumerate(contents.items())
    ]
