"""One archive with which the board is installed where no package index is reached: the program, the wheels of every
package it runs on for this platform and this version of Python, install.sh and a list of checksums.
"""

from __future__ import annotations

import argparse
import hashlib
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ("tests/", "benchmarks/", ".ci/", "docs/screenshots/", "Makefile", "requirements-dev.txt", ".git")
REQUIREMENTS = ("requirements.txt", "requirements-postgresql.txt")
ALREADY_PACKED = 1  # wheels are archives; packing them again as well as can be takes a minute and gains nothing


def make_bundle(folder: Path) -> Path:
    """Return the archive, made in the folder."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    version = f"{_declared_version()}-{_git('describe', '--always', '--exclude=*', '--dirty=-changed').strip()}"
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"board-{version}-{platform.system().lower()}-{platform.machine()}-python{python}.tar.gz"
    with tempfile.TemporaryDirectory(dir=folder) as making:
        bundle = Path(making) / f"board-{version}"
        _copy_program(bundle / "program")
        _collect_wheels(bundle / "wheels")
        for name in ("install.sh", "install.py"):
            shutil.copy(ROOT / "deploy" / name, bundle)
        (bundle / "VERSION").write_text(f"{version}\n")
        (bundle / "PYTHON").write_text(f"{python}\n")
        write_checksums(bundle)
        unfinished = Path(making) / archive.name
        with tarfile.open(unfinished, "w:gz", compresslevel=ALREADY_PACKED) as out:
            out.add(bundle, bundle.name, filter=_as_roots)
        unfinished.replace(archive)
    return archive


def write_checksums(bundle: Path) -> None:
    """Write the list that install.sh holds every file against."""
    listed = bundle / "SHA256SUMS"
    listed.unlink(missing_ok=True)
    paths = sorted(path for path in bundle.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(bundle)}\n" for path in paths]
    listed.write_text("".join(lines), encoding="utf-8")


def _declared_version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def _copy_program(to: Path) -> None:
    """What git knows of, as it stands in the work tree."""
    for name in filter(None, _git("ls-files", "-z").split("\0")):
        if not name.startswith(LEFT_OUT):
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to / name)


def _collect_wheels(to: Path) -> None:
    wanted = [word for name in REQUIREMENTS for word in ("-r", str(ROOT / name))]
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(to), *wanted], check=True
    )


def _git(*words: str) -> str:
    return subprocess.run(["git", "-C", str(ROOT), *words], check=True, capture_output=True, text=True).stdout


def _as_roots(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "dist")
    archive = make_bundle(parser.parse_args().folder)
    sys.stderr.write(f"==> {archive}，{archive.stat().st_size / 2**20:.0f} MB\n")


if __name__ == "__main__":
    main()
