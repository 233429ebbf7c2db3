"""The endings of the files that an uploader takes."""

WORKBOOKS = ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "et"]
