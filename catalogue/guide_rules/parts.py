"""The three parts of a guides workbook, as rules speak of them."""

from catalogue.datasets.guides import ITEMS, MATERIALS, STEPS
from rules.guide.rows import Rows

ITEM = Rows(ITEMS)
MATERIAL = Rows(MATERIALS)
STEP = Rows(STEPS)
