"""From an official document and its pictures to a .docx by GB/T 9704-2012, the same bytes for the same content."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.section import Section, _Footer
from docx.shared import Mm, Twips
from docx.text.paragraph import Paragraph as DrawnParagraph

from data_access.bulletin_files.layout import (
    BODY,
    CAPTION,
    HEI,
    LANDSCAPE,
    LINE_PITCH,
    NUMBER_2,
    NUMBER_3,
    NUMBER_4,
    PORTRAIT,
    RED,
    SONG,
    TITLE_FONT,
    Page,
    lay_out,
    orientation,
    twips,
)
from data_access.bulletin_files.paragraphs import (
    BOTH,
    CENTRE,
    FIRST,
    LEFT,
    PROSE,
    RIGHT,
    SECOND,
    Face,
    borders,
    write,
)
from data_access.bulletin_files.repacking import repacked
from data_access.bulletin_files.tables import table_xml
from models.official_document import Annex, Block, DocumentTable, Heading, Level, OfficialDocument, Paragraph, Picture

PICTURE_WIDTH = 150  # millimetres
LARGEST_HEAD = 50  # points
TITLE_LINE = 680  # twips
AN_EM_LINE = 1.25
RECORD_LINE = 480  # twips
RECORD_CHARACTERS = 28  # of 4号 to a line, one character in from each side
RECORD_SLACK = 120  # twips: the lines of the table and the paragraph that has to follow it


def draw(document: OfficialDocument, pictures: Mapping[str, bytes], made: datetime) -> bytes:
    """Return the .docx. `pictures`: PNG by name; one that is lacking is left out. `made`: the only time in the file."""
    drawing = docx.Document()
    _set_up(drawing, document, made)
    _draw_head(drawing, document)
    _draw_blocks(drawing, document.body, pictures, PORTRAIT)
    _draw_close(drawing, document)
    for number, annex in enumerate(document.annexes, 1):
        _draw_annex(drawing, annex, number, pictures, is_first=number == 1)
    _draw_record(drawing, document)
    out = io.BytesIO()
    drawing.save(out)
    return repacked(out.getvalue())


def _set_up(drawing: Document, document: OfficialDocument, made: datetime) -> None:
    properties = drawing.core_properties
    properties.title, properties.author = "".join(document.title), document.issuer
    properties.last_modified_by, properties.comments, properties.language = document.issuer, "", "zh-CN"
    properties.created = properties.modified = made
    properties.revision = 1
    normal = drawing.styles["Normal"]
    normal.font.size = Twips(NUMBER_3 * 20)
    normal.font.name = BODY
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    for language in drawing.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    drawing.settings.odd_and_even_pages_header_footer = True
    section = drawing.sections[0]
    lay_out(section, PORTRAIT)
    _number_pages(section)


def _number_pages(section: Section) -> None:
    """— 1 — in 4号 half-width 宋体: odd pages right, even pages left, one character in."""
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        _write_page_number(footer, Face(SONG, NUMBER_4, align, left=1, right=1, line=NUMBER_4 * 20))


def _write_page_number(footer: _Footer, face: Face) -> None:
    footer.is_linked_to_previous = False
    paragraph = write(footer.paragraphs[0], "— ", face)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    paragraph._p.append(field)
    number = write(DrawnParagraph(OxmlElement("w:p"), footer), "1", face)
    field.append(number._p.r_lst[0])
    write(paragraph, " —", face)


def _draw_head(drawing: Document, document: OfficialDocument) -> None:
    longest = max((len(office) for office in document.masthead), default=1)
    size = min(LARGEST_HEAD, int(PORTRAIT.text_width / 20 / longest))
    for number, office in enumerate(document.masthead):
        line = round(size * 20 * AN_EM_LINE)
        # The top edge of the letters, not of their line, stands 35 mm below the top of the text block.
        before = 0 if number else twips(35) - (line - size * 20) // 2
        write(
            drawing.add_paragraph(),
            office,
            Face(TITLE_FONT, size, CENTRE, before=before, line=line, colour=RED),
        )
    reference = write(
        drawing.add_paragraph(),
        document.document_number,
        Face(align=CENTRE, before=2 * LINE_PITCH, line=NUMBER_3 * 20),
    )
    _underline(reference)
    write(
        drawing.add_paragraph(),
        "\n".join(document.title),
        Face(TITLE_FONT, NUMBER_2, CENTRE, before=2 * LINE_PITCH, line=TITLE_LINE),
    )
    write(drawing.add_paragraph(), f"{document.recipients}：", Face(before=LINE_PITCH))


def _underline(paragraph: DrawnParagraph) -> None:
    """A red line as wide as the text block, 4 mm below the paragraph."""
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "11"), ("color", RED)):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(border, "w:spacing", "w:ind", "w:jc")


def _draw_blocks(drawing: Document, blocks: tuple[Block, ...], pictures: Mapping[str, bytes], page: Page) -> None:
    for block in blocks:
        match block:
            case Heading():
                write(drawing.add_paragraph(), block.text, FIRST if block.level is Level.FIRST else SECOND)
            case Paragraph():
                write(drawing.add_paragraph(), block.text, PROSE)
            case DocumentTable():
                _draw_table(drawing, block, page)
            case Picture() if block.name in pictures:
                _draw_picture(drawing, block, pictures[block.name])


def _draw_table(drawing: Document, content: DocumentTable, page: Page) -> None:
    if content.caption:
        write(drawing.add_paragraph(), content.caption, Face(HEI, CAPTION, CENTRE, keep_next=True))
    gap = write(drawing.add_paragraph(), "", Face(line=200))
    gap._p.addprevious(table_xml(content, page))


def _draw_picture(drawing: Document, picture: Picture, content: bytes) -> None:
    paragraph = write(drawing.add_paragraph(), "", Face(align=CENTRE, line=None, keep_next=True))
    drawn = paragraph.add_run().add_picture(io.BytesIO(content), width=Mm(PICTURE_WIDTH))
    drawn._inline.docPr.set("descr", picture.caption)
    write(drawing.add_paragraph(), picture.caption, Face(HEI, CAPTION, CENTRE))


def _draw_close(drawing: Document, document: OfficialDocument) -> None:
    """The list of annexes, then signature and day; the day four characters in, the signature over its middle."""
    for number, annex in enumerate(document.annexes, 1):
        ordinal = f"{number}. " if len(document.annexes) > 1 else ""
        if number == 1:
            face, text = Face(indent=2, before=LINE_PITCH, keep_next=True), f"附件：{ordinal}{annex.title}"
        else:
            face, text = Face(left=5, keep_next=True), f"{ordinal}{annex.title}"
        write(drawing.add_paragraph(), text, face)
    right = max(4 + (_ems(document.day) - _ems(document.signature)) / 2, 0)
    write(
        drawing.add_paragraph(),
        document.signature,
        Face(align=RIGHT, right=right, before=2 * LINE_PITCH, keep_next=True),
    )
    write(drawing.add_paragraph(), document.day, Face(align=RIGHT, right=4))


def _ems(text: str) -> float:
    """The width of a text in characters: figures and Latin letters are half as wide."""
    return sum(0.5 if sign.isascii() else 1 for sign in text)


def _draw_annex(drawing: Document, annex: Annex, number: int, pictures: Mapping[str, bytes], *, is_first: bool) -> None:
    page = LANDSCAPE if annex.wide else PORTRAIT
    follows = not is_first and drawing.sections[-1].orientation is orientation(page)
    if not follows:
        lay_out(drawing.add_section(WD_SECTION.NEW_PAGE), page)
    write(drawing.add_paragraph(), f"附件{number}", Face(HEI, align=LEFT, new_page=follows))
    write(
        drawing.add_paragraph(),
        annex.title,
        Face(TITLE_FONT, NUMBER_2, CENTRE, before=LINE_PITCH, line=TITLE_LINE, keep_next=True),
    )
    _draw_blocks(drawing, annex.blocks, pictures, page)


def _draw_record(drawing: Document, document: OfficialDocument) -> None:
    """The 版记 at the foot of a last page of its own, upright like the first.

    It is pushed down by an empty line of the height that is left: a floating table is not set at the foot by every
    program.
    """
    lay_out(drawing.add_section(WD_SECTION.NEW_PAGE), PORTRAIT)
    copies = [f"抄送：{document.copies}。"] if document.copies else []
    lines = 1 + sum(math.ceil(_ems(text) / RECORD_CHARACTERS) for text in copies)
    empty = PORTRAIT.text_height - lines * RECORD_LINE - RECORD_SLACK
    write(drawing.add_paragraph(), "", Face(line=empty))
    table = drawing.add_table(len(copies) + 1, 1)
    borders(table, {"top": 8, "bottom": 8, "insideH": 6})
    table.autofit = False
    table._tbl.tblGrid.gridCol_lst[0].w = Twips(PORTRAIT.text_width)
    face = Face(size=NUMBER_4, align=BOTH, left=1, right=1, line=RECORD_LINE)
    cells = [row.tc_lst[0] for row in table._tbl.tr_lst]
    for cell in cells:
        cell.width = Twips(PORTRAIT.text_width)
    for cell, text in zip(cells, copies, strict=False):
        write(DrawnParagraph(cell.p_lst[0], table), text, face)
    _write_issuer(DrawnParagraph(cells[-1].p_lst[0], table), document, face)
    write(drawing.add_paragraph(), "", Face(line=20))


def _write_issuer(paragraph: DrawnParagraph, document: OfficialDocument, face: Face) -> None:
    """The office on the left, the day of printing on the right."""
    write(paragraph, f"{document.issuer}\t{document.printed}", face)
    stops = OxmlElement("w:tabs")
    stop = OxmlElement("w:tab")
    stop.set(qn("w:val"), "right")
    stop.set(qn("w:pos"), str(PORTRAIT.text_width - 2 * 108 - NUMBER_4 * 20))
    stops.append(stop)
    paragraph._p.get_or_add_pPr().insert_element_before(stops, "w:spacing", "w:ind", "w:jc")
    paragraph.paragraph_format.alignment = LEFT
