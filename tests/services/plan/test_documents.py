"""The text of a plan: attached to one of its workbooks, kept as it came, read by everybody, never overwritten."""

from datetime import date

import pytest

from models.audit import AuditQuestion
from models.people import Role
from rules.as_of import parse_instant
from services.access.refusal import RefusedRequest
from services.audit.search import find_acts
from services.plan.documents import attach_document, document_content, plan_documents
from services.plan.in_force import put_in_force
from services.plan.preview import preview_plan
from services.plan.versions import plan_versions
from tests.services.plan.test_declared import SHEETS
from tests.services.plan.test_preview import workbook

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OTHER = PDF + b"%"
AT, DAY = parse_instant("2023-08-01T10:00"), date(2023, 8, 1)


def test_a_text_stands_with_its_workbook_from_the_day_on_and_comes_out_as_it_was_put_in(district, become) -> None:
    number = attach_document("2023", 1, "C:\\来文\\方案.pdf", PDF, at=AT)
    attach_document("2023", 1, "方案（修订）.pdf", OTHER, at=parse_instant("2023-08-20"))
    assert [(text.number, text.version, text.file_name) for text in plan_documents("2023", DAY)] == [
        (number, 1, "方案.pdf")
    ]
    assert [text.file_name for text in plan_documents("2023", date(2023, 8, 22))] == ["方案.pdf", "方案（修订）.pdf"]
    assert plan_documents("2023", date(2023, 7, 31)) == ()
    become(Role.UNIT, "区人社局")
    assert document_content(number) == ("方案.pdf", PDF)
    become(Role.BUREAU)
    acts = find_acts(AuditQuestion()).acts
    assert {"attach plan text", "download file"} <= {act.action for act in acts}


@pytest.mark.parametrize(
    ("plan", "version", "name", "content", "words"),
    [
        ("2024", 1, "方案.pdf", PDF, "没有编号"),
        ("2023", 9, "方案.pdf", PDF, "没有第 9 版"),
        ("2023", 1, "方案.pdf", b"", "空文件"),
        ("2023", 1, "方案.docx", PDF, "与扩展名不符"),
        ("2023", 1, "方案.png", b"\x89PNG\r\n\x1a\n", "另存为其中一种"),
        ("2023", 1, "方案.exe", b"MZ", "不是可以作为"),
    ],
)
def test_what_is_no_text_of_a_plan_is_refused_in_a_sentence(district, plan, version, name, content, words) -> None:
    with pytest.raises(RefusedRequest, match=words):
        attach_document(plan, version, name, content, at=AT)
    assert plan_documents("2023", date(2024, 1, 1)) == ()


def test_the_same_text_is_kept_once(district) -> None:
    attach_document("2023", 1, "方案.pdf", PDF, at=AT)
    with pytest.raises(RefusedRequest, match="没有重复保存"):
        attach_document("2023", 1, "再来.pdf", PDF, at=AT)


def test_a_plan_comes_with_its_text_or_not_at_all(district) -> None:
    content = workbook(SHEETS)
    since = parse_instant("2024-01-10")
    with pytest.raises(RefusedRequest, match="另存为其中一种"):
        wrong = ("方案.png", b"\x89PNG\r\n\x1a\n")
        put_in_force(preview_plan(content, "方案.xlsx"), content, "方案.xlsx", "印发", in_force=since, text=wrong)
    day = date(2024, 1, 10)
    assert plan_versions("2024-YS", day) == ()
    text = ("方案.pdf", PDF)
    put_in_force(preview_plan(content, "方案.xlsx"), content, "方案.xlsx", "印发", in_force=since, text=text)
    assert [(document.version, document.file_name) for document in plan_documents("2024-YS", day)] == [(1, "方案.pdf")]
