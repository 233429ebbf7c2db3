"""What the machine has, or the container that it is."""

from __future__ import annotations

import os
from pathlib import Path

CONTAINER_MEMORY = Path("/sys/fs/cgroup/memory.max")
OWN_PAGES = Path("/proc/self/statm")


def memory() -> int:
    """Return the bytes of memory."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        return min(whole, int(CONTAINER_MEMORY.read_text()))
    except (OSError, ValueError):  # no container, or one without a limit (“max”)
        return whole


def address_space() -> int:
    """Return the bytes of addresses that this process has taken, 0 where the machine does not tell."""
    try:
        return int(OWN_PAGES.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
