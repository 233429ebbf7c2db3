"""Make ledgers of a number of rows as a city's systems export them (.xlsx): 12345 tickets in 30
columns, reviews in 13.
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
LETTERS = [chr(65 + n) for n in range(26)] + ["AA", "AB", "AC", "AD"]
STREETS = ["云台街道", "柳林街道", "北苑街道", "东关街道", "白水镇", "青石镇", "清溪镇"]
ABOUT = [
    "噪声扰民",
    "占道经营",
    "医保报销",
    "社保转移",
    "路灯不亮",
    "供暖不足",
    "不动产登记",
    "公交站点",
    "营业执照",
    "居住证明",
]
YES_NO = ["是", "否"]
UNITS = ["区人社局", "区住建局", "区市场监管局", "区医保局", "区卫健局", "区公安分局"]


def _moment(rng: random.Random, last_day: int = 30) -> str:
    return (
        f"2023-06-{rng.randint(1, last_day):02} {rng.randint(8, 18):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"
    )


def _request(rng: random.Random, row: int) -> str:
    return f"市民反映{rng.choice(STREETS)}{rng.randint(1, 300)}号{rng.choice(ABOUT)}问题，请核实处理（{row}）"


Value = Callable[[random.Random, int], str]
TICKETS: dict[str, Value] = {
    "工单编号": lambda rng, row: f"RX20230600{row:08}370100{row % 97:02}",
    "受理时间": lambda rng, row: _moment(rng),
    "工单来源": lambda rng, row: rng.choice(["电话", "网站", "微信", "领导信箱"]),
    "工单类型": lambda rng, row: rng.choice(["咨询", "求助", "投诉", "举报", "建议", "表扬", "其他"]),
    "诉求内容": _request,
    "责任单位": lambda rng, row: rng.choice(UNITS),
    "派单时间": lambda rng, row: _moment(rng),
    "签收时间": lambda rng, row: _moment(rng),
    "办理时限": lambda rng, row: f"2023-07-{rng.randint(1, 31):02}",
    "办结时间": lambda rng, row: _moment(rng),
    "是否延期": lambda rng, row: rng.choice(YES_NO),
    "是否回访": lambda rng, row: rng.choice(YES_NO),
    "是否解决": lambda rng, row: rng.choice(YES_NO),
    "是否满意": lambda rng, row: rng.choice(["满意", "基本满意", "不满意"]),
    "是否重办": lambda rng, row: rng.choice(YES_NO),
    "诉求人": lambda rng, row: rng.choice("赵钱孙李周吴郑王") + rng.choice(["先生", "女士"]),
    "联系电话": lambda rng, row: f"138{rng.randint(0, 99_999_999):08}",
    "诉求区域": lambda rng, row: rng.choice(STREETS),
    "一级分类": lambda rng, row: rng.choice(["城市管理", "社会保障", "交通运输", "市场监管"]),
    "二级分类": lambda rng, row: rng.choice(ABOUT),
    "紧急程度": lambda rng, row: rng.choice(["一般", "紧急", "特急"]),
    "坐席工号": lambda rng, row: f"坐席{rng.randint(1, 80):03}",
    "承办科室": lambda rng, row: rng.choice(["办公室", "信访科", "业务一科", "业务二科"]),
    "答复口径": lambda rng, row: rng.choice(
        ["已现场核实并答复", "已电话联系来电人说明政策", "已督促整改", "正在协调办理"]
    ),
    "协办情况": lambda rng, row: rng.choice(["无需协办", "已会同属地办理", "已转协办单位"]),
    "审核意见": lambda rng, row: rng.choice(["同意办结", "退回补充材料", "同意延期"]),
    "回访结果": lambda rng, row: rng.choice(["来电人认可", "来电人不认可", "无人接听"]),
    "归档状态": lambda rng, row: rng.choice(["已归档", "未归档"]),
    "数据来源": lambda rng, row: "市12345政务服务便民热线平台",
    "填报说明": lambda rng, row: rng.choice(["按月导出", "按周导出"]),
}
REVIEWS: dict[str, Value] = {
    "办件编号": lambda rng, row: f"BJ20230600{row:08}370100",
    "评价次数": lambda rng, row: "1",
    "实施编码": lambda rng, row: f"1137010000{rng.randint(1, 400):06}",
    "事项名称": lambda rng, row: rng.choice(ABOUT) + "办理",
    "责任单位": lambda rng, row: rng.choice(UNITS),
    "评价渠道": lambda rng, row: rng.choice(["电脑端", "移动端", "二维码", "大厅平板", "短信", "系统默认"]),
    "满意度": lambda rng, row: rng.choice(["非常满意", "满意", "基本满意", "非常满意", "不满意"]),
    "评价内容": lambda rng, row: rng.choice(["工作人员热情周到", "办理很快", "", "材料一次告知清楚"]),
    "评价时间": lambda rng, row: _moment(rng),
    "办结时间": lambda rng, row: _moment(rng),
    "申请人": lambda rng, row: rng.choice("赵钱孙李周吴郑王") + "某",
    "联系电话": lambda rng, row: f"138{rng.randint(0, 99_999_999):08}",
    "是否实名": lambda rng, row: rng.choice(YES_NO),
}
WRONG: dict[str, str] = {
    "工单编号": "4.40304E+17",
    "受理时间": "六月初",
    "工单类型": "资讯",
    "责任单位": "区外事办公厅",
    "派单时间": "2023-06-31",
    "签收时间": "昨日",
    "办理时限": "尽快",
    "办结时间": "未办",
    "是否延期": "未知",
    "是否回访": "待定",
    "是否解决": "部分",
    "是否满意": "还行",
    "是否重办": "可能",
}


def write_ledger(
    path: Path, columns: dict[str, Value], rows: int, bad_share: float = 0.0, seed: int = 20231123
) -> None:
    """Write a ledger in which `bad_share` of all cells is wrong, in the columns of tickets in which a cell can be; 1:
    all that can, each in its own way.
    """
    rng, strings = random.Random(seed), dict[str, int]()
    if bad_share == 1:
        columns = columns | {label: _wrong_everywhere(text) for label, text in WRONG.items()}
    wrong = _wrong_cells(rng, rows, round(rows * len(columns) * bad_share)) if bad_share < 1 else set()
    last = f"{LETTERS[len(columns) - 1]}{rows + 1}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in _frame().items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'.encode())
            sheet.write(f'<dimension ref="A1:{last}"/><sheetData>'.encode())
            sheet.write(_row(1, list(columns), strings))
            for row in range(2, rows + 2):
                texts = [WRONG[label] if (row, label) in wrong else make(rng, row) for label, make in columns.items()]
                sheet.write(_row(row, texts, strings))
            sheet.write(b"</sheetData></worksheet>")
        archive.writestr("xl/sharedStrings.xml", _strings(strings))


def _wrong_everywhere(text: str) -> Value:
    return lambda rng, row: f"{text[: len(text) // 2]}{row}号{text[len(text) // 2 :]}"


def _wrong_cells(rng: random.Random, rows: int, number: int) -> set[tuple[int, str]]:
    labels, wrong = list(WRONG), set[tuple[int, str]]()
    while len(wrong) < number:
        wrong.add((rng.randint(2, rows + 1), rng.choice(labels)))
    return wrong


def _row(row: int, texts: list[str], strings: dict[str, int]) -> bytes:
    cells = "".join(
        f'<c r="{letter}{row}" s="1" t="s"><v>{strings.setdefault(text, len(strings))}</v></c>'
        for letter, text in zip(LETTERS, texts, strict=False)
    )
    return f'<row r="{row}" spans="1:{len(texts)}">{cells}</row>'.encode()


def _strings(strings: dict[str, int]) -> str:
    texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{MAIN}">{texts}</sst>'


def _frame() -> dict[str, str]:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return {
        "[Content_Types].xml": (
            f'{head}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'  # noqa: E501
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPES}.sharedStrings+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'{head}<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{head}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="工单" sheetId="1" r:id="rId1"/></sheets></workbook>'  # noqa: E501
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{head}<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId3" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        ),
        "xl/styles.xml": (
            f'{head}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'  # noqa: E501
            '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'  # noqa: E501
            '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
            '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'  # noqa: E501
        ),
    }
