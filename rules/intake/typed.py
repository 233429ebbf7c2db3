"""Values as Python objects in, one column of the dtype that models/validation.py names for their kind out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.definitions import Kind

_EXTENSION = {Kind.INT: "Int64", Kind.DURATION: "Float64", Kind.YES_NO: "boolean"}


def typed(values: np.ndarray, kind: Kind) -> np.ndarray | pd.api.extensions.ExtensionArray:
    """`values` holds Python objects and None."""
    if kind in _EXTENSION:
        return pd.Series(values, dtype=_EXTENSION[kind]).array
    if kind in (Kind.DATE, Kind.DATETIME):
        return np.array([np.datetime64("NaT") if v is None else v for v in values], dtype="datetime64[us]")
    return values
