"""From the text of an address cell to which of the four parts that the plan demands it names.

A street or road (…街/路/大道/巷/里; a 街道 or 社区 named after one is none), a door number after it, a room or floor,
a window with its number (guide_rules.md, G106).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rules.guides.reading import NUMERAL, half_width

_COUNT = rf"(?:\d{{1,8}}|[{NUMERAL}]{{1,8}})"
_CODE = rf"(?:[A-Za-z]{{0,2}}-?{_COUNT})"
_NAME = r"[\u4e00-\u9fffA-Za-z0-9#]"
_NOT_A_PLACE = r"(?!街道|街办|社区|办事处|派出所|村|镇|乡)"
_STRETCH = r"(?:[东西南北中上下][段侧路]?|[一二三四五]段|(?:\d+公里)?处|以[东西南北])?(?:\([^()]*\)|[,:])?"
_DOOR_END = r"号(?!楼|窗|室|房(?!管|产|地)|间|厅|线|路|街|大街|大道|公路|门(?!面|市|店|诊)|馆|柜台|工位|岗|厂房|小区|井|电梯|通道|出口|入口|展)"  # noqa: E501
_DOOR = rf"(?:No\.?\s*|[甲乙丙丁附新特])?{_CODE}(?:[-之]{_COUNT})?[甲乙丙丁]?(?:{_DOOR_END}|\#(?![楼窗路栋]))"
_BARE_DOOR = r"(?:No\.?)?\d+(?:-\d+)?(?![\d\-~至到、,]|[楼层室路米栋幢号窗#座排公年月里]|单元|[A-Z])"

_BLANKS = re.compile(r"\s+")
_STREET = re.compile(
    rf"""
    {_NAME}大道{_NOT_A_PLACE}
  | (?<![道铁公线电水马之丝岔字])(?<!高速)(?<!乘\d)(?<!坐\d)(?<=[\u4e00-\u9fffA-Za-z0-9\#])路{_NOT_A_PLACE}(?!政(?:大队|执法|管理|所|中队|支队)|[桥灯基面网由况家])(?!公交|车)
  | (?<=[\u4e00-\u9fffA-Za-z0-9])街{_NOT_A_PLACE}(?![道区办坊子心面])
  | (?<=[\u4e00-\u9fffA-Za-z0-9])巷{_NOT_A_PLACE}(?!道)
  | (?<=[\u4e00-\u9fff])胡同
  | (?<=[\u4e00-\u9fff])公路(?={_STRETCH}{_DOOR})
  | (?<=[\u4e00-\u9fff])(?<![公院楼厅村镇乡城区县市这那屋])里(?={_STRETCH}{_DOOR}|$|[,;(])
""",  # noqa: E501
    re.VERBOSE,
)
_DOOR_AT_STREET = re.compile(rf"{_STRETCH}(?:{_DOOR}|{_BARE_DOOR})")
_DOOR_ANYWHERE = re.compile(rf"(?<![第0-9A-Za-z{NUMERAL}-]){_DOOR}")
_NOT_A_HALL = r"[^\d,;()楼层厅室院局厦区号窗心处]"
_WINDOW = re.compile(
    rf"""
    {_CODE}\)?(?:号|\#){_NOT_A_HALL}{{0,12}}窗口?
  | (?:[A-Za-z]{{1,2}}-?\d+|\d+|第{_CODE}|[A-Z])窗口?
  | 窗口?(?:编?号)?[:(“"]?(?:第|No\.?)?(?:[A-Za-z]{{1,2}}-?\d{{1,3}}|\d{{1,3}}(?!\d|-\d{{5}})|{_COUNT}号)(?![楼层])(?:[-~至到、]{_CODE})*号?
""",  # noqa: E501
    re.VERBOSE,
)
_ROOM = re.compile(
    rf"""
    (?<![\d\#])(?:[BbFfLl]?\d{{1,2}}|负?[{NUMERAL}]{{1,4}}|[首底顶])[楼层](?![级次])(?:\d{{3,4}}号(?!.{{0,8}}窗))?
  | (?<![A-Za-z\d])(?:B?\d{{1,2}}F(?![A-Za-z])|F\d{{1,2}}(?![A-Za-z\d号]))
  | {_CODE}号?(?:办公|登记|接待|受理|档案|值班|会议|业务|服务)?(?:室|房间|房(?!管|产|地)|屋|号间)
  | (?:房间|办公室|房号|室号)(?:编?号)?[:(]?[A-Z]?\d{{1,4}}(?!\d|号?窗)
  | (?:[座栋幢楼]|单元)-?[A-Z]?\d{{3,4}}(?!\d)
  | 第{_COUNT}间
""",
    re.VERBOSE,
)


class AddressParts(NamedTuple):
    """Which parts an address names."""

    street: bool = False
    door: bool = False
    room: bool = False
    window: bool = False

    @property
    def complete(self) -> bool:
        return self.street and self.door and self.room and self.window


def read_address(text: str) -> AddressParts:
    plain = _BLANKS.sub("", half_width(text)).replace("~", "-")
    street, door, rest = _street_and_door(plain)
    room = _ROOM.search(rest) is not None
    rest = _ROOM.sub(";", rest)
    window = _WINDOW.search(rest) is not None
    return AddressParts(street, door or _stray_door(_WINDOW.sub(";", rest)), room, window)


def _street_and_door(text: str) -> tuple[bool, bool, str]:
    """Is there a street, does a door number follow one at once, and the text without the streets and that number.

    A number straight after the street is the door's even where a window stands further on (平安路168号综合窗口).
    """
    streets = list(_STREET.finditer(text))
    for street in streets:
        if door := _DOOR_AT_STREET.match(text, street.end()):
            return True, True, text[: street.start()] + ";" + text[door.end() :]
    if not streets:
        return False, False, text
    return True, False, text[streets[0].end() :]


def _stray_door(text: str) -> bool:
    """A door number further on, or in an address without a street (海石湾街道168号): the street is what is missing
    there.
    """
    return _DOOR_ANYWHERE.search(text) is not None
