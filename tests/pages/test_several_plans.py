"""Several plans on screen: tried, put in force, listed and picked; the address says which."""

import pytest

from models.people import Role
from tests.pages.filling import press
from tests.pages.visiting import text_of
from tests.services.plan.test_several_plans import plan_of, put_in_force

DAY = "2024-02-20"


def upload(app, content: bytes) -> None:
    app.file_uploader[0].upload("2024年方案.xlsx", content, "application/octet-stream").run()


@pytest.mark.long
def test_a_plan_is_tried_put_in_force_and_picked_on_screen(visit):
    app = visit("plan")
    assert not [box for box in app.selectbox if box.label == "方案"]  # one plan is no choice
    upload(app, plan_of(2024))
    shown = text_of(app)
    assert "2024年方案（2024），2024-01-01 至 2025-03-31。没有错误" in shown and "新增" in shown
    assert (
        "付诸实施后的红绿灯" in shown
        and "库中没有此方案。付诸实施后 " in shown
        and "个单位的责任项或报送有变化" in shown
    )
    next(field for field in app.text_input if field.label.startswith("理由") and field.form_id).input("年度方案印发")
    press(app, "付诸实施")
    assert "已存入，自 2024-01-01 起生效：年度方案印发" in text_of(app)

    app = visit("plan", as_of=DAY)
    shown = text_of(app)
    assert "2024年方案" in shown and "第 1 版" in shown and "方案清单" in shown
    picker = next(box for box in app.selectbox if box.label == "方案")
    assert (picker.value, picker.options) == ("2024", ["2023年方案", "2024年方案（现行）"])
    picker.select("2023").run()
    assert app.query_params["plan"] == "2023" and "截至 2024年2月20日 24 时 · 2023年方案" in text_of(app)
    for page in ("board", "reporting", "experience", "verification"):
        of_2023, of_2024 = (text_of(visit(page, as_of=DAY, **query)) for query in ({"plan": "2023"}, {}))
        assert "2023年方案" in of_2023 and "2024年方案" in of_2024


@pytest.mark.long
def test_an_address_with_a_plan_that_is_not_there_shows_the_current_one(visit):
    app = visit("board", plan="1999")
    assert "plan" not in app.query_params


@pytest.mark.long
def test_mistakes_of_a_plan_workbook_are_shown_by_their_cells_and_nothing_can_be_put_in_force(visit):
    app = visit("plan")
    upload(app, plan_of(2024, lambda book: book["举措"].cell(2, 6, "尽快")))
    shown = text_of(app)
    assert "改正后才能付诸实施" in shown and "F2" in shown
    assert not [button for button in app.button if button.label == "付诸实施"]


@pytest.mark.long
def test_two_plans_stand_side_by_side_with_the_indicators_of_both_years(visit):
    assert "只有一个方案，没有可以对照的" in text_of(visit("plan_comparison"))
    put_in_force(2024)
    shown = text_of(visit("plan_comparison", as_of=DAY))
    assert "2024年方案与2023年方案：延续 46 项举措，新增 0 项，不再列入 0 项" in shown
    assert "两年的同一指标" in shown
    assert "方案对照" in text_of(visit("plan", as_of=DAY))


@pytest.mark.long
def test_columns_of_a_plan_workbook_that_are_not_understood_are_pointed_out_on_screen(visit):
    def strange(book):
        heading = next(cell for cell in book["任务"][1] if cell.value == "完成时限")
        heading.value = "何时交账"

    app = visit("plan")
    upload(app, plan_of(2024, strange))
    shown = text_of(app)
    assert "有列没有识别，不读取" in shown and "任务 1.1 期限存疑" in shown
    next(box for box in app.selectbox if "何时交账" in box.label).select("完成时限").run()
    next(button for button in app.button if button.label == "按此识别，以后照此").click().run()
    shown = text_of(app)
    assert not app.exception and "有列没有识别，不读取" not in shown
    assert "任务 1.1 期限存疑" not in shown and "没有错误" in shown


@pytest.mark.long
def test_the_text_of_a_plan_is_attached_on_screen_and_everybody_reads_it(visit, become):
    app = visit("plan")
    uploader = next(place for place in app.file_uploader if place.label == "方案原文（.docx、.pdf）")
    uploader.upload("关于印发方案的通知.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    press(app, "附上")
    assert "已附在方案 2023 之后" in text_of(app)
    become(Role.UNIT, "区人社局")
    app = visit("plan")
    shown = text_of(app)
    assert "关于印发方案的通知.pdf" in shown and "附上方案原文" not in shown


@pytest.mark.long
def test_a_plan_has_settings_of_its_own_on_screen_once_there_are_several(visit):
    assert "2023年方案的设置" not in text_of(visit("settings"))
    put_in_force(2024)
    app = visit("settings", as_of=DAY)
    assert "2024年方案的设置" in text_of(app) and "与看板相同（10 个工作日）" in text_of(app)
    next(box for box in app.checkbox if box.label.startswith("与看板相同")).uncheck()
    [field for field in app.number_input if field.label.startswith("改为")][-1].set_value(20)
    [field for field in app.text_input if field.label.startswith("理由")][-1].set_value("方案规定")
    press(app, "更改设置")
    shown = text_of(app)
    assert "本方案的更改记录" in shown and "20 个工作日" in shown
