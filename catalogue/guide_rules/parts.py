"""The three parts of a guides workbook, as rules speak of them."""

from catalogue.datasets.guides import ITEMS, MATERIALS, STEPS
from rules.guides.rows import Rows

ITEM = Rows(ITEMS)
MATERIAL = Rows(MATERIALS)
STEP = Rows(STEPS)
