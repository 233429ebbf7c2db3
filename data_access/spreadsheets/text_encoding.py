"""From the bytes of a text file to its text: UTF-8, UTF-16 and UTF-32 with or without their mark, GB18030.

A few bytes that fit no character (an export that cut long texts by bytes) become �, bytes 0 (padding of a database
dump) are left out.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE

from data_access.spreadsheets.refusals import ENCODING_SENTENCE, Rejected

MARKS = {BOM_UTF32_LE: "utf-32", BOM_UTF32_BE: "utf-32", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
SAMPLE = 100_000  # characters or bytes that are looked at
BROKEN = "\ufffd"
PER_BROKEN = 30  # characters to each that cannot be decoded; with fewer the encoding is not known


def decoded(content: bytes) -> str:
    """Raises Rejected: not-a-spreadsheet for bytes that are no text, damaged for text in another encoding."""
    encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), None) or _without_mark(content)
    text = content.decode(encoding, "replace").replace("\0", "").removesuffix("\x1a")
    if not _is_text(text):
        raise Rejected("not-a-spreadsheet")
    if text.count(BROKEN) * PER_BROKEN > len(text):
        raise Rejected("damaged", ENCODING_SENTENCE)
    return text


def _without_mark(content: bytes) -> str:
    """By where its bytes 0 lie, which no text of the other encodings has but as padding."""
    empty = [place.count(0) * 10 > len(place) * 9 for place in (content[start:SAMPLE:4] for start in range(4))]
    if empty[2] and empty[3]:
        return "utf-32-le"
    if empty[0] and empty[1]:
        return "utf-32-be"
    even, odd = (content[start:SAMPLE:2] for start in (0, 1))
    for name, with_zeros, without in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if with_zeros.count(0) * 10 > len(with_zeros) and without.count(0) * 100 < len(without):
            return name
    narrow = "utf-8-sig" if _is_utf8(content) else "gb18030"
    if _is_text(content[:SAMPLE].decode(narrow, "replace").replace("\0", "")):
        return narrow
    return next((name for name in ("utf-16-le", "utf-16-be") if _is_wide(content, name)), narrow)


def _is_wide(content: bytes, encoding: str) -> bool:
    """Whether nearly all of it is Chinese and ASCII as two bytes each: little of any other text would be."""
    text = content[: SAMPLE & ~1].decode(encoding, "replace")
    known = sum(char < "\x7f" or "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in text)
    return known * 20 >= len(text) * 19


def _is_utf8(content: bytes) -> bool:
    """All of it, or nearly every character beyond ASCII: in GB18030 hardly any would be."""
    try:
        content.decode()
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
        broken = text.count(BROKEN)
        return broken * PER_BROKEN <= len(text) - len(text.encode("ascii", "ignore")) - broken
    return True


def _is_text(text: str) -> bool:
    """Random bytes often decode as GB18030, but not without control characters or unassigned code points."""
    sample = text[:SAMPLE]
    odd = sum(
        1
        for char in sample
        if (char < " " and char not in "\t\n\r\f\x1a") or "\ue000" <= char <= "\uf8ff" or char == "\x7f"
    )
    return odd * 200 <= len(sample)
