"""From values as they were read to one column of the dtype that models/validation.py names for their kind."""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.definitions import Kind

_EXTENSION = {Kind.INT: "Int64", Kind.DECIMAL: "Float64", Kind.DURATION: "Float64", Kind.YES_NO: "boolean"}


def empty(count: int, kind: Kind) -> np.ndarray:
    """Return room for `count` values, all missing: moments as such, everything else as Python objects."""
    if kind in (Kind.DATE, Kind.DATETIME):
        return np.full(count, np.datetime64("NaT"), dtype="datetime64[us]")
    return np.full(count, None, dtype=object)


def typed(values: np.ndarray, kind: Kind) -> np.ndarray | pd.api.extensions.ExtensionArray:
    return pd.Series(values, dtype=_EXTENSION[kind]).array if kind in _EXTENSION else values
