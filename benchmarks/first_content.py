"""First content in a browser: what a page of the board takes until something stands on it, beside a bare page of
Streamlit, in one run.

Prints for each page the median time from the navigation's start to the first element that Streamlit draws with words,
and how many times the bare page's that is. Browser, cache and machine are the same, the pages take turns. Target: at
most 1.25 times. “正在打开”, which stands there before, does not count.
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
PAGES = ("/", "/reviews", "/cases", "/unit?unit=区林草局", "/plan", "/progress")
ROUNDS = 7
TARGET = 1.25
BARE = """
import streamlit as st
st.set_page_config(layout="wide")
st.title("政务服务督查看板")
"""
FIRST_CONTENT = """() => {
  const look = () => {
    const first = document.querySelector("[data-testid=stMain] [data-testid=stElementContainer]");
    if (first && first.innerText.trim()) window.firstContent ??= performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


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
            page.add_init_script(f"({FIRST_CONTENT})()")
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


def times(page: Page, floor: str, board: str) -> dict[str, list[float]]:
    """Return the milliseconds of each round by page, "" for the bare one; the first round fills caches and is left
    out.
    """
    addresses = {"": f"{floor}/", **{name: f"{board}{name}" for name in PAGES}}
    measured: dict[str, list[float]] = {name: [] for name in addresses}
    for number in range(ROUNDS + 1):
        for name, address in addresses.items():
            page.goto(address, wait_until="commit")
            page.wait_for_selector("[data-testid=stMain] h1", timeout=60_000)
            milliseconds = page.evaluate("window.firstContent")
            if number:
                measured[name].append(milliseconds)
    return measured


def report(measured: dict[str, list[float]]) -> None:
    bare = statistics.median(measured[""])
    print(f"bare page of Streamlit: {bare:.0f} ms (median of {ROUNDS})")
    for name in PAGES:
        median = statistics.median(measured[name])
        verdict = "" if median <= TARGET * bare else f"  over {TARGET}"
        print(f"{name:<24} {median:>6.0f} ms  × {median / bare:.2f}{verdict}")


if __name__ == "__main__":
    main()
