"""A changed source file makes the server import our modules again in the same process; the tables must bear that."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

RELOADED = """
import sys
from datetime import date

OURS = ("models", "rules", "catalogue", "data_access", "services", "components", "frame", "pages")

def lamps():
    from models.people import Person, Role
    from services.access.current_user import acting_as
    from services.board.scorecard import assess
    with acting_as(Person("管理局", Role.BUREAU)):
        return [(lamp.measure, lamp.unit, lamp.lamp.value) for lamp in assess(date(2023, 3, 1)).lamps]

from sqlmodel import SQLModel

first = lamps()
tables = set(SQLModel.metadata.tables)
# As streamlit.watcher.LocalSourcesWatcher does when a file changes.
for name in [name for name in sys.modules if name.split(".")[0] in OURS]:
    del sys.modules[name]
assert lamps() == first and first
assert {"progress", "report"} <= tables == set(SQLModel.metadata.tables)
"""


def test_the_tables_can_be_imported_again_in_the_same_process(planned_database: str) -> None:
    done = subprocess.run([sys.executable, "-c", RELOADED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
