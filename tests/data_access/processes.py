"""What processes the reading of files has started."""

import time
from collections.abc import Callable
from pathlib import Path


def forkers() -> set[int]:
    """The children of this process that read files, whichever of its threads started them."""
    children = {child for task in Path("/proc/self/task").iterdir() for child in _children(task)}
    return {child for child in children if b"data_access.forker" in _command(child)}


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


def nobody_at_work() -> bool:
    """No file is being read any more: the processes that fork have no children, soon."""
    return soon(lambda: not any(_children(Path(f"/proc/{forker}/task/{forker}")) for forker in forkers()))


def soon(true: Callable[[], bool]) -> bool:
    """What another process does takes it a moment."""
    give_up = time.monotonic() + 30
    while not true() and time.monotonic() < give_up:
        time.sleep(0.02)
    return true()


def ended(process: int) -> bool:
    """Also one that nobody has asked yet how it ended."""
    try:
        return not Path(f"/proc/{process}/exe").readlink().name
    except OSError:
        return True


def _children(task: Path) -> set[int]:
    return set(map(int, (task / "children").read_text().split()))
