"""The sample district as a database that is loaded already: what `manage.py init --sample` makes of its workbooks in a
minute, the first `make run` unpacks in a second. A test holds that both are the same.

    python -m sample_data.loaded_district pack             after a change of the sample, the catalogue or the tables
    python -m sample_data.loaded_district unpack DATABASE
"""

from __future__ import annotations

import hashlib
import lzma
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
PACKED = ROOT / "sample_data" / "district.sqlite3.xz"


def pack() -> None:
    """Load the sample from its workbooks and write it to PACKED, without the files that lie in sample_data/ anyway."""
    from data_access.backup import copy_to
    from data_access.bulletin_files.pictures import chinese_font
    from models.people import Person, Role
    from services.access.current_user import acting_as
    from services.operations.set_up import set_up  # what unpacks needs nothing of the program

    if chinese_font() is None:
        raise SystemExit(
            "没有中文字体，通报会缺图：先安装（Debian：apt-get install fontconfig fonts-noto-cjk）再打包。"
        )
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite3"
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/board.sqlite3"
        with acting_as(Person("管理局（命令行）", Role.BUREAU, address="命令行", login="sample")):  # whoever packs it
            set_up(sample="district", say=print)
        copy_to(copy)
        _pack(copy)


def _pack(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        left_out = [(digest,) for digest in _files()]
        connection.executemany("UPDATE stored_file SET content = x'' WHERE sha256 = ?", left_out)
        connection.commit()
        connection.execute("VACUUM")
    PACKED.write_bytes(lzma.compress(database.read_bytes(), preset=9))


def unpack(database: Path) -> None:
    """Write the loaded sample to a new file, for this account alone. Raises OSError."""
    database.touch(mode=0o600, exist_ok=False)
    database.write_bytes(lzma.decompress(PACKED.read_bytes()))
    files = _files()
    with closing(sqlite3.connect(database)) as connection, connection:
        missing = [
            digest for (digest,) in connection.execute("SELECT sha256 FROM stored_file WHERE size > length(content)")
        ]
        contents = [(files[digest].read_bytes(), digest) for digest in missing]
        connection.executemany("UPDATE stored_file SET content = ? WHERE sha256 = ?", contents)


def _files() -> dict[str, Path]:
    """SHA-256 → a file of the sample."""
    paths = (path for path in (ROOT / "sample_data").rglob("*") if path.is_file() and path != PACKED)
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["pack"]:
            pack()
        case ["unpack", out]:
            unpack(Path(out))
        case _:
            sys.exit(__doc__)
