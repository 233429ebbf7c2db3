"""Runs import-linter on the contracts of pyproject.toml; silent where all are kept, its whole text where one is
broken.
"""

import contextlib
import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

said = io.StringIO()
with contextlib.redirect_stdout(said):
    status = lint_imports()
if status != EXIT_STATUS_SUCCESS:
    sys.stdout.write(said.getvalue())
sys.exit(status)
