"""数据报送."""

import re
from pathlib import Path

import pytest
from openpyxl import Workbook

from rules.as_of import parse_instant
from services.board.district import today
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.submissions import submission_details
from services.intake.upload import submit
from tests.pages import filling
from tests.pages.visiting import open_page, text_of
from tests.services.conftest import workbook

ROOT = Path(__file__).resolve().parents[2]
RETURNED = ROOT / "sample_data" / "district" / "退回" / "区城管局6月好差评明细.xlsx"

MONTHLY = {"实施编码": "A1", "责任单位": "区人社局"}


def upload(app, path: Path):
    app.file_uploader[0].upload(path.name, path.read_bytes(), "application/octet-stream").run()
    assert not app.exception
    return app


def test_a_workbook_with_wrong_cells_shows_them_in_place_and_cannot_be_confirmed(visit):
    app = upload(visit("upload"), RETURNED)
    shown = text_of(app)
    assert "识别结果" in shown and "“还行”不在“满意度”的选项内" in shown
    assert "确认报送" not in labels(app)


def labels(app) -> set[str]:
    return {button.label for button in app.button}


def field(app, label: str):
    return next(element for element in (*app.text_input, *app.selectbox) if element.label == label)


def press(app, label: str):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


@pytest.mark.long
def test_wrong_cells_are_mended_where_they_stand_and_the_file_can_be_submitted(planned_database):
    app = upload(open_page("upload"), RETURNED)
    field(app, "G6 满意度").select("满意")
    field(app, "I10 评价时间").input("2023-06-30")
    press(app, "应用改正")
    shown = text_of(app)
    assert (
        "错误 1 处，提示 0 处，已在屏幕上改正 2 处" in shown
        and "还行 → 满意" in shown
        and "确认报送" not in labels(app)
    )
    field(app, "I13 评价时间").input("2023-06-03")
    press(press(app, "应用改正"), "确认报送")
    assert "其中 3 处按屏幕上的改正入库，原文件按上传时的样子保存" in text_of(app)


@pytest.mark.long
def test_a_wrong_correction_is_told_at_the_cell_and_can_be_taken_back(planned_database):
    app = upload(open_page("upload"), RETURNED)
    field(app, "I10 评价时间").input("不知道")
    press(app, "应用改正")
    assert "改过，仍有误" in text_of(app) and "“不知道”不是有效日期" in text_of(app) and "错误 3 处" in text_of(app)
    press(app, "恢复")
    assert "改过，仍有误" not in text_of(app) and field(app, "I10 评价时间").value == "2023年6月31日"


@pytest.mark.long
def test_corrections_stay_when_the_unit_is_chosen_afterwards(planned_database):
    app = upload(open_page("upload"), RETURNED)
    field(app, "G6 满意度").select("满意")
    press(app, "应用改正")
    field(app, "责任单位").select("区城管局").run()
    assert "还行 → 满意" in text_of(app)


@pytest.mark.long
def test_a_correction_that_is_no_longer_a_record_is_refused_with_a_sentence(planned_database, tmp_path):
    path = tmp_path / "6月好差评.xlsx"
    row = {
        "办件编号": "B1",
        "事项名称": "社保登记",
        "责任单位": "区人社局",
        "评价渠道": "移动端",
        "满意度": "满意",
        "评价时间": "2023-06-12",
    }
    path.write_bytes(workbook("reviews", [row, row | {"办件编号": ""}]))
    app = upload(open_page("upload"), path)
    field(app, "A3 办件编号").input("合计")
    press(app, "应用改正")
    assert "第 3 行会被当作合计行或说明行" in app.warning[0].value and "错误 1 处" in text_of(app)


def test_a_file_that_is_no_workbook_gets_one_sentence(visit, tmp_path):
    path = tmp_path / "报表.xlsx"
    path.write_bytes(b"%PDF-1.7 not a workbook")
    assert "文件未能读取" in text_of(upload(visit("upload"), path))


def test_the_dataset_in_the_address_is_chosen_and_its_template_offered(visit):
    shown = text_of(visit("upload", dataset="reviews"))
    assert "/templates/reviews" in shown and "/templates/guides" not in shown


@pytest.mark.long
def test_thousands_of_equal_errors_stand_as_one_line_above_the_rows(planned_database, tmp_path):
    path = tmp_path / "6月好差评.xlsx"
    row = {
        "事项名称": "社保登记",
        "责任单位": "区人社局",
        "评价渠道": "移动端",
        "满意度": "还行",
        "评价时间": "2023-06-12",
    }
    path.write_bytes(workbook("reviews", [row | {"办件编号": f"B{number}"} for number in range(3000)]))
    shown = text_of(upload(open_page("upload"), path))
    assert shown.count("所填内容</th>") == 1 and ">3,000</td>" in shown and ">G2</td>" in shown


