"""ONE table of rows, declared once (screens.md, section 1).

Say its columns, then draw it: `draw_table(Table("", "逾期举措", COLUMNS), rows, here)`. Order, filters, groups, pages,
the exported workbook, paper and phone follow.
"""

from components.elements.table.declaration import Column, Row, Table, Width
from components.elements.table.screen import draw_table, rows_on_page, table_markup, table_parts
from components.elements.table.values import SEVERITY, Kind, Share

__all__ = [
    "SEVERITY",
    "Column",
    "Kind",
    "Row",
    "Share",
    "Table",
    "Width",
    "draw_table",
    "rows_on_page",
    "table_markup",
    "table_parts",
]
