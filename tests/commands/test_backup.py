"""`manage.py backup` and `restore`: everything in one file, and nothing lost on the way back."""

from pathlib import Path

import pytest

import manage
from data_access.database import data_version, engine, writing
from data_access.plan_store import units


def names() -> list[str]:
    with writing() as session:
        return [unit.name for unit in units(session).values()]


def test_what_was_backed_up_comes_back_and_what_it_replaces_is_kept(planned_database: Path, tmp_path: Path) -> None:
    out, before = tmp_path / "备份.sqlite3", names()
    assert manage.main(["backup", "--out", str(out)]) == 0
    with engine().begin() as connection:
        connection.exec_driver_sql("UPDATE unit SET name = '改名了' WHERE position = 0")
    assert manage.main(["restore", str(out)]) == 0
    assert names() == before
    kept = list(tmp_path.glob("board-replaced-*.sqlite3"))
    assert len(kept) == 1
    assert data_version() > 0


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 50])
def test_a_file_that_is_no_backup_is_refused_and_changes_nothing(
    planned_database: Path, tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong, before = tmp_path / "wrong.sqlite3", names()
    wrong.write_bytes(content)
    assert manage.main(["restore", str(wrong)]) == 2
    assert "不是完整的看板备份" in capsys.readouterr().err
    assert names() == before


def test_an_existing_file_is_not_written_over(
    planned_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "有用的文件"
    out.write_text("有用")
    assert manage.main(["backup", "--out", str(out)]) == 2
    assert "已存在" in capsys.readouterr().err
    assert out.read_text() == "有用"
