"""From a table of an official document to its XML for the .docx.

Written as text and parsed once: python-docx takes milliseconds for a cell, and an annex has thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.table import CT_Tbl

from data_access.bulletin_files.layout import BODY, HEI, IN_TABLE, Page
from data_access.bulletin_files.paragraphs import SIDES
from models.official_document import DocumentTable

LINE = 320  # twips
CELL_MARGIN = 60  # twips
THICKNESS = 4  # eighths of a point


def table_xml(content: DocumentTable, page: Page) -> CT_Tbl:
    """Return the table as wide as the page's text: its head is repeated on every page, and no row is cut."""
    widths = _widths([column.share for column in content.columns], page.text_width)
    head = [(column.title, HEI, "center") for column in content.columns]
    rows = [
        [
            (text, BODY, "right" if column.is_number else "left")
            for text, column in zip(row, content.columns, strict=True)
        ]
        for row in content.rows
    ]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    drawn = "".join(_row(cells, widths) for cells in rows)
    table: CT_Tbl = parse_xml(
        f"<w:tbl {nsdecls('w')}>{_properties(sum(widths))}<w:tblGrid>{grid}</w:tblGrid>"
        f"{_row(head, widths, '<w:tblHeader/>')}{drawn}</w:tbl>"
    )
    return table


def _widths(shares: Sequence[int], width: int) -> list[int]:
    widths = [width * share // sum(shares) for share in shares]
    widths[-1] += width - sum(widths)
    return widths


def _properties(width: int) -> str:
    lines = "".join(f'<w:{side} w:val="single" w:sz="{THICKNESS}" w:color="000000"/>' for side in SIDES)
    margins = "".join(f'<w:{side} w:w="{CELL_MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )


def _row(cells: Iterable[tuple[str, str, str]], widths: Sequence[int], more: str = "") -> str:
    drawn = "".join(_cell(*cell, width) for cell, width in zip(cells, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{drawn}</w:tr>"


def _cell(text: str, font: str, align: str, width: int) -> str:
    """Small letters keep their own distance: they do not snap to the page's grid."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
        f'<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/>'
        f'<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"'
        f' w:cs="{font}"/><w:sz w:val="{IN_TABLE * 2:.0f}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t>'
        f"</w:r></w:p></w:tc>"
    )
