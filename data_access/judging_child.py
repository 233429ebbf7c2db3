"""The child process that judges: cells, datasets and context on standard input become an Understanding on standard
output, within the limits of the first argument.

Exit status 0: written; 4: standard output holds the traceback of a mistake of ours; anything else: a limit was met.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import sys
import traceback
from dataclasses import replace

from data_access.judging import FAILED
from data_access.sandbox import confine
from data_access.spreadsheets.limits import ReadLimits
from rules.intake.understanding import understand

OUT_OF_MEMORY = 5


def main(arguments: list[str]) -> int:
    """Run the child; arguments: the limits as JSON."""
    confine(ReadLimits(**json.loads(arguments[0])))
    gc.disable()  # millions of cells and no cycles
    try:
        cells, candidates, context = pickle.load(sys.stdin.buffer)
        understanding = understand(cells, candidates, context)
        place = None if understanding.dataset is None else candidates.index(understanding.dataset)
        pickle.dump((place, replace(understanding, dataset=None)), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:
        sys.stdout.buffer.flush()
        os.ftruncate(1, 0)
        os.lseek(1, 0, os.SEEK_SET)
        sys.stdout.buffer.write(traceback.format_exc().encode("utf-8", "replace"))
        return FAILED
    return 0
