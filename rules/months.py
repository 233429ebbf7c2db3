"""Months as they are reported: “2023-06” and how people say it."""

from __future__ import annotations


def month_label(month: str) -> str:
    """Return “6月” of “2023-06”; the year stands where it is another one, which is the page's to say."""
    return f"{int(month[5:])}月"
