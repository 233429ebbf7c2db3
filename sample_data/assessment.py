"""The bureau's rules of 考核赋分, as a meeting of July decided them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from catalogue.datasets.assessment_rules import ASSESSMENT_RULES
from sample_data.post import moment
from sample_data.workbook import Sheet, save_xlsx

FILE = "07月/考核规则.xlsx"
REASON = "区政务服务能力提升工作专班第二次会议议定"
RULES = (
    # 规则名称, 考核对象, 满分, 每项逾期举措, 每件逾期案件, 每低一个百分点, 每缺报一次, 最低分, 依据和说明
    ("按期完成任务", "全部", 40, 2, None, None, None, 0, "方案保障一：各责任单位按时限完成任务"),
    ("按时报送数据", "全部", 20, None, None, None, 1, 0, "方案保障三：定期报送进展"),
    ("差评按期整改", "案件：差评整改", 15, None, 0.5, None, None, 0, "方案任务1.1"),
    ("减少跑动次数", "指标：零跑动事项比例", 15, None, None, 0.2, None, 5, "方案任务1.3"),
    ("工单按期办结", "案件：12345 工单", 10, None, 1, None, None, 0, "方案任务6.2"),
)


def write_rules(district: Path) -> None:
    headings = [field.label for field in ASSESSMENT_RULES.main.fields]
    save_xlsx(district / FILE, [Sheet(ASSESSMENT_RULES.title, [headings, *RULES])])


def assessment() -> list[Mapping[str, object]]:
    at = moment(7, 20, 10).isoformat()
    return [{"kind": "assess", "file": FILE, "reason": REASON, "at": at}]
