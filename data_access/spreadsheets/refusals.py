"""Why a file cannot be read, by code, each in one sentence that says what to do."""

from __future__ import annotations

SENTENCES = {
    "empty": "文件里没有内容，请填写后重新上传。",
    "too-large": "文件超过 100 MB，请删去图片和无关工作表，或按月拆分后上传。",
    "too-many-rows": "工作表超过 100 万行，请拆分成几个文件后分别上传。",
    "password": "文件设有打开密码，请在 Excel 或 WPS 中取消密码后重新上传。",
    "not-a-spreadsheet": "这不是电子表格文件，请上传 .xlsx、.xls、.ods 或 .csv 格式的表格。",
    "damaged": "文件已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。",
    "unsupported-format": "不支持这种文件格式，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。",
    "unsafe": "文件展开后过大或结构异常，为安全起见不予读取，请将数据复制到新的工作簿另存为 .xlsx 再上传。",
}
HTML_SENTENCE = "这是网页格式的文件，不是真正的表格，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
FLAT_SENTENCE = (
    "这是平面 XML 格式的 OpenDocument 文件（.fods），不支持，请用 WPS 或 LibreOffice 打开后另存为 .xlsx 再上传。"
)
XML_2003_SENTENCE = "这是“XML 表格 2003”格式的文件，不支持，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
UOF_SENTENCE = "这是“标文通”（.uof）格式的文件，不支持，请用 WPS 打开后另存为 .xlsx 再上传。"
NUMBERS_SENTENCE = "这是苹果 Numbers 格式的文件，不支持，请在 Numbers 中导出为 Excel（.xlsx）后再上传。"
ENCODING_SENTENCE = "文件的文字编码无法识别，有不少文字读不出来，请用 Excel 或 WPS 打开核对后另存为 .xlsx 再上传。"
XML_SENTENCE = "这是 XML 文件，不是电子表格，请上传 .xlsx、.xls、.ods 或 .csv 格式的表格。"


class Rejected(Exception):
    """A file that cannot be read; the parent turns it into models.cells.Refused."""

    def __init__(self, code: str, sentence: str | None = None) -> None:
        self.code = code
        self.sentence = sentence or SENTENCES[code]
        super().__init__(self.sentence)


def far_cell_sentence(sheet: str, row: int, column: int) -> str:
    """Return the sentence for a sheet whose last row or column lies far beyond its table (1-based)."""
    return f"工作表“{sheet}”在很远处（第 {row} 行或第 {column} 列）还有内容，请删去表格以外的单元格后重新上传。"


def open_quote_sentence(line: int) -> str:
    """Return the sentence for a text file in which a quote that begins a field is not closed (line from 1)."""
    return f"第 {line} 行的引号没有配对，后面的行会并进同一格，请补上或删去该引号，或另存为 .xlsx 再上传。"
