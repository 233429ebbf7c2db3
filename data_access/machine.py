"""What the machine has, or the container that it is."""

from __future__ import annotations

import os
from pathlib import Path

CONTAINER_MEMORY = Path("/sys/fs/cgroup/memory.max")


def memory() -> int:
    """Return the bytes of memory."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        return min(whole, int(CONTAINER_MEMORY.read_text()))
    except (OSError, ValueError):  # no container, or one without a limit (“max”)
        return whole
