"""The .docx set into pages by LibreOffice, where it is installed: what a reader of the printed sheet sees."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from data_access.bulletin_files.document import draw
from models.bulletins import Figures
from models.official_document import OfficialDocument, Paragraph
from rules.bulletins.particulars import Particulars
from rules.bulletins.text import document_of
from tests.data_access.bulletin_files.test_bulletin_document import MADE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and poppler-utils"
    ),
]
A_LINE, A_PAGE = 28, 22


def pages(document: OfficialDocument, folder: Path) -> list[list[str]]:
    """The lines of each page that hold words."""
    (folder / "notice.docx").write_bytes(draw(document, {}, MADE))
    home = f"-env:UserInstallation=file://{folder / 'home'}"
    convert = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "notice.docx"),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    tell = ["pdftotext", "-layout", str(folder / "notice.pdf"), "-"]
    text = subprocess.run(tell, check=True, capture_output=True, text=True, timeout=60).stdout
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in text.split("\f")[:-1]]


def test_a_page_of_prose_has_22_lines_of_28_characters_and_the_record_stands_on_the_last(
    figures: Figures, particulars: Particulars, tmp_path: Path
) -> None:
    document = replace(document_of(figures, particulars), body=(Paragraph("字" * A_LINE * A_PAGE * 3),))
    printed = pages(document, tmp_path)
    full = [line for line in printed[1] if set(line) == {"字"}]
    assert [len(line) for line in full] == [A_LINE] * A_PAGE
    assert [page for page, lines in enumerate(printed) if any(line.startswith("抄送：") for line in lines)] == [
        len(printed) - 1
    ]
    assert [lines[-1].replace(" ", "") for lines in printed] == [f"—{page}—" for page in range(1, len(printed) + 1)]
