"""From the rows of the problem list to the XML of the sheet 问题清单, every cell text, each with a
link to its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from data_access.marking.problem_list import HEADINGS
from data_access.marking.xml_text import HEAD, MAIN, quoted, text

LIST_SHEET = "问题清单"
LIST_MARK = "问题清单（系统生成"  # both as in models.cells, which the child must not load (a test compares)
TITLE = f"{LIST_MARK}，改正后连同本表上传即可）"
LINK_COLUMN = 2
LETTERS = "ABCDEFGHIJ"


def list_xml(rows: Sequence[Sequence[str]], styles: Mapping[str, int]) -> bytes:
    """Return the sheet of the list. `rows` are aligned with HEADINGS and end with a link, or nothing, within the
    workbook.
    """
    return "".join(_pieces(rows, styles)).encode()


def _pieces(rows: Sequence[Sequence[str]], styles: Mapping[str, int]) -> Iterator[str]:
    yield HEAD + f'<worksheet xmlns="{MAIN.decode()}"><sheetViews><sheetView tabSelected="1" workbookViewId="0">'
    yield '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    for number, (_, width) in enumerate(HEADINGS, 1):
        yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield f'<row r="1">{_cell("A1", TITLE, styles["title"])}</row>'
    yield _row(2, [heading for heading, _ in HEADINGS], [styles["heading"]] * len(HEADINGS))
    looks = [styles["text"]] * len(HEADINGS)
    linked = [styles["link"] if column == LINK_COLUMN else look for column, look in enumerate(looks)]
    for number, row in enumerate(rows, 3):
        yield _row(number, row[:-1], linked if row[-1] and row[LINK_COLUMN] else looks)
    yield f'</sheetData><mergeCells count="1"><mergeCell ref="A1:{LETTERS[len(HEADINGS) - 1]}1"/></mergeCells>'
    links = [
        f'<hyperlink ref="C{number}" location="{quoted(row[-1])}"/>'
        for number, row in enumerate(rows, 3)
        if row[-1] and row[LINK_COLUMN]
    ]
    yield f"<hyperlinks>{''.join(links)}</hyperlinks></worksheet>" if links else "</worksheet>"


def _row(number: int, texts: Sequence[str], looks: Sequence[int]) -> str:
    cells = "".join(
        _cell(f"{letter}{number}", value, look)
        for letter, value, look in zip(LETTERS, texts, looks, strict=False)
        if value
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(address: str, value: str, style: int) -> str:
    return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text(value)}</t></is></c>'
