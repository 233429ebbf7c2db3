"""Rules workbooks of 考核赋分, made for tests."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from catalogue.datasets.assessment_rules import ASSESSMENT_RULES

OVERDUE = {"规则名称": "按期完成任务", "考核对象": "全部", "满分": 40, "每项逾期举措扣分": 2}
MISSING = {"规则名称": "按时报送数据", "考核对象": "全部", "满分": 20, "每缺报一次扣分": 1, "最低分": 15}


def rules_workbook(*rows: Mapping[str, Any]) -> bytes:
    """A filled-in rules workbook; the two rules above where none are given."""
    labels = [field.label for field in ASSESSMENT_RULES.main.fields]
    sheet_rows: Sequence[Mapping[str, Any]] = rows or (OVERDUE, MISSING)
    book = Workbook()
    book.active.title = ASSESSMENT_RULES.title
    book.active.append(labels)
    for row in sheet_rows:
        book.active.append([row.get(label) for label in labels])
    content = BytesIO()
    book.save(content)
    return content.getvalue()
