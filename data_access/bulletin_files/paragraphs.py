"""Paragraphs of an official document, drawn into a python-docx document or cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt, RGBColor, Twips
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from data_access.bulletin_files.layout import BLACK, BODY, CHARACTER_SPACING, HEI, KAI, LINE_PITCH, NUMBER_3

LEFT, CENTRE, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class Face:
    """How the letters of a paragraph look and how it is set. `indent`, `right` and `hanging` are in characters of its
    size, `before` and `line` in twips; `line` None: as high as what stands in it.
    """

    font: str = BODY
    size: float = NUMBER_3
    align: Any = BOTH
    indent: float = 0  # of the first line
    left: float = 0
    right: float = 0
    before: int = 0
    line: int | None = LINE_PITCH
    colour: str = BLACK
    keep_next: bool = False
    new_page: bool = False


PROSE = Face(indent=2)
FIRST = Face(HEI, indent=2, keep_next=True)
SECOND = Face(KAI, indent=2, keep_next=True)


def write(paragraph: Paragraph, text: str, face: Face) -> Paragraph:
    """Set a paragraph's text and look; a line feed is a line break."""
    for number, line in enumerate(text.split("\n")):
        run = paragraph.add_run(line)
        if number:
            run._r.insert_element_before(OxmlElement("w:br"), "w:t")
        letter(run, face)
    shape(paragraph, face)
    return paragraph


def letter(run: Run, face: Face) -> None:
    """Give a run its font (for Chinese and for Latin alike), size and colour."""
    run.font.name = face.font
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face.font)
    run.font.size = Pt(face.size)
    if face.size == NUMBER_3:
        _draw_together(run)
    if face.colour != BLACK:
        run.font.color.rgb = RGBColor.from_string(face.colour)


def _draw_together(run: Run) -> None:
    """28 characters of 3号 to a line, whatever a program makes of the page's grid."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(CHARACTER_SPACING))
    run._r.get_or_add_rPr().insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def shape(paragraph: Paragraph, face: Face) -> None:
    """Set the alignment, indents and spacing of a paragraph."""
    form = paragraph.paragraph_format
    form.alignment = face.align
    form.space_before, form.space_after = Twips(face.before), Twips(0)
    if face.line is None:
        form.line_spacing = 1.0
    else:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Twips(face.line)
    form.keep_with_next = face.keep_next or None
    form.page_break_before = face.new_page or None
    _leave_grid(paragraph)
    _indent(paragraph, face)


def _leave_grid(paragraph: Paragraph) -> None:
    """Lines and letters are set exactly: some programs give a letter a hair wider than its cell two of them."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(off, "w:spacing", "w:ind", "w:jc")


def _indent(paragraph: Paragraph, face: Face) -> None:
    """In characters for Word, and in twips for whoever does not know characters."""
    given = {"firstLine": face.indent, "left": face.left, "right": face.right}
    if not any(given.values()):
        return
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for side, characters in given.items():
        if characters:
            indent.set(qn(f"w:{side}Chars"), str(round(characters * 100)))
            indent.set(qn(f"w:{side}"), str(round(characters * face.size * 20)))


def borders(table: Table, eighths: dict[str, int]) -> None:
    """Draw the table's lines, each so many eighths of a point thick; sides not named have none."""
    lines = OxmlElement("w:tblBorders")
    for side in SIDES:
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single" if side in eighths else "nil")
        if side in eighths:
            line.set(qn("w:sz"), str(eighths[side]))
            line.set(qn("w:color"), BLACK)
        lines.append(line)
    table._tbl.tblPr.insert_element_before(lines, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
