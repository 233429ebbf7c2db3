"""Every picture that the manual or the README shows is there, and every picture is shown somewhere."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screenshots"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def shown() -> set[Path]:
    return {
        (page.parent / place).resolve()
        for page in PAGES
        for place in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }


def test_every_picture_that_is_shown_is_there() -> None:
    assert sorted(str(path.relative_to(ROOT)) for path in shown() if not path.is_file()) == []


def test_every_picture_is_shown_somewhere() -> None:
    assert sorted(path.name for path in set(PICTURES.glob("*.png")) - shown()) == []


def test_the_manual_has_a_picture_of_every_page_and_of_signing_in() -> None:
    manual = (ROOT / "docs" / "使用手册.md").read_text(encoding="utf-8")
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"__init__"} | {"login"}
    assert [page for page in sorted(pages) if f"(screenshots/{page}-1440.png)" not in manual] == []


def test_the_pictures_together_are_small_enough_for_a_repository() -> None:
    assert sum(path.stat().st_size for path in PICTURES.glob("*.png")) < 12_000_000
