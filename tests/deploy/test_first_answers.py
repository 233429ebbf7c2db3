"""Processes of the board on one database: one that has just started, and one that hears of a submission accepted by
another, have the figures of the first pages before anybody comes.
"""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browser.confirming import UNIT, write_problem
from tests.browser.entering import demonstrator
from tests.browser.serving import start_app, stop
from tests.browser.streaming import tab_of
from tests.conftest import manage

pytestmark = [pytest.mark.browser, pytest.mark.long]  # it serves the board, as those tests do
PATIENCE = 120  # seconds


@dataclass
class Served:
    address: str
    log: Path
    database: Path

    def lines_of(self, event: str) -> list[dict[str, Any]]:
        """The lines that the log has of such events."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [
            line for line in map(json.loads, filter(lambda line: line.startswith("{"), lines)) if line["event"] == event
        ]

    def wait_for(self, event: str, number: int) -> list[dict[str, Any]]:
        give_up = time.monotonic() + PATIENCE
        while len(self.lines_of(event)) < number and time.monotonic() < give_up:
            time.sleep(0.1)
        return self.lines_of(event)

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/readyz", timeout=10) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError:
            return False

    def wait_until_ready(self) -> None:
        give_up = time.monotonic() + PATIENCE
        while not self.is_ready() and time.monotonic() < give_up:
            time.sleep(0.1)

    def open(self, *pages: str) -> dict[str, int]:
        """Page → how many answers had to be made for its visitor."""
        before = len(self.lines_of("page"))
        with tab_of(demonstrator(self.address)) as tab:
            for page in pages:
                assert "<h1>" in tab.ask(page)
        return {line["page"]: line["made"] for line in self.wait_for("page", before + len(pages))[before:]}


@pytest.fixture
def served(sample_file: Path, tmp_path: Path) -> Iterator[Served]:
    log = tmp_path / "server.log"
    address, process = start_app(sample_file, log)
    yield Served(address, log, sample_file)
    stop(process)


def test_the_first_visitor_of_a_process_waits_for_no_figures_nor_who_comes_after_a_submission_elsewhere(
    served: Served, tmp_path: Path
) -> None:
    served.wait_until_ready()
    assert "ScriptRunContext" not in served.log.read_text(errors="replace"), "the log has no words of the machinery"
    assert len(served.lines_of("asked ahead")) == 1, "it is ready when the first pages are answered"
    assert served.open("board", "hotline") == {"board": 0, "hotline": 0}

    workbook = write_problem(tmp_path / "评估问题清单.xlsx", "2023-07-20")
    submitted = manage("import", "--unit", UNIT, str(workbook), database=served.database)
    assert submitted.returncode == 0, submitted.stdout + submitted.stderr
    of_start, of_write = served.wait_for("asked ahead", 2)
    assert of_write["made"] > 30 and of_start["made"] > 30, "what was kept is of an earlier version"
    assert served.open("board", "hotline", "coverage", "cases") == {"board": 0, "hotline": 0, "coverage": 0, "cases": 0}
    assert served.open("assessment")["assessment"] > 0, "of other pages it is told how many answers were made"
    time.sleep(3)
    assert len(served.lines_of("asked ahead")) == 2 and not served.lines_of("error"), "once a version"
