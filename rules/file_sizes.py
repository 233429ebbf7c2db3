"""From a file's size to the words for it. A megabyte is 1,024 × 1,024 bytes everywhere, as in the limits."""

from __future__ import annotations

KILOBYTE = 1024
MEGABYTE = KILOBYTE * KILOBYTE


def size_in_words(size: int) -> str:
    """Return “812 字节”, “34 KB” or “1.2 MB”."""
    if size < KILOBYTE:
        return f"{size} 字节"
    return f"{size / KILOBYTE:,.0f} KB" if size < MEGABYTE else f"{round(size / MEGABYTE, 1):,g} MB"
