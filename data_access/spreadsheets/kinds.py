"""The numbers of models.cells.CellKind, written again because the child must not load pandas to know them (a test
compares).
"""

BLANK, TEXT, NUMBER, PERCENT, DATE, BOOL, ERROR, EMPTY_FORMULA = range(8)
