"""From figures and particulars to the files of a bulletin, always the same for the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from data_access.bulletin_files.annex_workbook import annex_workbook
from data_access.bulletin_files.document import draw
from data_access.bulletin_files.pictures import chinese_font, draw_pictures
from models.bulletins import Figures
from rules.bulletins.charts import chart_specifications
from rules.bulletins.particulars import Particulars
from rules.bulletins.text import document_of

DOCUMENT, WORKBOOK = "通报.docx", "附件.xlsx"
NO_FONT = "服务器没有安装中文字体，未生成图；文档中没有图。"


def print_files(
    figures: Figures, particulars: Particulars, pictures: Mapping[str, bytes] | None = None
) -> list[tuple[str, bytes]]:
    """Return (name, content) of the document, the workbook and the pictures. `pictures`: as stored, else drawn now."""
    drawn = pictures_of(figures, particulars) if pictures is None else pictures
    made = datetime.fromisoformat(particulars.made).replace(tzinfo=None)
    return [
        (DOCUMENT, draw(document_of(figures, particulars), drawn, made)),
        (WORKBOOK, annex_workbook(figures, particulars, made)),
        *drawn.items(),
    ]


def pictures_of(figures: Figures, particulars: Particulars) -> dict[str, bytes]:
    """Return the charts, or none where no Chinese font is installed."""
    font = chinese_font()
    return draw_pictures(chart_specifications(figures, particulars, font)) if font else {}


def print_warnings() -> list[str]:
    """Return what whoever drafts should know of the files."""
    return [] if chinese_font() else [NO_FONT]
