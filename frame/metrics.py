"""What is counted for whatever watches the server, in the words of Prometheus; each process counts its own."""

from __future__ import annotations

import logging
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from data_access.database import writers
from data_access.room import room_of_database
from data_access.sandbox import files_at_work
from services.access.events import LOG

REGISTRY = CollectorRegistry()
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

PAGE_SECONDS = Histogram(
    "board_page_seconds", "Seconds that a run of a page took; their number is that of clicks.", ["page"],
    registry=REGISTRY, buckets=SECONDS,
)  # fmt: skip
READ_SECONDS = Histogram(
    "board_read_seconds", "Seconds that reading and judging a file took.", ["outcome"],
    registry=REGISTRY, buckets=(*SECONDS, 30.0, 120.0),
)  # fmt: skip
REFUSALS = Counter("board_refusals", "Requests, files and forms that were refused.", ["of"], registry=REGISTRY)
ERRORS = Counter("board_errors", "Pages and requests that failed.", registry=REGISTRY)
VISITS = Counter("board_visits", "Visits that were opened.", registry=REGISTRY)
OPEN_VISITS = Gauge("board_open_visits", "Visits that are open now.", registry=REGISTRY)
WRITERS = Gauge("board_writers", "Transactions that write or wait to.", registry=REGISTRY)
FILES = Gauge("board_files_at_work", "Files that are being read or wait to be.", registry=REGISTRY)
DISK = Gauge("board_disk_used_share", "Share of the disk under the data that is in use.", registry=REGISTRY)
ProcessCollector(registry=REGISTRY)
WRITERS.set_function(writers)
FILES.set_function(files_at_work)


class Counting(logging.Handler):
    """Counts the board's events."""

    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, Any] = getattr(record, "fields", {})
        match record.getMessage():
            case "page":
                PAGE_SECONDS.labels(fields["page"]).observe(fields["ms"] / 1000)
            case "read":
                READ_SECONDS.labels(fields.get("outcome", "failed")).observe(fields["ms"] / 1000)
            case "refused":
                REFUSALS.labels(fields["of"]).inc()
            case "error":
                ERRORS.inc()
            case "visit opened":
                VISITS.inc()
                OPEN_VISITS.inc()
            case "visit closed":
                OPEN_VISITS.dec()


def count_events() -> None:
    """Count the board's events from now on."""
    if not any(isinstance(handler, Counting) for handler in LOG.handlers):
        LOG.addHandler(Counting())


def counted() -> bytes:
    """Return all that is counted as Prometheus reads it."""
    disk = room_of_database()
    DISK.set(disk.used_share if disk else 0)
    return generate_latest(REGISTRY)