@pytest.mark.long
def test_what_was_read_otherwise_than_typed_is_worked_out_when_it_is_opened(planned_database, tmp_path):
    path = tmp_path / "6月好差评.xlsx"
    row = {
        "办件编号": "B1",
        "事项名称": "社保登记",
        "责任单位": "人社局",
        "评价渠道": "移动端",
        "满意度": "5",
        "评价时间": "2023年6月12日",
    }
    path.write_bytes(workbook("reviews", [row]))
    app = upload(open_page("upload"), path)
    assert "2023-06-12" not in text_of(app)
    app.session_state["read_as"] = True
    shown = text_of(app.run())
    assert "2023年6月12日" in shown and "2023-06-12" in shown and "非常满意" in shown


HELP = {
    "受理编号": "B1",
    "受理日期": "2023-06-03",
    "责任单位": "区人社局",
    "服务对象": "某公司",
    "对象类别": "企业",
    "帮办事项": "登记",
    "服务方式": "全程代办",
    "帮办员": "甲",
}


def written(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def verdict(app) -> str:
    return next(element.proto.body for element in app.get("html") if "verdict" in element.proto.body)


@pytest.mark.long
def test_the_verdict_stands_straight_under_the_file_in_one_line(planned_database, tmp_path):
    good, wrong = tmp_path / "6月帮代办.xlsx", tmp_path / "6月帮代办（错）.xlsx"
    good.write_bytes(workbook("help_cases", [HELP]))
    assert "可以报送</span> 帮代办台账，区人社局，2023-06，1 行" in verdict(upload(open_page("upload"), good))
    wrong.write_bytes(workbook("help_cases", [HELP | {"服务方式": "打电话"}]))
    assert ">还不能报送</span>" in verdict(upload(open_page("upload"), wrong))


@pytest.mark.long
def test_headings_of_ones_own_are_assigned_by_hand_and_remembered(planned_database, tmp_path):
    labels = list(HELP)
    own = ["号", "何时", "谁家的", "给谁", "哪类人", "干啥", "咋办", "谁办"]
    path = written(tmp_path / "台账.xlsx", [["6月台账"], own, list(HELP.values())])
    app = upload(open_page("upload", dataset="help_cases"), path)
    assert "逐列指定" in text_of(app)
    for letter, heading, label in zip("ABCDEFGH", own, labels, strict=True):
        field(app, f"{letter} 列“{heading}”").select(label).run()
    press(app, "按此识别，以后照此")
    assert "2023-06，1 行" in verdict(app) and "还不能报送" not in verdict(app)
    again = upload(open_page("upload", dataset="help_cases"), path)
    assert "逐列指定" not in text_of(again) and "还不能报送" not in verdict(again)


@pytest.mark.long
def test_near_headings_are_chosen_until_somebody_says_otherwise_and_a_row_number_can_be_the_cases_number(
    planned_database, tmp_path
):
    own = ["序号", "登记日期", "责任单位", "服务对象", "人员类别", "帮办代办事项", "帮办方式", "帮办人员"]
    path = written(tmp_path / "台账.xlsx", [["6月台账"], own, ["1", *list(HELP.values())[1:]]])
    app = upload(open_page("upload", dataset="help_cases"), path)
    assert (
        "例：2023-06-03" in [caption.value for caption in app.caption]
        and field(app, "B 列“登记日期”").value == "受理日期"
    )
    press(app, "按此识别，以后照此")
    field(app, "A 列“序号”").select("受理编号").run()
    press(app, "按此识别，以后照此")
    assert "2023-06，1 行" in verdict(app) and "还不能报送" not in verdict(app)


def test_of_several_kinds_of_errors_the_verdict_tells_the_first_and_stays_one_line(planned_database, tmp_path):
    path = tmp_path / "6月帮代办.xlsx"
    path.write_bytes(
        workbook("help_cases", [HELP | {"服务方式": "打电话", "受理日期": "六月上旬", "对象类别": "谁" * 60}])
    )
    said = re.sub("<[^>]+>", "", verdict(upload(open_page("upload"), path)))
    assert "错误 3 处，分 3 种，首要的是“六月上旬”不是有效日期。" in said and len(said.strip()) < 70


@pytest.mark.long
def test_one_mend_puts_a_whole_column_right(planned_database, tmp_path):
    path = tmp_path / "6月帮代办.xlsx"
    path.write_bytes(
        workbook("help_cases", [HELP | {"受理编号": f"B{number}", "服务方式": "跑腿"} for number in range(30)])
    )
    app = upload(open_page("upload"), path)
    field(app, "“跑腿”（30 处）改为").select("全程代办")
    press(app, "整列替换")
    assert "可以报送" in verdict(app) and "已在屏幕上改正 30 处" in text_of(app)


@pytest.mark.long
def test_a_workbook_of_several_months_is_reported_month_by_month_after_one_confirmation(planned_database, tmp_path):
    book = Workbook()
    book.remove(book.active)
    for month in ("6", "7"):
        sheet = book.create_sheet(f"{month}月")
        sheet.append([f"区人社局2023年{month}月帮代办台账"])
        sheet.append(list(HELP))
        sheet.append(list((HELP | {"受理编号": f"B{month}", "受理日期": f"2023-0{month}-03"}).values()))
    book.save(tmp_path / "台账.xlsx")
    app = upload(open_page("upload"), tmp_path / "台账.xlsx")
    assert "2023-06、2023-07 共 2 个月" in text_of(app)
    press(app, "按月分报（2023-06、2023-07）")
    press(app, "确认报送（2 份）")
    assert text_of(app).count("已报送</span>") == 2


@pytest.mark.long
def test_what_is_asked_must_be_answered_before_it_can_be_confirmed(planned_database, tmp_path):
    first, fewer = tmp_path / "6月帮代办.xlsx", tmp_path / "6月帮代办（少）.xlsx"
    first.write_bytes(workbook("help_cases", [HELP, HELP | {"受理编号": "B2"}]))
    press(upload(open_page("upload"), first), "确认报送")
    fewer.write_bytes(workbook("help_cases", [HELP]))
    app = upload(open_page("upload"), fewer)
    assert ">请先确认<" in verdict(app) and "去掉 1 行" in text_of(app)
    assert next(button for button in app.button if button.label == "确认报送").disabled
    app.checkbox[0].check().run()
    press(app, "确认报送")
    assert "报送成功" in text_of(app)


@pytest.mark.long
def test_a_ledger_that_numbers_anew_is_kept_apart_by_month_after_one_statement_and_back(planned_database, tmp_path):
    june, july = tmp_path / "6月帮代办.xlsx", tmp_path / "7月帮代办.xlsx"
    rows = [HELP | {"受理编号": str(number)} for number in (1, 2)]
    june.write_bytes(workbook("help_cases", rows))
    press(upload(open_page("upload"), june), "确认报送")
    july.write_bytes(workbook("help_cases", [row | {"受理日期": "2023-07-03"} for row in rows]))
    app = upload(open_page("upload"), july)
    assert "每月从头编起" in verdict(app)
    filling.press(app, "编号按月分开，以后照此")
    assert "可以报送" in verdict(app) and "如 1 读作 202307-1" in text_of(app)
    filling.press(app, "改回各月连续编号")
    assert "每月从头编起" in verdict(app)


def test_one_table_of_several_months_asks_for_the_month_and_cannot_be_confirmed_before(planned_database, tmp_path):
    path = tmp_path / "台账.xlsx"
    rows = [HELP | {"受理编号": f"B{month}", "受理日期": f"2023-0{month}-03"} for month in (6, 7)]
    path.write_bytes(workbook("help_cases", rows))
    app = upload(open_page("upload"), path)
    assert ">请选择月份<" in verdict(app) and "各行在 2023-06、2023-07" in verdict(app)
    assert "确认报送" not in labels(app)


@pytest.mark.long
def test_a_sudden_change_is_confirmed_with_a_sentence_and_not_without(planned_database, tmp_path):
    def sent(month: str, number: int, at: str) -> None:
        content = workbook("monthly_cases", [MONTHLY | {"办件量": number, "办结量": number}])
        submit(check(content, "办件.xlsx", Request("monthly_cases", "区人社局", False, month)), at=parse_instant(at))

    sent("2023-01", 40, "2023-02-03T09:00")
    path = tmp_path / "区人社局2023年2月月度办件统计.xlsx"
    path.write_bytes(workbook("monthly_cases", [MONTHLY | {"办件量": 90, "办结量": 90}]))
    app = upload(open_page("upload"), path)
    assert "办件量 2023-02 为 90，2023-01 为 40，增加 50（125%）" in text_of(app)
    button = next(button for button in app.button if button.label == "确认报送")
    assert button.disabled
    field(app, "原因（必填，与报送一并保存）").input("2月起集中认证").run()
    press(app, "确认报送")
    assert "报送成功" in text_of(app)
    assert submission_details(2, today()).explanation == "2月起集中认证"
