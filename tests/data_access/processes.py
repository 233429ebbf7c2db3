"""What processes the reading of files has started."""

import time
from collections.abc import Callable
from pathlib import Path


def forkers() -> set[int]:
    """The children of this process, whichever of its threads started them."""
    return {child for task in Path("/proc/self/task").iterdir() for child in _children(task)}


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
