"""What is looked at when the board begins to be served."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

import data_access.database as database
from data_access.failures import Fault, Unusable
from services.operations.start_up import begin_to_serve


def test_a_folder_of_data_that_was_open_to_others_is_closed(
    planned_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = planned_database.parent / "data"
    data.mkdir(mode=0o755)
    moved = planned_database.rename(data / "board.sqlite3")
    moved.chmod(0o644)
    monkeypatch.setattr(database, "ROOT", data.parent)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{moved}")
    assert begin_to_serve() is not None
    assert [path.stat().st_mode & 0o777 for path in (data, moved)] == [0o700, 0o600]


def test_a_folder_of_ones_own_choice_is_left_as_it_is(planned_database: Path) -> None:
    planned_database.parent.chmod(0o755)
    assert begin_to_serve() is not None
    assert planned_database.parent.stat().st_mode & 0o777 == 0o755


def test_a_folder_in_which_nothing_can_be_written_is_a_failure_with_its_sentence(
    planned_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(os.EX_NOPERM, "read-only file system")

    monkeypatch.setattr("services.operations.start_up.hold_for_serving", refuse)
    with pytest.raises(Unusable) as failure:
        begin_to_serve()
    assert failure.value.fault is Fault.READ_ONLY


def test_the_process_that_serves_may_open_as_many_files_as_the_system_allows(planned_database: Path) -> None:
    """A hundred visits hold several hundred files; a shell gives 256 or 1,024."""
    lines = (
        "import resource",
        "most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]",
        "resource.setrlimit(resource.RLIMIT_NOFILE, (128, most))",
        "from frame.start import make_ready",
        "make_ready()",
        "print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], cwd=database.ROOT, capture_output=True, text=True, check=True
    )
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    assert int(done.stdout) == (65_536 if most == resource.RLIM_INFINITY else min(most, 65_536)) > 128
