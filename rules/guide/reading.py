"""A column of text in, one answer a row out: each distinct text is read only once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

DASHES = re.compile(r"[‐‑‒–—―−─━﹣﹘ー]+")
NUMERAL = "零〇一二三四五六七八九十百千两"


def half_width(text: str) -> str:
    """Full-width letters, digits and signs made half-width, every dash made “-”."""
    return DASHES.sub("-", unicodedata.normalize("NFKC", text))


def read_each(column: pd.Series, read: Callable[[str], Any], missing: Any) -> np.ndarray:
    """`read` of every value, `missing` where there is none; an array of bool or object, one a row."""
    codes, texts = pd.factorize(column, use_na_sentinel=True)
    kind = bool if isinstance(missing, bool) else object
    answers = np.empty(len(texts) + 1, dtype=kind)
    for position, text in enumerate(texts):
        answers[position] = read(str(text))
    answers[-1] = missing
    return answers[codes]
