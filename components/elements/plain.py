"""Words that somebody typed, for a label, a warning or a button of Streamlit's, which take them for Markdown."""

from __future__ import annotations

import re

JOINER = "\u2060"
"""Shows nothing; between its two halves an address is no link."""
_ANYWHERE = re.compile(r"([\\`*_\[\]$~<&])|((?<!\d):|:(?!\d))")
_AT_THE_BEGINNING = re.compile(r"^(\s*)([#>+=|-]|\d+(?=[.)](?:\s|$)))", re.M)
_ADDRESSES = re.compile(r"(?i)(https?|ftp|mailto|xmpp|www|@)(?=[:.\w])")


def plain(text: object) -> str:
    """Return Markdown that shows the text as it is: nothing in it is a link, a picture, a colour or a formula."""
    words = _ADDRESSES.sub(rf"\1{JOINER}", str(text))
    words = _ANYWHERE.sub(lambda sign: f"\\{sign[0]}", words)
    return _AT_THE_BEGINNING.sub(_at_the_beginning, words)


def _at_the_beginning(sign: re.Match[str]) -> str:
    """A number with a full stop begins a list: the stop is what is escaped."""
    space, mark = sign[1].replace("\t", " "), sign[2]
    return f"{space}{mark}{JOINER}" if mark.isdigit() else f"{space}\\{mark}"
