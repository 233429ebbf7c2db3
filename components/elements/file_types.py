"""The endings of the files that an uploader takes."""

from data_access.evidence import SUFFIXES

WORKBOOKS = ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "et"]
EVIDENCE = [ending.removeprefix(".") for endings in SUFFIXES.values() for ending in endings]
