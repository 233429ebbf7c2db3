"""From a kind of mistake and what was typed to one short Chinese sentence that says how to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from models.cells import CellKind, as_in_excel
from models.definitions import Dataset, Field, Kind
from rules.intake.lengths import most_characters
from rules.intake.numbers import MOST_WORKING_DAYS, is_of_one, is_share

_SHOWN = 30  # characters of a long value that a message repeats


def _shown(value: str | None) -> str:
    text = " ".join(as_in_excel(value).split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def of_cell(code: str, field: Field, value: str, kind: CellKind = CellKind.TEXT) -> str:  # noqa: C901 one for each code
    """Return the sentence for one wrong cell, from the cell and its field alone."""
    label, typed = field.label, _shown(value)
    match code:
        case "missing-value" if field.required:
            return f"“{label}”不能为空，请填写。"
        case "missing-value":
            return f"“{label}”为空，方案要求填写，请补充。"
        case "formula-error":
            return f"“{label}”的公式没有算出结果{f'（{typed}）' if typed else ''}，请改为直接填写数值或文字。"
        case "ambiguous-number":
            return f"“{typed}”分不清是 1% 还是 100%，“{label}”请写明百分号，如“100%”。"
        case "too-long":
            return f"“{label}”有 {len(value)} 字，最多 {most_characters(field)} 字，请删减。"
        case "not-a-whole-number" if is_share(field) and is_of_one(value, CellKind.TEXT):
            return f"“{typed}”不是整数，“{label}”请填 0 到 100 的整数，如“60%”。"
        case "not-a-number":
            return f"“{typed}”不是数字，“{label}”请只填数字。"
        case "not-a-whole-number":
            return f"“{typed}”不是整数，“{label}”请填整数。"
        case "out-of-range":
            return f"“{typed}”超出范围，“{label}”应{_range(field)}。"
        case "not-a-date":
            return f"“{typed}”不是有效日期，“{label}”请按{_date_form(field)}的形式填写。"
        case "ambiguous-date":
            return f"“{typed}”的年月日分不清，“{label}”请按{_date_form(field)}的形式填写，年份写四位并放在最前。"
        case "not-a-choice":
            return _not_a_choice(field, typed)
        case "not-yes-or-no":
            return f"“{typed}”不是“是”或“否”，“{label}”请填“是”或“否”。"
        case "not-a-duration":
            return f"“{typed}”不是工作日数，“{label}”请填如“5个工作日”，当场办结的填“即办”。"
        case "damaged-code":
            return _damaged_code(field, typed, kind)
    raise KeyError(code)


def _range(field: Field) -> str:
    if field.kind is Kind.DURATION:
        return f"在 0 到 {MOST_WORKING_DAYS} 之间"
    low = f"{field.minimum or 0:.15g}"
    return f"在 {low} 到 {field.maximum:.15g} 之间" if field.maximum is not None else f"不小于 {low} 且不超过 15 位"


def _date_form(field: Field) -> str:
    return "“2023-07”" if field.kind is Kind.MONTH else "“2023-07-30”"


def _not_a_choice(field: Field, typed: str) -> str:
    words = "、".join(field.choices)
    if typed.isdigit():
        return f"“{typed}”只是代码，各系统的代码含义不一致，“{field.label}”请填文字：{words}。"
    return f"“{typed}”不在“{field.label}”的选项内，请从中选填：{words}。"


def _damaged_code(field: Field, typed: str, kind: CellKind) -> str:
    if field.length and kind is CellKind.TEXT and "+" not in typed:
        return f"“{field.label}”应为 {field.length} 位，“{typed}”为 {len(typed)} 位，请核对后按文本补全。"
    if kind is CellKind.DATE:
        return f"“{field.label}”被表格软件当成了日期（{typed}），请把该列设为文本格式后重新填写。"
    return f"“{field.label}”按数字存储，位数已丢失（{typed}），请把该列设为文本格式后重新填写完整编码。"


def unwrapped_code(label: str, value: str, code: str) -> str:
    return f"“{_shown(value)}”已按“{_shown(code)}”读取，“{label}”请核对，最好把该列设为文本格式后只填编码。"


def tenfold_day(label: str, value: str) -> str:
    month, day = value.split(".")
    read, other = f"{month}月{day}日", f"{month}月{day}0日"
    return f"“{label}”{value}已按{read}读取；按数字存放的 {value} 也可能是 {value}0，如为{other}请改正。"


def broken_character(label: str) -> str:
    return f"“{label}”中有一个字读不出来（以“�”代替），多为导出时被截断，请核对原文。"


def unknown_unit(value: str, suggestions: tuple[str, ...]) -> str:
    if suggestions:
        names = "".join(f"“{name}”" for name in suggestions)
        return f"“{_shown(value)}”不是已登记的责任单位，最接近的是{names}，请改为规范名称。"
    return f"“{_shown(value)}”不是已登记的责任单位，请改为规范名称。"


def other_unit(value: str, unit: str) -> str:
    return f"“{_shown(value)}”不是本次报送的单位“{unit}”，请删去该行或由该单位另行报送。"


def other_month(label: str, value: str, month: str, severity: str) -> str:
    if severity == "error":
        return f"“{label}”{_shown(value)}不在报送月份 {month} 内，请删去该行或核对月份。"
    return f"“{label}”{_shown(value)}不在报送月份 {month} 内，如为以前月份未办结的可保留，否则请核对。"


def duplicate_key(labels: str, first_sheet: str | None, first_row: int) -> str:
    place = f"工作表“{first_sheet}”第 {first_row} 行" if first_sheet else f"第 {first_row} 行"
    return f"“{labels}”与{place}重复，请删去重复的一行或改正编号。"


def unknown_item(value: str, parent: str) -> str:
    return f"“{parent}”表中没有实施编码“{_shown(value)}”，请核对编码或在“{parent}”表中补上该事项。"


def unknown_measure(value: str, plan: str = "") -> str:
    """Return the sentence; `plan`: the code of the one that the row names."""
    if plan:
        return f"方案 {plan} 中没有编号为“{_shown(value)}”的举措，请核对方案和举措编号。"
    return f"方案中没有编号为“{_shown(value)}”的举措，请核对举措编号。"


def several_plans(text: str, plans: Sequence[str]) -> str:
    where = "、".join(plans)
    return (
        f"举措“{text}”在方案 {where} 中都有，请在“方案”列写明，或写成“{plans[0]}/{text}”的形式（命令行可用 --plan）。"
    )


def said_twice(plan: str, measure: str) -> str:
    return f"“{measure}”与上面的一行都是方案 {plan} 的同一举措，请删去一行，或在“方案”列写明。"


def missing_column(label: str, demanded: bool, near: tuple[str, str] | None = None) -> str:
    """Return the sentence for a column that is not there. `near`: a column, by its letter and heading, that may be
    meant.
    """
    if near:
        return (
            f"没有“{label}”这一列，{near[0]} 列“{_shown(near[1])}”与之相近，如是同一列，请确认或把列名改为“{label}”。"
        )
    if demanded:
        return f"没有“{label}”这一列，方案要求填写，请补充该列。"
    return f"缺少必填的“{label}”列，请补上该列或把列名改为“{label}”。"


def duplicate_column(label: str, first: str) -> str:
    return f"“{label}”与 {first} 列重复，请只保留一列。"


def missing_sheet(sheet: str, required: bool) -> str:
    if required:
        return f"缺少工作表“{sheet}”，请补上后重新上传。"
    return f"没有工作表“{sheet}”，有关内容按未报送处理，如有请补上。"


def zero_report(sheet: str) -> str:
    return f"工作表“{_shown(sheet)}”只有表头没有数据，按零报告处理；如有数据请补填后重新上传。"


def total_mismatch(label: str, value: str, computed: int) -> str:
    return f"“{label}”合计为 {_shown(value)}，按各行相加为 {computed}，请核对。"


def doubtful_table(titles: Sequence[str]) -> str:
    names = "”还是“".join(titles)
    if len(titles) == 1:
        return f"表中只有少数列名与“{names}”相同，不能确定是哪种报表，请选择报表种类后再上传。"
    return f"从列名分不清这是“{names}”，请选择报表种类后再上传。"


def wrong_dataset(title: str, demanded: Sequence[str]) -> str:
    labels = "”“".join(demanded)
    return f"这张表没有“{labels}”等方案要求填写的任何一列，不是“{title}”，请核对所选的报表种类，或补上这些列。"


def no_table() -> str:
    return "没有找到可识别的表头，请确认选择的报表种类，或下载模板后把数据填入模板再上传。"


def another_case(where: str, label: str, difference: str) -> str:
    """Return the sentence for a number already used. `difference`: “2023-06-03，本行为 2023-07-03”, or that it is
    another one, where it is about a person.
    """
    return f"该编号在 {where}已用于另一件（“{label}”{difference}），同一编号只能用于一件，请改用没有用过的编号。"


def numbered_anew(label: str, number: int, month: str, example: str) -> str:
    return (
        f"“{label}”每月从头编起，有 {number:,} 个与其他月份的另一件重复，照此入库会使以前月份的事项消失。"
        f"请在编号前加上年月（如把“{example}”改为“{month.replace('-', '')}-{example}”）后重新上传；"
        "一直这样编号的，声明一次“编号按月分开”即可，以后不用改。"
    )


def not_in_list(label: str, labels: str) -> str:
    return f"管理局报送的清单中，本单位没有这个“{label}”。单位只补充已列问题的{labels}，请核对编号或删去该行。"


def kept_as_listed(label: str, listed: str) -> str:
    return f"“{label}”以管理局的清单为准（{listed}），本行所写不采用。"


def left_out_of_ledger(numbers: Sequence[str], month: str) -> str:
    """Return the sentence for rows of the unit that the bureau's ledger has and the unit's own report has not."""
    named = "、".join(numbers[:3]) + ("等" if len(numbers) > 3 else "")
    return (
        f"管理局 {month} 的全区台账中有本单位的 {len(numbers):,} 件（{named}）不在本表中，单位不能去掉。"
        "请补上后再报；确有错误的，请与管理局联系。"
    )


def said_by_others(label: str, in_ledger: str) -> str:
    return f"“{label}”以管理局的全区台账为准（{in_ledger}），单位不能改动，请改回；确有错误的，请与管理局联系。"


def nothing_to_add(title: str, labels: str) -> str:
    return f"“{title}”由管理局报送，不因本表改变；本单位只补充{labels}，本表没有可以补充的行。没有问题的，不用报送。"


def second_table(row: int, headings: Sequence[str]) -> str:
    """Return the sentence for another table on the sheet, which begins at a row of the file."""
    named = "、".join(_shown(heading) for heading in headings[:3]) + ("等" if len(headings) > 3 else "")
    return (
        f"第 {row} 行（{named}）是另一张表的表头，与本表的列对不上。一张工作表只放一张表："
        "请把它移到另一张工作表，不用报送的请删去。"
    )


def within_quarter(dataset: Dataset, month: str) -> str:
    last = f"{month[:4]}-{dataset.last_month_of_quarter(month):02d}"
    return f"“{dataset.title}”每季报送一次，{month} 不是季末月份，请选 {last}。"


def several_months(months: Sequence[str], chosen: str | None) -> str:
    every = "、".join(months)
    if chosen:
        return f"工作簿中是 {every} 各月的表，没有 {chosen} 的，请改选月份。"
    return f"工作簿中有 {every} 共 {len(months)} 个月的表，每月是一次报送，请分月报送，或者选择其中一个月份。"
