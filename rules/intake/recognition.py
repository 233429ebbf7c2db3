"""From what a file says about itself (the text above its table, sheet and file names) to its unit and month, where it
is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rules.intake.unit_names import UnitNames
from rules.intake.words import half_width, squeezed, with_digits

_UNIT_LABEL = re.compile(
    r"(?:填[表报]|报送|上报|责任|编制|主办|报告)?(?:单位|部门)(?:名称|全称)?(?:\((?:公章|盖章|签章|章)\))?\s*[:]\s*(?P<rest>.+)"
)
_END_OF_NAME = re.compile(r"\s{2,}|(?=\d{4}\s*年)|(?=(?:填[表报]|报送|统计)(?:日期|时间|人)|联系)")
_RANGE = r"(?<![\d\-—–~至到、/.])"
_NO_DAY = r"(?!\d{1,2}(?!\d)|[底末前至到~\-—–、])"  # three digits and more are no day: 7月12345工单台账
_WITH_YEAR = re.compile(rf"{_RANGE}(20\d\d)年(?:度)?(\d{{1,2}})月(?:份)?{_NO_DAY}")
_DIGITS_ONLY = re.compile(
    r"(?<![\d\-/.])(20\d\d)[-/.](\d{1,2})(?![\d]|[-/.]\d|月\d)|(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)"
)
_MONTH_ALONE = re.compile(rf"{_RANGE}(?<!年)(\d{{1,2}})月(?:份)?{_NO_DAY}")


_DAY = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月]\d{1,2}(?!\d)")
_DAY_OF_WRITING = re.compile(
    r"(?:填[表报]|报送|上报|制表|打印|导出|生成)(?:日期|时间):?[^:]*?20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
)


def unit_in(lines: Iterable[str], titles: Iterable[str], units: UnitNames) -> str | None:
    """Return the unit of lines such as 填报单位(公章)：区人社局; where there are none that of the titles, else that of
    the sheets' and the file's names. None where they name different ones: a workbook of several sheets may be of
    several units.
    """
    texts = [half_width(line) for line in lines]
    stated = {unit for text in texts if (unit := _stated_unit(text, units))}
    above = {unit for text in texts if (unit := units.find_in(text))}
    named = {unit for title in titles if (unit := units.find_in(title))}
    unit_name = stated or above or named
    return unit_name.pop() if len(unit_name) == 1 else None


def _stated_unit(line: str, units: UnitNames) -> str | None:
    match = _UNIT_LABEL.search(line)
    if not match:
        return None
    name = next((piece for piece in _END_OF_NAME.split(match["rest"]) if piece.strip()), "")
    return units.resolve(name) or units.resolve(name.split()[0] if name.split() else "") or units.find_in(match["rest"])


def month_in(texts: Iterable[str], year: int) -> str | None:
    """Return YYYY-MM of the first text that names a month: with its year before one without; a day or a range names
    none.
    """
    lines = [with_digits(squeezed(text)) if "月" in text else squeezed(text) for text in texts]
    return next((month for read in (_with_year, _alone) for line in lines for month in read(line, year)), None)


def month_of_day_in(texts: Iterable[str]) -> str | None:
    """Return YYYY-MM of the one month of the days that the texts name, such as 填报单位(公章)：… 2023年6月30日; a day
    on which the table was filled in says nothing.
    """
    lines = (_DAY_OF_WRITING.sub("", squeezed(text)) for text in texts)
    months = {
        month for line in lines for match in _DAY.finditer(line) for month in _valid(int(match[1]), int(match[2]))
    }
    return months.pop() if len(months) == 1 else None


def _with_year(line: str, _: int) -> Iterator[str]:
    for match in (*_WITH_YEAR.finditer(line), *_DIGITS_ONLY.finditer(line)):
        numbers = [int(number) for number in match.groups() if number]
        yield from _valid(*numbers)


def _alone(line: str, year: int) -> Iterator[str]:
    for match in _MONTH_ALONE.finditer(line):
        yield from _valid(year, int(match[1]))


def _valid(year: int, month: int) -> Iterator[str]:
    if 1 <= month <= 12:
        yield f"{year:04d}-{month:02d}"
