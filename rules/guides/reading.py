"""From a column of text to what each row says: each distinct text is read only once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

DASHES = re.compile(r"[‐‑‒–—―−─━﹣﹘ー]+")
MOST_CHARACTERS = 2_000  # of a text that is looked at; what was stored before fields had a length may be longer
NUMERAL = "零〇一二三四五六七八九十百千两"


def half_width(text: str) -> str:
    """Return the text with full-width letters, digits and signs made half-width, every dash made “-”."""
    return DASHES.sub("-", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Reading:
    """What a column was read as: each distinct text once, a missing value as the last of the answers."""

    codes: np.ndarray  # of each row, its place in `answers`
    answers: np.ndarray

    @property
    def rows(self) -> np.ndarray:
        return self.answers[self.codes]

    def ask(self, question: Callable[[Any], Any], kind: type) -> np.ndarray:
        """Return the answer to `question`, one a row; each distinct text is read once."""
        return _array((question(answer) for answer in self.answers), kind)[self.codes]


def read_column(column: pd.Series, read: Callable[[str], Any], missing: Any, kind: type = object) -> Reading:
    """Return `read` of every value, `missing` where there is none; of a text no more than any field may hold."""
    codes, texts = pd.factorize(column, use_na_sentinel=True)
    return Reading(codes, _array(chain((read(str(text)[:MOST_CHARACTERS]) for text in texts), (missing,)), kind))


def _array(values: Iterable[Any], kind: type) -> np.ndarray:
    return np.fromiter(values, dtype=kind)


def as_written(value: Any) -> str:
    """Return a value of a record as people write it: 20.0 as 20, yes as 是; a missing one as nothing."""
    if pd.isna(value):
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "是" if value else "否"
    return f"{value:g}" if isinstance(value, float) else str(value)
