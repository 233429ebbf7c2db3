"""Serves the sample district and writes a picture of every page at each width into docs/screenshots/ (`make
screenshots`).
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from PIL import Image  # comes with streamlit
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screenshots"
EVERY_WIDTH = ("board", "unit")
FULL = {
    "reviews",
    "experience",
    "maturity",
    "completeness",
    "coverage",
    "guide_accuracy",
    "hotline",
    "help_on_behalf",
    "engineering_approvals",
    "assignment",
    "submission",
    "supervision_calendar",
}
"""Pages whose own part lies beneath what all pages share: taken to their end, as far as a manual bears it."""
LONGEST = 4200
EXAMPLES = {  # what pages reached by links only are asked for
    "area": "area=企业开办",
    "plan_comparison": "as_of=2024-02-20",
    "bulletin": "number=2023-3",
    "assignment": "measure=7.1.3&unit=区住建局",
    "case": "dataset=hotline_tickets&number=LD202306000203",
    "guide": "unit=区林草局&item=004049003000",
    "indicator": "code=regional_assessment_use",
    "item": "item=004049003000",
    "lamp": "measure=1.3.1&unit=区林草局",
    "meeting": "number=2023-1",
    "notice": "number=2023-4",
    "notices": "unit=青石镇",
    "rectification": "number=2023-7",
    "round": "number=2023-1",
    "search": "q=林草",
    "spot_check": "number=2023-2",
    "submission": "number=94",
    "unit": "unit=区林草局",
}
ACCOUNTS = (
    ("guanlichu", "王样一", "bureau", ()),
    ("ducha01", "李样二", "inspector", ()),
    ("linye01", "赵样三", "unit", ("--unit", "区林草局")),
)
"""The sample has none: its visitors choose a part."""
HEIGHTS = {1440: 900, 1920: 1080, 390: 844}
DRAWN = "[data-testid=stApp][data-test-script-state=notRunning]"


def has_chinese_font() -> bool:
    """False where fontconfig finds none, or is not there to be asked."""
    if not shutil.which("fc-list"):
        return False
    run = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False)
    return bool(run.stdout.strip())


FIRST_SAMPLE = "district"
OF_BUSINESS, OF_TWO_PLANS = {"area"}, {"plan_comparison"}
"""Pages that the first sample alone has nothing to show on."""


@contextmanager
def served_sample(sample: str, *, plan_of_next_year: bool = False) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/board.sqlite3", "TZ": "Asia/Shanghai"}
        subprocess.run([sys.executable, "manage.py", "init", "--sample", sample], cwd=ROOT, env=environment, check=True)
        if plan_of_next_year:
            put_in_force_next_year(Path(folder) / "2024年方案.xlsx", environment)
        for account, person, role, unit in ACCOUNTS if sample == FIRST_SAMPLE else ():
            added = [sys.executable, "manage.py", "account", "add", account, "--person", person, "--role", role, *unit]
            subprocess.run(added, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            yield wait_for(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()
            process.wait(timeout=20)


def put_in_force_next_year(path: Path, environment: dict[str, str]) -> None:
    """The sample's plan once more, as that of the year after."""
    book = load_workbook(ROOT / "sample_data" / "2023年任务分解表.xlsx")
    year = next(cell.column for cell in book["任务"][1] if cell.value == "年度")
    for row in book["任务"].iter_rows(min_row=2, min_col=year, max_col=year):
        row[0].value = 2024
    book.save(path)
    command = [
        sys.executable,
        "manage.py",
        "plan",
        "import",
        str(path),
        "--in-force",
        "2024-01-10",
        "--reason",
        "新方案",
    ]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> str:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
        except OSError:
            time.sleep(0.25)
        else:
            return address
    sys.exit("The board did not start: run 'make run' and read what it says.")


def entered(browser: Browser, address: str) -> Any:
    """The cookies of a visitor who has taken the bureau's part."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/login")
    page.click("button[value=bureau]")
    state = context.storage_state()
    context.close()
    return state


def take(browser: Browser, address: str, page_name: str, width: int, visitor: Any) -> None:
    page = browser.new_page(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        storage_state=None if page_name == "login" else visitor,
        viewport={"width": width, "height": HEIGHTS[width]},
    )
    path = "" if page_name == "board" else page_name
    page.goto(f"{address}/{path}?{EXAMPLES.get(page_name, '')}")
    page.wait_for_selector("main" if page_name in ("login", "wall") else DRAWN, timeout=60_000)
    page.wait_for_timeout(800)  # charts are drawn after the script has ended
    if page_name in FULL:
        show_all(page, width)
    picture = PICTURES / f"{page_name}-{width}.png"
    page.screenshot(path=picture)
    make_small(picture)
    page.close()


def show_all(page: Page, width: int) -> None:
    """The page scrolls inside its frame, so the window must grow to hold it; twice, because more is drawn once it is in
    sight.
    """
    for _ in range(2):
        height = page.eval_on_selector("[data-testid=stMain]", "frame => frame.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(height, HEIGHTS[width]), LONGEST)})
        page.wait_for_timeout(800)


def make_small(picture: Path) -> None:
    """256 colours are all that flat pages need, at half the bytes."""
    with Image.open(picture) as shot:
        few = shot.convert("RGB").quantize(256, kmeans=1, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def widths(page_name: str) -> tuple[int, ...]:
    if page_name == "wall":
        return (1920,)
    return (1440, 1920, 390) if page_name in EVERY_WIDTH else (1440,)


def page_names() -> list[str]:
    return ["login", "wall", *sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != "__init__")]


def main(wanted: list[str]) -> None:
    if not has_chinese_font():
        print(
            "No Chinese font here: the pictures will show boxes. Install one (Debian: apt-get install fonts-noto-cjk)."
        )
    PICTURES.mkdir(exist_ok=True)
    chosen = set(wanted or page_names())
    boards = (
        (chosen - OF_BUSINESS - OF_TWO_PLANS, FIRST_SAMPLE, False),
        (chosen & OF_BUSINESS, "business", False),
        (chosen & OF_TWO_PLANS, FIRST_SAMPLE, True),
    )
    for names, sample, plan_of_next_year in boards:
        if names:
            take_of(sorted(names), sample, plan_of_next_year)


def take_of(names: Iterable[str], sample: str, plan_of_next_year: bool) -> None:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with served_sample(sample, plan_of_next_year=plan_of_next_year) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        visitor = entered(browser, address)
        for name in names:
            for width in widths(name):
                take(browser, address, name, width, visitor)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
