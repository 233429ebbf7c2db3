"""The commands of the line, a module a group. Whoever interrupts one (Ctrl-C), be it while its modules load, reads a
sentence and no traceback; the exit status is that of a process ended so.
"""

from __future__ import annotations

import sys
from types import TracebackType


def _tell(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        print("已中断。", file=sys.stderr)
    else:
        sys.__excepthook__(kind, failure, trace)


sys.excepthook = _tell
