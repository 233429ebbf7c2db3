"""Headings of a plan workbook that nobody knows: pointed out once by the bureau, they are understood from then on."""

from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from openpyxl import load_workbook

from catalogue.datasets.plan_workbook import PLAN_WORKBOOK
from models.people import Role
from services.access.refusal import RefusedRequest
from services.intake.checking import confirm_column
from services.plan.preview import PlanPreview, preview_plan
from services.plan.workbook_read import read_plan_workbook
from tests.services.plan.test_preview import PLAN, workbook

Become = Callable[..., None]
STRANGE = {"完成时限": "何时交账", "责任单位": "谁来办"}


def with_headings(words: dict[str, str], sheets: Sequence[str] = ("任务",)) -> bytes:
    """The plan with other words above some of its columns."""
    book = load_workbook(BytesIO(workbook(PLAN)))
    for cell in (cell for sheet in sheets for cell in book[sheet][1]):
        cell.value = words.get(str(cell.value), cell.value)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def tried() -> PlanPreview:
    return preview_plan(with_headings(STRANGE), "方案.xlsx")


def confirm(part: str, words: dict[str, str]) -> None:
    for label, heading in words.items():
        confirm_column(None, PLAN_WORKBOOK.code, part, heading, label)


@pytest.mark.long
def test_a_heading_pointed_out_is_understood_from_then_on(planned_database: str) -> None:
    before = tried()
    assert [words.split("列")[1] for words in before.left_out] == ["“谁来办”", "“何时交账”"]
    assert before.words.tasks["1.1"].deadline_text == ""
    confirm("任务", STRANGE)
    after = tried()
    assert (after.left_out, after.errors) == ((), ())
    assert (after.words.tasks["1.1"].deadline_text, after.words.tasks["1.1"].units_text) == ("6月底前", "区发改局")


@pytest.mark.long
def test_a_sheet_of_strange_headings_alone_is_understood_once_they_are_pointed_out(planned_database: str) -> None:
    words = {field.label: f"栏目{number}" for number, field in enumerate(PLAN_WORKBOOK.part("任务").fields)}
    words |= {field.label: f"项目{number}" for number, field in enumerate(PLAN_WORKBOOK.part("举措").fields, 50)}
    book = load_workbook(BytesIO(with_headings(words, ("任务", "举措"))))
    for name in book.sheetnames:
        if name not in ("任务", "举措"):
            del book[name]
    out = BytesIO()
    book.save(out)
    assert read_plan_workbook(out.getvalue(), "方案.xlsx").report.refused is not None
    with pytest.raises(RefusedRequest, match="表头"):
        preview_plan(out.getvalue(), "方案.xlsx")
    for part in ("任务", "举措"):
        confirm(part, {field.label: words[field.label] for field in PLAN_WORKBOOK.part(part).fields})
    assert set(preview_plan(out.getvalue(), "方案.xlsx").words.tasks) == {"1.1", "2.1"}


def test_a_unit_points_out_nothing_for_the_bureau(planned_database: str, become: Become) -> None:
    become(Role.UNIT, "区人社局")
    confirm("任务", STRANGE)
    become(Role.BUREAU)
    assert len(tried().left_out) == len(STRANGE)
