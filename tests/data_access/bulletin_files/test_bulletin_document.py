"""The .docx of a bulletin, unpacked: what GB/T 9704-2012 asks for and a machine can hold (supervision.md 4.4)."""

import io
import zipfile
from datetime import datetime

import pytest
from docx import Document
from lxml import etree

from data_access.bulletin_files.annex_workbook import annex_workbook
from data_access.bulletin_files.document import draw
from data_access.bulletin_files.pictures import chinese_font, draw_pictures
from data_access.spreadsheets import read
from models.bulletins import Figures
from rules.bulletins.charts import chart_specifications
from rules.bulletins.particulars import Particulars
from rules.bulletins.text import document_of

MADE = datetime(2023, 9, 15, 9)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c636060606000000005000148"
    "afa4710000000049454e44ae426082"
)


@pytest.fixture
def content(figures: Figures, particulars: Particulars) -> bytes:
    return draw(document_of(figures, particulars), {"图1 红绿灯分布.png": DOT}, MADE)


@pytest.fixture
def body(content: bytes) -> etree._Element:
    return part(content, "word/document.xml")


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def attribute(element: etree._Element, name: str) -> str | None:
    return element.get(f"{W}{name}")


def paragraph(body: etree._Element, words: str) -> etree._Element:
    return next(p for p in body.iter(f"{W}p") if words in "".join(p.itertext()))


def fonts(p: etree._Element) -> set[str | None]:
    return {attribute(font, "eastAsia") for font in p.iter(f"{W}rFonts")}


def sections(body: etree._Element) -> list[dict[str, str]]:
    sections = []
    for section in body.iter(f"{W}sectPr"):
        size, margins, grid = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "docGrid"))
        sections.append(
            {"w": attribute(size, "w")} | {k.removeprefix(W): v for k, v in [*margins.items(), *grid.items()]}
        )
    return sections


def test_the_page_is_a4_with_the_standards_margins_and_a_grid_of_22_lines_of_28_characters(body) -> None:
    first = sections(body)[0]
    assert {name: first[name] for name in ("w", "top", "left", "right", "bottom")} == {
        "w": "11906",
        "top": "2098",
        "left": "1587",
        "right": "1474",
        "bottom": "1984",
    }
    assert (first["type"], first["linePitch"], first["charSpace"]) == ("linesAndChars", "579", "-848")
    text_height = 16838 - int(first["top"]) - int(first["bottom"])
    assert text_height // 579 == 22


def test_annexes_stand_on_landscape_pages_and_the_record_on_an_upright_last_page(body) -> None:
    assert [section["w"] for section in sections(body)] == ["11906", "16838", "11906"]
    assert "印发" in "".join(list(body.iter(f"{W}tbl"))[-1].itertext())


def test_only_the_head_and_its_line_are_red(body) -> None:
    red = [p for p in body.iter(f"{W}p") if any(attribute(c, "val") == "FF0000" for c in p.iter(f"{W}color"))]
    assert ["".join(p.itertext()) for p in red] == ["区政务服务管理局"]
    [line] = [b for b in body.iter(f"{W}bottom") if attribute(b, "color") == "FF0000"]
    assert "".join(line.getparent().getparent().getparent().itertext()) == "区政服督〔2023〕3号"


@pytest.mark.parametrize(
    ("words", "font", "half_points"),
    [
        ("区政服督〔2023〕3号", "仿宋_GB2312", "32"),
        ("进展情况的通报", "方正小标宋简体", "44"),
        ("各镇街，区政府各相关部门：", "仿宋_GB2312", "32"),
        ("一、总体情况", "黑体", "32"),
        ("（一）逾期举措", "楷体_GB2312", "32"),
        ("附件1", "黑体", "32"),
        ("抄送：区委办公室，区政府办公室。", "仿宋_GB2312", "28"),
    ],
)
def test_each_part_has_its_font_for_chinese_and_its_size(body, words: str, font: str, half_points: str) -> None:
    element = paragraph(body, words)
    assert fonts(element) == {font}
    assert {attribute(size, "val") for size in element.iter(f"{W}sz")} == {half_points}


def test_no_heading_is_bold_and_every_paragraph_of_the_text_begins_two_characters_in(body) -> None:
    assert list(body.iter(f"{W}b")) == []
    prose = paragraph(body, "共判定")
    assert attribute(prose.find(f".//{W}ind"), "firstLineChars") == "200"


def test_a_tables_head_is_repeated_and_no_row_is_cut(body) -> None:
    for table in list(body.iter(f"{W}tbl"))[:-1]:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f".//{W}tblHeader") is not None
        assert all(row.find(f".//{W}cantSplit") is not None for row in rows)


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones(content: bytes) -> None:
    assert part(content, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    footers = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("word/footer"):
                footer = etree.fromstring(archive.read(name))
                footers["".join(footer.itertext())] = {attribute(jc, "val") for jc in footer.iter(f"{W}jc")}
                assert fonts(footer) == {"宋体"}
    assert set(footers) == {"— 1 —"}


def test_every_unit_named_in_the_figures_stands_in_the_text(content: bytes) -> None:
    text = "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)
    assert all(unit in text for unit in ("区人社局", "区住建局", "区商务局"))


def test_the_same_content_makes_the_same_bytes_and_no_clock_is_in_them(
    content: bytes,
    figures: Figures,
    particulars: Particulars,
) -> None:
    assert draw(document_of(figures, particulars), {"图1 红绿灯分布.png": DOT}, MADE) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2023-09-15T09:00:00Z" in archive.read("docProps/core.xml")


def test_a_picture_that_is_lacking_is_left_out(content: bytes) -> None:
    assert len(Document(io.BytesIO(content)).inline_shapes) == 1


def test_the_workbook_has_a_sheet_for_each_subject_and_the_same_bytes_for_the_same(
    figures: Figures,
    particulars: Particulars,
) -> None:
    workbook = annex_workbook(figures, particulars, MADE)
    assert annex_workbook(figures, particulars, MADE) == workbook
    sheets = {sheet.name: sheet for sheet in read(workbook, "附件.xlsx").sheets}
    assert list(sheets) == ["总体", "指标", "排名", "任务", "逾期", "缺报", "整改", "抽查", "变化"]
    assert sheets["逾期"].text.iloc[1].tolist()[:3] == ["1.3.2", "减少跑动", "区人社局"]


@pytest.mark.long
def test_charts_are_png_of_300_dots_150_millimetres_wide(figures: Figures, particulars: Particulars) -> None:
    font = chinese_font() or "sans-serif"
    pictures = draw_pictures(chart_specifications(figures, particulars, font))
    assert list(pictures) == ["图1 红绿灯分布.png", "图2 指标达标情况.png"]
    for picture in pictures.values():
        assert picture.startswith(b"\x89PNG")
        assert abs(int.from_bytes(picture[16:20], "big") - 150 / 25.4 * 300) < 3
