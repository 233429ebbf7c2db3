"""Very many distinct dates with times in, those in the usual written-out forms read at once; the rest left to be read singly."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_USUAL = r"^(20|19)\d{2}([-/])\d{1,2}[-/]\d{1,2}([ T]\d{1,2}:\d{2}(:\d{2})?)?$"
_PADDED = ((r"/", "-"), (r"-(\d)([-T ]|$)", r"-0\1\2"), (r"-(\d)([-T ]|$)", r"-0\1\2"), (r"[ T](\d):", r"T0\1:"))


def read_many_moments(texts: np.ndarray) -> np.ndarray:
    """datetime64[us], NaT where a text is of another form; all NaT as soon as one is an impossible date."""
    words = pa.array(texts, pa.large_string())
    usual = pc.match_substring_regex(words, _USUAL)
    moments = np.full(len(texts), np.datetime64("NaT"), dtype="datetime64[us]")
    try:
        moments[usual.to_numpy(zero_copy_only=False)] = _cast(_padded(words.filter(usual)))
    except pa.ArrowInvalid:
        return np.full(len(texts), np.datetime64("NaT"), dtype="datetime64[us]")
    return moments


def _padded(words: pa.Array) -> pa.Array:
    """2023/6/3 9:05 → 2023-06-03T09:05."""
    if pc.all(pc.match_substring_regex(words, r"^\d{4}-\d\d-\d\d([ T]\d\d:|$)")).as_py():
        return words
    for pattern, replacement in _PADDED:
        words = pc.replace_substring_regex(words, pattern, replacement)
    return words


def _cast(words: pa.Array) -> np.ndarray:
    return words.cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
