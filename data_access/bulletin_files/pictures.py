"""From chart specifications to PNG pictures of 300 dots an inch, and whether a Chinese font is there to draw them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import vl_convert

DOTS_AN_INCH = 300
PREFERRED = ("Noto Sans CJK SC", "Source Han Sans SC", "思源黑体", "WenQuanYi Micro Hei", "SimHei", "黑体", "SimSun")


@lru_cache
def chinese_font() -> str | None:
    """Return the family of an installed Chinese font, or None. The system is asked once."""
    if shutil.which("fc-list") is None:
        return None
    listing = subprocess.run(
        ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False, timeout=20
    ).stdout
    families = {name.strip() for line in listing.splitlines() for name in line.split(",") if name.strip()}
    return next((name for name in PREFERRED if name in families), min(families, default=None))


def draw_pictures(specifications: Mapping[str, Mapping[str, Any]]) -> dict[str, bytes]:
    """Return a PNG for each specification, by its name."""
    return {
        name: vl_convert.vegalite_to_png(dict(specification), vl_version="5.21", ppi=DOTS_AN_INCH)
        for name, specification in specifications.items()
    }
