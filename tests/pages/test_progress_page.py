"""进展 and 责任事项."""

from datetime import date
from urllib.parse import quote

import pytest

from models.lamps import Lamp
from services.board.scorecard import assess
from services.milestones.assignment import assignment_history
from services.milestones.progress import assignments
from tests.pages.filling import press
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)


def one_to_verify():
    return next(row for row in assess(DAY).lamps if row.lamp is Lamp.TO_VERIFY)


def expander(app, label):
    return next(expander for expander in app.expander if expander.label.startswith(label))


@pytest.mark.long
def test_what_waits_for_the_bureau_is_counted_and_listed(visit):
    waiting = [row for row in assess(DAY).lamps if row.lamp is Lamp.TO_VERIFY]
    shown = text_of(visit("progress"))
    assert f"待核验 {len(waiting)} 项" in shown and waiting[0].unit in shown


def test_a_units_page_lists_its_milestones_with_the_two_people(visit):
    assignment = next(assignment for assignment in assignments(DAY) if assignment.leader and assignment.person)
    shown = text_of(visit("progress", unit=assignment.unit))
    assert (
        assignment.leader in shown
        and assignment.person in shown
        and f"/assignment?measure={assignment.measure}" in shown
    )


@pytest.mark.long
def test_a_progress_form_is_stored_and_told_with_its_number(visit):
    row = one_to_verify()
    app = visit("assignment", measure=row.measure, unit=row.unit)
    form = expander(app, "填报进展")
    form.text_area[0].input("补充了盖章文件")
    form.button[0].click().run()
    assert not app.exception and not app.warning
    assert "已报送，编号" in text_of(app)
    assert assignment_history(row.measure, row.unit, DAY).latest.account == "补充了盖章文件"


@pytest.mark.long
def test_completed_with_forty_per_cent_or_without_evidence_is_asked_before_it_is_stored(visit):
    row = next(
        assignment
        for assignment in assignments(DAY)
        if assignment.latest is not None and assignment.latest.state != "已完成" and not assignment.returned
    )
    app = visit("assignment", measure=row.measure, unit=row.unit)
    form = expander(app, "填报进展")
    form.selectbox[1].select("已完成")
    form.number_input[0].set_value(40)
    form.date_input[0].set_value(DAY)
    form.button[0].click().run()
    assert not app.exception and "已报送，编号" not in text_of(app)
    text = text_of(app)
    assert "完成比例却不足 100%，确已完成吗？" in text and "还没有证明材料" in text
    press(app, "确认报送")
    assert "已报送，编号" in text_of(app)


@pytest.mark.long
def test_a_form_that_does_not_hold_together_says_why(visit):
    row = one_to_verify()
    app = visit("assignment", measure=row.measure, unit=row.unit)
    form = expander(app, "填报进展")
    form.text_area[0].input("")
    form.button[0].click().run()
    assert "请填写进展情况" in app.warning[0].value


@pytest.mark.long
def test_the_bureau_verifies_on_screen_and_the_lamp_turns(visit):
    row = one_to_verify()
    app = visit("assignment", measure=row.measure, unit=row.unit)
    press(app, "核验通过")
    assert "已核验" in text_of(app)
    assert assess(DAY).select(measure=row.measure, unit=row.unit)[0].lamp is Lamp.DONE


@pytest.mark.long
def test_a_return_needs_a_reason_and_keeps_it(visit):
    row = one_to_verify()
    app = visit("assignment", measure=row.measure, unit=row.unit)
    press(app, "退回")
    assert "请写明理由" in app.warning[0].value
    expander(app, "核验").text_input[0].input("缺少印章")
    press(app, "退回")
    assert "退回：缺少印章" in text_of(app)


@pytest.mark.long
def test_evidence_uploaded_on_screen_can_be_downloaded(visit):
    row = one_to_verify()
    app = visit("assignment", measure=row.measure, unit=row.unit)
    app.file_uploader[0].upload("通知.pdf", b"%PDF-1.7", "application/pdf")
    next(button for button in app.button if button.label == "上传材料").click().run()
    assert not app.exception and not app.warning
    assert "“通知.pdf”已上传" in text_of(app) and "/evidence/1" in text_of(app)


@pytest.mark.long
def test_what_is_no_evidence_is_refused_in_place(visit):
    row = one_to_verify()
    app = visit("assignment", measure=row.measure, unit=row.unit)
    app.file_uploader[0].upload("通知.pdf", b"<html>", "application/pdf")
    next(button for button in app.button if button.label == "上传材料").click().run()
    assert "不是可以作为证明材料的文件" in app.warning[0].value


def test_the_history_names_reports_and_lamps_and_leads_to_the_submission(visit):
    row = one_to_verify()
    shown = text_of(visit("assignment", measure=row.measure, unit=row.unit))
    assert "全部历史" in shown and "推进中 → 待核验" in shown and "/submission?number=" in shown


def test_an_assignment_that_is_none_gets_a_sentence(visit):
    assert "方案中没有举措“9.9.9”" in text_of(visit("assignment", measure="9.9.9", unit="区人社局"))
    assert "单位名册中没有“无”" in text_of(visit("assignment", measure="9.9.9", unit="无"))


def one_returned():
    return next(assignment for assignment in assignments(DAY) if assignment.returned)


@pytest.mark.long
def test_what_was_returned_is_listed_with_the_reason_beside_what_waits(visit):
    back = [assignment for assignment in assignments(DAY) if assignment.returned]
    shown = text_of(visit("progress"))
    listed = shown.split(">已退回<small>")[1].split("<h2")[0]
    assert f"已退回 {len(back)} 项" in shown
    assert all(
        f"/assignment?measure={assignment.measure}&amp;unit={quote(assignment.unit)}" in listed
        and assignment.returned in listed
        for assignment in back
    )


def test_of_a_unit_the_returned_milestone_bears_the_mark_and_its_reason(visit):
    returned = one_returned()
    row = text_of(visit("progress", unit=returned.unit)).split(f">{returned.measure}</a>")[1].split("</tr>")[0]
    assert "退回" in row and returned.returned in row


def test_a_day_on_which_nothing_stands_returned_says_so(visit):
    assert not any(assignment.returned for assignment in assignments(date(2023, 6, 30)))
    shown = text_of(visit("progress", as_of="2023-06-30"))
    assert "已退回 0 项" in shown and "没有待重新报送的举措" in shown
