"""A file is read by a fork that has everything loaded: importing a library anew for each file takes six times as long
as reading it.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READ = """
import importlib, json, sys
from data_access.forker import LOADED
for name in LOADED: importlib.import_module(name)
loaded = set(sys.modules)
from data_access.spreadsheets.child import main
from data_access.spreadsheets.limits import ReadLimits
from dataclasses import asdict
assert main([json.dumps(asdict(ReadLimits())), sys.argv[1]]) == 0
print(json.dumps(sorted({one.split(".")[0] for one in set(sys.modules) - loaded})), file=sys.stderr)
"""


@pytest.mark.long
@pytest.mark.parametrize(
    "file",
    [
        "sample_data/clean/approvals.xlsx",
        "tests/spreadsheet_files/mixed_cells.xls",
        "tests/spreadsheet_files/dates.xlsb",
    ],
)
def test_no_library_is_loaded_anew_for_a_file(file: str) -> None:
    with (ROOT / file).open("rb") as content:
        done = subprocess.run(
            [sys.executable, "-c", READ, file], stdin=content, capture_output=True, cwd=ROOT, check=True
        )
    loaded = set(json.loads(done.stderr.splitlines()[-1]))
    assert not loaded & {"pandas", "numpy", "openpyxl", "fastexcel", "python_calamine", "lxml"}, loaded
