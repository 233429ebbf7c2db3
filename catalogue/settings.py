"""Every setting that the code reads: declared here or it does not exist
(tests/services/settings/test_settings_register.py).
"""

from __future__ import annotations

from typing import Any

from models.settings import InstalledLimit, Setting, SettingKind

SETTINGS: dict[str, Setting] = {
    one.name: one
    for one in (
        Setting(
            "due_day",
            "月报报送日",
            "上月的月报应在本月几日前报送；遇休息日顺延至下一个工作日，次日起为缺报。",
            5,
            unit="日",
            lowest=1,
            highest=28,
        ),
        Setting(
            "first_reporting_month",
            "首个报送月份",
            "各单位自这个月起报送月报。",
            None,
            SettingKind.MONTH,
            blank="方案年度的 1 月",
        ),
        Setting(
            "warning_days",
            "任务临期天数",
            "距完成时限不超过这么多个工作日，红绿灯为临期；举措另有规定的从其规定。",
            10,
            unit="个工作日",
            highest=60,
        ),
        Setting(
            "case_warning_days",
            "案件临期天数",
            "工单、差评、审批等案件距时限不超过这么多个工作日为临期。",
            1,
            unit="个工作日",
            highest=10,
        ),
        Setting(
            "bad_review_days",
            "差评整改时限",
            "台账没有写明整改时限的，自差评之日起按这么多个工作日计算。",
            5,
            unit="个工作日",
            lowest=1,
            highest=30,
        ),
        Setting(
            "first_response_days",
            "差评回访时限",
            "实名差评应在差评后这么多个工作日内回访。",
            1,
            unit="个工作日",
            lowest=1,
            highest=10,
        ),
        Setting(
            "rectification_days",
            "整改时限（一般）",
            "立项时没有另定时限的整改事项，应在这么多个工作日内整改。",
            10,
            unit="个工作日",
            lowest=1,
            highest=60,
        ),
        Setting(
            "rectification_days_prompt",
            "整改时限（立行立改）",
            "立项时选择立行立改的，应在这么多个工作日内整改。",
            3,
            unit="个工作日",
            lowest=1,
            highest=60,
        ),
        Setting(
            "rectification_days_complex",
            "整改时限（复杂）",
            "立项时选择复杂的，应在这么多个工作日内整改。",
            20,
            unit="个工作日",
            lowest=1,
            highest=120,
        ),
        Setting(
            "review_days",
            "整改复核时限",
            "责任单位答复后超过这么多个工作日没有复核的，列为复核人的逾期待办；不影响责任单位的红绿灯。",
            5,
            unit="个工作日",
            lowest=1,
            highest=60,
        ),
        Setting(
            "minimum_sample",
            "排名最少举措数",
            "至少有这么多项举措的单位才参加总览页的排名。",
            5,
            unit="项",
            lowest=1,
            highest=50,
        ),
        Setting(
            "district",
            "本区名称",
            "识别单位名称时略去的区名，如“某某区”。",
            "",
            SettingKind.TEXT,
            highest=30,
            dated=False,
            blank="未填写",
        ),
        Setting(
            "opens_at",
            "打开时的截至日期",
            "没有选择截至日期时，看板显示哪一天。",
            None,
            SettingKind.DAY,
            dated=False,
            blank="当天",
        ),
        Setting(
            "idle_hours",
            "闲置退出",
            "登录后连续这么长时间没有操作的，须重新登录。",
            4,
            unit="小时",
            lowest=1,
            highest=24,
            dated=False,
        ),
        Setting(
            "sign_in_hours",
            "登录有效期",
            "一次登录最长有效时间，到时须重新登录。",
            12,
            unit="小时",
            lowest=1,
            highest=72,
            dated=False,
        ),
        Setting(
            "failures_of_account",
            "账号锁定次数",
            "同一账号在锁定时长内登录失败达到这么多次的，暂停登录。",
            5,
            unit="次",
            lowest=3,
            highest=20,
            dated=False,
        ),
        Setting(
            "failures_of_address",
            "地址锁定次数",
            "同一网络地址在锁定时长内登录失败达到这么多次的，暂停登录。",
            30,
            unit="次",
            lowest=5,
            highest=500,
            dated=False,
        ),
        Setting(
            "lock_minutes",
            "锁定时长",
            "登录失败次数在这段时间内累计，暂停登录也持续这么久。",
            15,
            unit="分钟",
            lowest=1,
            highest=240,
            dated=False,
        ),
        Setting(
            "first_password_days",
            "初始密码有效期",
            "管理局给出的初始密码在这段时间内没有改为自己的密码的，失效，须重置。",
            14,
            unit="天",
            lowest=1,
            highest=90,
            dated=False,
        ),
        Setting(
            "sign_ins_kept_days",
            "登录记录保留",
            "已结束的登录和登录失败的记录保留这么久，之后清除；审计日志不清除。",
            90,
            unit="天",
            lowest=30,
            highest=3650,
            dated=False,
        ),
        Setting("sample_data", "示例数据", "库中是虚构的示例区，每页注明。", False, SettingKind.FIXED, dated=False),
    )
}

DEFAULTS: dict[str, Any] = {one.name: one.default for one in SETTINGS.values()}
"""Name → the value where nothing was ever entered."""

MIB = 1024 * 1024

READING_LIMITS: tuple[InstalledLimit, ...] = (
    InstalledLimit("file_bytes", "文件大小", "上传的工作簿不得超过", "MB", MIB),
    InstalledLimit("data_rows", "行数", "一张工作表的数据行不得超过", "行"),
    InstalledLimit("head_rows", "表外行数", "表格上下的标题、说明行，不计入数据行", "行"),
    InstalledLimit("box_cells", "单元格范围", "大部分为空的工作表，首末单元格围成的范围不得超过", "格"),
    InstalledLimit("wall_seconds", "读取时间", "读取一个文件不得超过", "秒"),
    InstalledLimit("cpu_seconds", "处理器时间", "读取一个文件占用处理器不得超过", "秒"),
    InstalledLimit("memory_bytes", "内存", "读取一个文件占用内存不得超过", "MB", MIB),
    InstalledLimit("output_bytes", "临时文件", "读取一个文件写出的临时文件不得超过", "MB", MIB),
    InstalledLimit("unpacked_bytes", "解压大小", "工作簿解压后不得超过", "MB", MIB),
    InstalledLimit("unpacked_ratio", "压缩倍数", "16 MB 以上的成员解压后与压缩时之比不得超过", "倍"),
    InstalledLimit("bulk_bytes", "成批读取", "工作表超过这个大小的，改用成批读取", "MB", MIB),
)
"""Every reading limit, in the order of the screen."""
