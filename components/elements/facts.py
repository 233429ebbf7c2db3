"""Facts in words: a list of names and values, an instant, a record's value as people write it."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
from markupsafe import Markup

from components.elements.figures import figure
from components.elements.templates import from_template
from rules.as_of import SHANGHAI


def facts(*pairs: tuple[str, str | Markup]) -> Markup:
    """Return a list of names and values."""
    return from_template("elements/facts.html", pairs=pairs)


def clock(instant: datetime) -> str:
    """Return 2023-08-05 09:30, in Shanghai."""
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def as_written(value: object) -> str:
    """Return a record's value as people write it; a missing one stays blank."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (datetime, date)):
        return f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    return figure(value) if isinstance(value, (int, float)) else str(value)
