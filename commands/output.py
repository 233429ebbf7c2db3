"""What a command reads and tells: a file's bytes, one JSON document or lines for people, and the exit status."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from commands.chinese_arguments import REFUSED
from models.validation import ValidationReport
from services.access.refusal import RefusedRequest
from services.accounts.ways_in import OPEN_TO_VISITORS, is_sample

DONE, PROBLEMS = 0, 1


def tell(arguments: argparse.Namespace, document: dict[str, Any], lines: Callable[[], list[str]]) -> None:
    if arguments.json:
        print(json.dumps(document, ensure_ascii=False))
    else:
        for line in lines():
            print(line)


def content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RefusedRequest(f"打不开文件“{path}”，请检查路径。") from error


def refuse_unwritable(path: Path | None) -> None:
    """Refuse, before anything is stored, a file that could not be written. Raises RefusedRequest."""
    if path is not None and (path.is_dir() or not _takes_files(path.parent) or not _may_be_replaced(path)):
        raise RefusedRequest(f"不能写入“{path}”，请换一个位置。")


def refuse_unwritable_folder(folder: Path | None, names: Iterable[str]) -> None:
    """Refuse a folder in which files of these names could not be written; one that is not there is not made yet.
    Raises RefusedRequest.
    """
    if folder is None:
        return
    if not _takes_files(next(place for place in (folder, *folder.parents) if place.exists())):
        raise RefusedRequest(f"不能写入“{folder}”，请换一个目录。")
    for name in names:
        refuse_unwritable(folder / name if folder.is_dir() else None)


def _takes_files(folder: Path) -> bool:
    """Tried, because neither rights nor owners tell it of every kind of disk."""
    try:
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _may_be_replaced(path: Path) -> bool:
    return not path.exists() or os.access(path, os.W_OK)


def write(path: Path, content: bytes) -> None:
    """Raises RefusedRequest where the place cannot be written to."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise RefusedRequest(f"不能写入“{path}”，请换一个位置。") from error


def exit_status(report: ValidationReport) -> int:
    if report.refused is not None:
        print(report.refused.message, file=sys.stderr)
        return REFUSED
    return DONE if report.accepted else PROBLEMS


def sample_warning() -> list[str]:
    return [OPEN_TO_VISITORS] if is_sample() else []
