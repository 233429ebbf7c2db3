"""First content in a browser: what a page of the board takes until something stands on it, beside a bare page of
Streamlit, in one run.

First content is the first heading of the page's own: its title, of the data. “正在打开”, which stands there where no
page is kept, does not count. Prints for each page the median time from the navigation's start, how many times the
bare page's that is (target: at most 1.25), and beside it the same until Streamlit itself has drawn the first words,
which can then be operated. Browser, cache and machine are the same, the pages take turns.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "/",
    "/reviews",
    "/cases",
    "/unit?unit=区林草局",
    "/plan",
    "/progress",
    "/settings",
    "/units",
    "/spot_check?number=2023-2",
)
ROUNDS = 7
TARGET = 1.25
BARE = """
import streamlit as st
st.set_page_config(layout="wide")
st.title("政务服务督查看板")
"""
MOMENTS = """() => {
  const stands = (place) => document.querySelector(place)?.innerText.trim();
  const look = () => {
    if (stands("h1")) window.firstContent ??= performance.now();
    if (stands("[data-testid=stMain] [data-testid=stElementContainer]")) window.firstDrawn ??= performance.now();
    if (!window.firstContent || !window.firstDrawn) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
WHEN_BOTH_STAND = """() => new Promise((tell) => {
  const look = () => window.firstContent && window.firstDrawn ? tell([firstContent, firstDrawn]) : setTimeout(look, 20);
  look();
})"""
Moments = tuple[float, float]
"""Milliseconds until first content, and until Streamlit has drawn the first words."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        prepare(Path(folder) / "board.sqlite3")
        with served(bare, folder, 8631) as floor, served(ROOT / "app.py", folder, 8632) as board:
            path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
            context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
            page = context.new_page()
            page.goto(f"{board}/login")
            page.click("button[value=bureau]")
            page.wait_for_selector("h1")
            page.add_init_script(f"({MOMENTS})()")
            report(times(page, floor, board))
            browser.close()


def prepare(database: Path) -> None:
    """Load the sample district, or copy that of SAMPLE_DATABASE."""
    if sample := os.environ.get("SAMPLE_DATABASE"):
        shutil.copy(sample, database)
        return
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    command = [sys.executable, "manage.py", "init", "--sample"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def served(script: Path, folder: str, port: int) -> Iterator[str]:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/board.sqlite3", "TZ": "Asia/Shanghai"}
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address, give_up = f"http://127.0.0.1:{port}", time.monotonic() + 90
    try:
        while not answers(address):
            if time.monotonic() > give_up or process.poll() is not None:
                sys.exit(f"{script.name} did not start on port {port}.")
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
    except OSError:
        return False
    return True


def times(page: Page, floor: str, board: str) -> dict[str, list[Moments]]:
    """Return the moments of each round by page, "" for the bare one; the first round draws each page to its end, fills
    caches and is left out.
    """
    addresses = {"": f"{floor}/", **{name: f"{board}{name}" for name in PAGES}}
    measured: dict[str, list[Moments]] = {name: [] for name in addresses}
    for number in range(ROUNDS + 1):
        for name, address in addresses.items():
            page.goto(address, wait_until="commit")
            page.wait_for_selector("[data-testid=stMain] h1", timeout=60_000)
            content, drawn = page.evaluate(WHEN_BOTH_STAND)
            if number == 0:
                page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
            else:
                measured[name].append((content, drawn))
    return measured


def report(measured: dict[str, list[Moments]]) -> None:
    medians = {
        name: [statistics.median(moment) for moment in zip(*rounds, strict=True)] for name, rounds in measured.items()
    }
    bare_content, bare_drawn = medians[""]
    print(f"bare page of Streamlit: {bare_content:.0f} ms, drawn {bare_drawn:.0f} ms (median of {ROUNDS})")
    for name in PAGES:
        content, drawn = medians[name]
        verdict = "" if content <= TARGET * bare_content else f"  over {TARGET}"
        print(
            f"{name:<24} {content:>6.0f} ms  × {content / bare_content:.2f}"
            f"  drawn {drawn:>6.0f} ms  × {drawn / bare_drawn:.2f}{verdict}"
        )


if __name__ == "__main__":
    main()
