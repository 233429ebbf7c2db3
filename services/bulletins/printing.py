"""From figures and particulars to the files of a bulletin, always the same for the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from data_access.bulletin_files.annex_workbook import annex_workbook
from data_access.bulletin_files.document import draw
from data_access.bulletin_files.pictures import chinese_font, draw_pictures
from models.bulletins import Figures
from rules.bulletins.charts import chart_specifications
from rules.bulletins.particulars import Particulars
from rules.bulletins.text import INDICATORS_CHART, LAMPS_CHART, document_of

DOCUMENT, WORKBOOK = "通报.docx", "附件.xlsx"
FILE_NAMES = (DOCUMENT, WORKBOOK, LAMPS_CHART, INDICATORS_CHART)
NO_FONT = "服务器没有安装中文字体，未生成图；文档中没有图。"


def print_files(
    figures: Figures, particulars: Particulars, pictures: Mapping[str, bytes] | None = None
) -> list[tuple[str, bytes]]:
    """Return (name, content) of the document, the workbook and the pictures. `pictures`: as stored, else drawn now."""
    drawn = pictures_of(figures, particulars) if pictures is None else pictures
    made = _as_properties_write_it(datetime.fromisoformat(particulars.made))
    return [
        (DOCUMENT, draw(document_of(figures, particulars), drawn, made)),
        (WORKBOOK, annex_workbook(figures, particulars, made)),
        *drawn.items(),
    ]


def _as_properties_write_it(made: datetime) -> datetime:
    """UTC, without saying so. A draft's day has no zone, nor had the time of bulletins issued earlier."""
    return made if made.tzinfo is None else made.astimezone(UTC).replace(tzinfo=None)


def pictures_of(figures: Figures, particulars: Particulars) -> dict[str, bytes]:
    """Return the charts, or none where no Chinese font is installed."""
    font = chinese_font()
    return draw_pictures(chart_specifications(figures, particulars, font)) if font else {}


def print_warnings() -> list[str]:
    """Return what whoever drafts should know of the files."""
    return [] if chinese_font() else [NO_FONT]
