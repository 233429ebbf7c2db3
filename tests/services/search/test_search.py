"""查找: what is found by which words, as of which day, and how much at most."""

from datetime import date

import pytest

from services.search.search import MOST, search

DAY = date(2023, 7, 31)
CODE = "11370100MB2000000X4370120001000"


def guides(report, names, at="2023-06-20", unit="区人社局"):
    rows = [{"实施编码": f"{CODE}{number}", "事项名称": name, "责任单位": unit} for number, name in enumerate(names)]
    return report("guides", unit, None, {"事项": rows, "材料": [], "流程": []}, at)


def test_a_task_is_found_by_its_code_and_by_a_word_of_its_title(district):
    assert [task.code for task in search("1.1", DAY).tasks] == ["1.1"]
    title = search("1.1", DAY).tasks[0].title
    assert "1.1" in [task.code for task in search(title[1:5], DAY).tasks]


def test_a_measure_is_found_by_its_code(district):
    assert [measure.code for measure in search("1.1.2", DAY).measures] == ["1.1.2"]


def test_a_unit_is_found_by_its_name_and_by_its_alias(district):
    assert [unit.name for unit in search("人社", DAY).units] == ["区人社局"]
    assert [unit.name for unit in search("人力资源", DAY).units] == ["区人社局"]


@pytest.mark.long
def test_an_item_is_found_by_part_of_its_name_and_by_the_beginning_of_its_code(report):
    sent = guides(report, ["社会保障卡申领", "就业登记"])
    items = search("保障卡", DAY).items
    assert [(item.name, item.submission, item.sheet, item.row) for item in items] == [
        ("社会保障卡申领", sent.submission, "事项", 2)
    ]
    assert len(search(CODE[:12], DAY).items) == 2


@pytest.mark.long
def test_an_item_of_a_replaced_snapshot_is_not_found(report):
    guides(report, ["社会保障卡申领"])
    guides(report, ["就业登记"], "2023-07-20")
    assert search("保障卡", date(2023, 7, 19)).items != ()
    assert search("保障卡", DAY).items == ()


@pytest.mark.long
def test_what_was_reported_later_is_not_found_on_an_earlier_day(report):
    guides(report, ["社会保障卡申领"], "2023-07-20")
    assert search("保障卡", date(2023, 7, 19)).items == ()


def test_a_case_is_found_by_its_whole_number_only(report):
    row = {"工单编号": "LD0001", "受理时间": "2023-06-05 09:00", "工单类型": "咨询", "责任单位": "东关街道"}
    report("hotline_tickets", "东关街道", "2023-06", [row], "2023-07-03")
    assert [(case.code, case.unit, case.row) for case in search("LD0001", DAY).cases] == [("LD0001", "东关街道", 2)]
    assert search("LD000", DAY).cases == ()


@pytest.mark.long
def test_no_more_than_thirty_items_are_given_and_that_there_are_more_is_told(report):
    guides(report, [f"申领{number}" for number in range(MOST + 5)])
    results = search("申领", DAY)
    assert (len(results.items), results.more) == (MOST, True)


@pytest.mark.long
@pytest.mark.parametrize("words", ["", " ", "社", "%%", "__", "\\%", "' OR 1=1 --", "<script>"])
def test_too_few_signs_and_signs_of_a_query_language_find_nothing(report, words):
    guides(report, ["社会保障卡申领"])
    assert search(words, DAY).number == 0


@pytest.mark.long
def test_an_item_is_found_by_two_words_in_any_order_and_not_by_one_of_them_alone(report):
    guides(report, ["社会保障卡申领", "社会团体登记"])
    assert [match.name for match in search("申领 社会", DAY).items] == ["社会保障卡申领"]
    assert search("申领 登记", DAY).items == ()


@pytest.mark.long
def test_an_item_is_found_by_its_telephone_however_it_is_written(report):
    row = {"实施编码": f"{CODE}0", "事项名称": "就业登记", "责任单位": "区人社局", "咨询电话": "0531-88881234"}
    report("guides", "区人社局", None, {"事项": [row], "材料": [], "流程": []}, "2023-06-20")
    for typed in ("0531-88881234", "88881234", "053188881234"):
        assert [match.phone for match in search(typed, DAY).items] == ["0531-88881234"]
    assert search("88881235", DAY).items == ()


def test_a_case_is_found_beside_other_words_of_which_one_is_its_number(report):
    row = {"工单编号": "LD0001", "受理时间": "2023-06-05 09:00", "工单类型": "咨询", "责任单位": "东关街道"}
    report("hotline_tickets", "东关街道", "2023-06", [row], "2023-07-03")
    assert [match.code for match in search("工单 LD0001", DAY).cases] == ["LD0001"]
