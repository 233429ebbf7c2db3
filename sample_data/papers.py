"""From a heading and lines to a one-page .pdf or .docx with them; the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

STAMP = (2023, 6, 1, 0, 0, 0)
"""When the parts of a .docx say that they were packed."""
MEASURES = "Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93"
LINE = 38
"""Characters of a line; a PDF does not wrap by itself."""

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'  # noqa: E501
    "</Types>"
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'  # noqa: E501
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(heading: str, lines: Sequence[str]) -> bytes:
    body = _paragraph(heading, size=36, centred=True) + "".join(_paragraph(line, size=28) for line in lines)
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(
                zipfile.ZipInfo(name, STAMP), f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}'
            )
    return packed.getvalue()


def _paragraph(text: str, *, size: int, centred: bool = False) -> str:
    place = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centred else '<w:pPr><w:ind w:firstLine="560"/></w:pPr>'
    return f'<w:p>{place}<w:r><w:rPr><w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'  # noqa: E501


def pdf(heading: str, lines: Sequence[str]) -> bytes:
    """Return a PDF in a face that every reader of Chinese PDFs has or replaces: none is embedded, so that the file
    stays small.
    """
    stream = "\n".join(
        (
            "BT",
            f"/F 18 Tf 72 760 Td {_shown(heading)} Tj",
            "/F 12 Tf 0 -40 Td",
            *(f"{_shown(row)} Tj 0 -24 Td" for line in lines for row in _rows(line)),
            "ET",
        )
    )
    return _pdf_of(
        (
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
            f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
            "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R>>",  # noqa: E501
            f"<</Type/FontDescriptor/FontName/STSong-Light/{MEASURES}>>",
        )
    )


def _rows(line: str) -> list[str]:
    return [line[start : start + LINE] for start in range(0, len(line), LINE)]


def _shown(text: str) -> str:
    return f"<{text.encode('utf-16-be').hex()}>"


def _pdf_of(objects: Sequence[str]) -> bytes:
    """The objects numbered from 1, and the table of where each begins."""
    written, starts = b"%PDF-1.4\n", []
    for number, said in enumerate(objects, 1):
        starts.append(len(written))
        written += f"{number} 0 obj\n{said}\nendobj\n".encode("ascii")
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(written)}\n%%EOF\n"  # noqa: E501
    return written + end.encode("ascii")
