"""Streamlit's own addresses: which there are, and which of them the board needs."""

import re

PRIVATE = "/_stcore/"
HEALTH = "/_stcore/health"
OF_STREAMLIT = re.compile(
    r"/(?:_stcore|media|component|auth|oauth2callback|app/static|healthz|script-health-check)(?:/.*)?", re.S
)
NEEDED = re.compile(r"/_stcore/(?:health|host-config|stream|upload_file/.*)")
"""No page uses the rest: /media gives its file to whoever knows the address, /_stcore/metrics and /_stcore/agent tell
of everybody's visits.
"""
UPLOAD = re.compile(r"/_stcore/upload_file/(?P<visit>[^/]+)/[^/]+")


def is_unneeded(path: str) -> bool:
    """Tell whether this is an address of Streamlit that no page of the board uses."""
    return bool(OF_STREAMLIT.fullmatch(path)) and not NEEDED.fullmatch(path)
