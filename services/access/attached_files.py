"""A file that somebody attaches as proof: its plain name and its kind, told by content, or a refusal."""

from __future__ import annotations

from pathlib import PurePath

from data_access.evidence import RECORDINGS, SUFFIXES, kind_of, recording_kind_of
from rules.file_sizes import MEGABYTE, size_in_words
from services.access.refusal import RefusedRequest

LARGEST = 20 * MEGABYTE
KINDS = "PDF、OFD，图片（.png、.jpg、.heic），Word（.docx、.doc）和 Excel（.xlsx、.xls）"


def plain_name(file_name: str) -> str:
    """Return the name without the folders that some browsers send along."""
    return PurePath(file_name.replace("\\", "/")).name


def checked_kind(name: str, content: bytes, *, recordings: bool = False) -> str:
    """Return the kind of the file, a key of SUFFIXES, or of RECORDINGS where these are taken. Raises RefusedRequest."""
    if not content:
        raise RefusedRequest(f"“{name}”是空文件，请重新选择。")
    if len(content) > LARGEST:
        raise RefusedRequest(
            f"“{name}”有 {size_in_words(len(content))}，超过 {size_in_words(LARGEST)}，请压缩图片或拆分后再传。"
        )
    kind = kind_of(content, name) or (recording_kind_of(content) if recordings else None)
    if kind is None:
        kinds = f"{KINDS}，录音（.mp3、.m4a、.wav）" if recordings else KINDS
        raise RefusedRequest(
            f"“{name}”不是可以作为证明材料的文件。可用：{kinds}；压缩包请解压后逐个上传，含宏的请另存为不含宏的格式。"
        )
    if PurePath(name).suffix.lower() not in (SUFFIXES | RECORDINGS)[kind]:
        raise RefusedRequest(f"“{name}”的内容是 {kind.upper()}，与扩展名不符，请改正扩展名后再传。")
    return kind
