"""检索关键词 as units write them: from one text to the distinct keywords."""

from __future__ import annotations

import re

import pandas as pd

SEPARATORS = re.compile(r"[、,，;；\s]+")


def keywords(text: str) -> frozenset[str]:
    return frozenset(word for word in SEPARATORS.split(text) if word)


def has_keywords(texts: pd.Series, at_least: int) -> pd.Series:
    """Return for each text whether it holds so many distinct keywords; a blank holds none."""
    return texts.astype(object).map(lambda text: len(keywords(text)) >= at_least, na_action="ignore").eq(True)
