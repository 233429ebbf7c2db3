"""证明材料: told by content, kept by hash, taken back by an entry, never lost."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from rules.as_of import parse_instant
from services.access.attached_files import LARGEST
from services.access.refusal import RefusedRequest
from services.milestones.evidence import attach, evidence_as_of, evidence_content, take_back
from services.milestones.progress import assignments

UNIT = "区人社局"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture
def measure(district):
    return assignments(date(2023, 7, 31), UNIT)[0].measure


def put(measure, name="通知.pdf", content=PDF, at="2023-07-03 10:00", unit=UNIT):
    return attach(measure, unit, name, content, at=parse_instant(at))


def archive(*names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        for name in names:
            zipped.writestr(name, "x")
    return content.getvalue()


def workbook():
    content = io.BytesIO()
    Workbook().save(content)
    return content.getvalue()


def test_a_file_attached_comes_back_byte_for_byte(measure):
    assert evidence_content(put(measure)) == ("通知.pdf", PDF)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "pdf"),
        ("a.PNG", PNG, "png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "jpg"),
        ("a.xlsx", workbook(), "xlsx"),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml"), "docx"),
        ("a.ofd", archive("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        ("a.HEIC", b"\x00\x00\x00\x18ftypheic" + bytes(12), "heic"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    ],
)
def test_these_kinds_are_taken_and_told_by_content(measure, name, content, kind):
    put(measure, name, content)
    assert [file.kind for file in evidence_as_of(date(2023, 7, 3), UNIT, measure)] == [kind]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", archive("a.txt")),
        ("a.docx", archive("a.txt")),
        ("a.pdf", b"MZ\x90\x00"),
        ("a.html", b"<html><script>"),
        ("a.docm", archive("word/document.xml", "word/vbaProject.bin")),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.msi", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.svg", b"<svg/>"),
    ],
)
def test_archives_programs_pages_and_macros_are_refused(measure, name, content):
    with pytest.raises(RefusedRequest, match="不是可以作为证明材料的文件"):
        put(measure, name, content)
    assert evidence_as_of(date(2023, 7, 31), UNIT, measure) == ()


def test_a_name_that_says_another_kind_than_the_content_is_refused(measure):
    with pytest.raises(RefusedRequest, match="与扩展名不符"):
        put(measure, "a.docx", PDF)


def test_an_empty_file_and_one_over_20_mb_are_refused(measure):
    with pytest.raises(RefusedRequest, match="空文件"):
        put(measure, content=b"")
    with pytest.raises(RefusedRequest, match="超过 20 MB"):
        put(measure, content=PDF + bytes(LARGEST))


def test_the_same_file_is_kept_once_for_a_measure(measure):
    put(measure)
    with pytest.raises(RefusedRequest, match="已经上传过"):
        put(measure, "同一份.pdf", at="2023-07-04")


def test_a_path_in_the_name_is_left_off(measure):
    assert evidence_content(put(measure, "..\\..\\C/通知.pdf"))[0] == "通知.pdf"


def test_what_was_taken_back_still_stood_on_the_days_before(measure):
    number = put(measure)
    take_back(number, at=parse_instant("2023-07-10"))
    assert [file.taken_back_at for file in evidence_as_of(date(2023, 7, 9), UNIT, measure)] == [None]
    assert evidence_as_of(date(2023, 7, 10), UNIT, measure)[0].taken_back_at is not None


def test_nothing_is_taken_back_twice(measure):
    number = put(measure)
    take_back(number, at=parse_instant("2023-07-10"))
    with pytest.raises(RefusedRequest, match="已经撤回"):
        take_back(number, at=parse_instant("2023-07-11"))


def test_a_unit_attaches_evidence_only_to_what_it_answers_for(measure):
    with pytest.raises(RefusedRequest, match="不承担"):
        put(measure, unit="三维数字中心")


def test_evidence_of_a_later_day_is_not_shown_on_an_earlier_one(measure):
    put(measure)
    assert evidence_as_of(date(2023, 7, 2), UNIT, measure) == ()


def test_an_unknown_number_gets_a_sentence(district):
    with pytest.raises(RefusedRequest, match="没有编号为 999"):
        evidence_content(999)
