"""The measures of GB/T 9704-2012 as the .docx wants them: page, grid, fonts and sizes (supervision.md 4.4)."""

from __future__ import annotations

from dataclasses import dataclass

from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.section import Section

TWIPS_A_MILLIMETRE = 1440 / 25.4
LINE_PITCH = 579  # twips: 22 lines fit the 225 mm of the text block
CHAR_SPACE = -848  # 4096ths of a point: 28 characters of 16 pt fit its 156 mm
CHARACTER_SPACING = -6  # twips: the same 28 characters where the grid is not asked
RED, BLACK = "FF0000", "000000"

BODY, TITLE_FONT, HEI, KAI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
NUMBER_2, NUMBER_3, NUMBER_4, IN_TABLE, CAPTION = 22, 16, 14, 10.5, 12
"""Sizes in points: 2号, 3号, 4号, 五号, 小四."""


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_A_MILLIMETRE)


@dataclass(frozen=True, slots=True)
class Page:
    """A4 with its margins, in millimetres."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float

    @property
    def text_width(self) -> int:
        """In twips."""
        return twips(self.width) - twips(self.left) - twips(self.right)

    @property
    def text_height(self) -> int:
        """In twips."""
        return twips(self.height) - twips(self.top) - twips(self.bottom)

    @property
    def footer(self) -> float:
        """From the foot of the page to the page number, which stands 7 mm below the text block."""
        return self.bottom - 7 - NUMBER_4 * 25.4 / 72


PORTRAIT = Page(210, 297, 37, 26, 35, 28)
LANDSCAPE = Page(297, 210, 28, 37, 26, 35)
"""The portrait page turned by a quarter: the binding side is on top."""


def orientation(page: Page) -> WD_ORIENTATION:
    return WD_ORIENTATION.LANDSCAPE if page.width > page.height else WD_ORIENTATION.PORTRAIT


def lay_out(section: Section, page: Page) -> None:
    """Give a section its page, margins and grid."""
    properties = section._sectPr
    size = properties.get_or_add_pgSz()
    size.set(qn("w:w"), str(twips(page.width)))
    size.set(qn("w:h"), str(twips(page.height)))
    size.orient = orientation(page)
    margins = properties.get_or_add_pgMar()
    for side in ("top", "right", "bottom", "left"):
        margins.set(qn(f"w:{side}"), str(twips(getattr(page, side))))
    margins.set(qn("w:header"), str(twips(15)))
    margins.set(qn("w:footer"), str(twips(page.footer)))
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    grid.set(qn("w:charSpace"), str(CHAR_SPACE))
    properties.append(grid)
