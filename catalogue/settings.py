"""Every setting that the code reads: declared here or it does not exist (tests/services/test_settings_register.py)."""

from __future__ import annotations

from typing import Any

from models.settings import Setting, SettingKind

SETTINGS: dict[str, Setting] = {
    one.name: one for one in (
        Setting("due_day", "月报报送日", "上月的月报应在本月几日前报送；遇休息日顺延至下一个工作日，次日起为缺报。", 5, unit="日", lowest=1, highest=28),
        Setting("first_reporting_month", "首个报送月份", "各单位自这个月起报送月报。", None, SettingKind.MONTH, blank="方案年度的 1 月"),
        Setting("warning_days", "任务临期天数", "距完成时限不超过这么多个工作日，红绿灯为临期；举措另有规定的从其规定。", 10, unit="个工作日", highest=60),
        Setting("case_warning_days", "案件临期天数", "工单、差评、审批等案件距时限不超过这么多个工作日为临期。", 1, unit="个工作日", highest=10),
        Setting("bad_review_days", "差评整改时限", "台账没有写明整改时限的，自差评之日起按这么多个工作日计算。", 5, unit="个工作日", lowest=1, highest=30),
        Setting("first_response_days", "差评回访时限", "实名差评应在差评后这么多个工作日内回访。", 1, unit="个工作日", lowest=1, highest=10),
        Setting("minimum_sample", "排名最少举措数", "至少有这么多项举措的单位才参加总览页的排名。", 5, unit="项", lowest=1, highest=50),
        Setting("district", "本区名称", "识别单位名称时略去的区名，如“某某区”。", "", SettingKind.TEXT, highest=30, dated=False, blank="未填写"),
        Setting("opens_at", "打开时的截至日期", "没有选择截至日期时，看板显示哪一天。", None, SettingKind.DAY, dated=False, blank="当天"),
        Setting("sample_data", "示例数据", "库中是虚构的示例区，每页注明。", False, SettingKind.FIXED, dated=False),
    )
}

DEFAULTS: dict[str, Any] = {one.name: one.default for one in SETTINGS.values()}
"""Name → the value where nothing was ever entered."""
