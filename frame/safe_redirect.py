"""Where a sign-in leads: an address of ours, whatever a link said."""

import re
from urllib.parse import quote, urlsplit

from frame.streamlit_internals.addresses import PRIVATE

PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
NOT_BACK_TO = ("/login", "/logout", "/oidc/", PRIVATE)


def within(target: str) -> str:
    """Return `target` if it is a path of this host, else the board; ready for a Location header.

    A browser reads “//elsewhere” and “/\\elsewhere” as another host and drops tabs and line ends before it looks.
    """
    if not PATH.fullmatch(target) or target.startswith(NOT_BACK_TO) or len(target) > 2000:
        return "/"
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return "/"
    return quote(target, safe="/?&=%:@!$'()*+,;~-._#")
