"""The lines that the board's log would have."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from frame.event_log import JsonLine
from services.access.events import LOG

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def log_lines() -> Iterator[Lines]:
    """What was logged since the test began, one event after another."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLine())
    LOG.addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    LOG.removeHandler(handler)
