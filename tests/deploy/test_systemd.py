"""systemd has nothing to say about the units that are shipped."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UNITS = Path(__file__).resolve().parents[2] / "deploy" / "systemd"
PYTHON = "/opt/board/current/.venv/bin/python"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    for path in UNITS.iterdir():
        text = path.read_text(encoding="utf-8").replace(PYTHON, sys.executable)  # the board is not installed here
        (tmp_path / path.name.replace("@.", "@8501.")).write_text(text, encoding="utf-8")
    for port in (8502, 8503, 8504):
        shutil.copy(tmp_path / "board@8501.service", tmp_path / f"board@{port}.service")
    names = sorted(str(path) for path in tmp_path.iterdir())
    environment = os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"}
    done = subprocess.run(
        ["systemd-analyze", "verify", *names], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
