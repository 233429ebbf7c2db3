"""The words of the audit log: a logged act as the chain sees it, and what each kind of act is called on screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class LoggedAct:
    """One entry: who did what when, from where, on what; `before` and `after` are plain JSON values."""

    at: datetime
    by: str
    address: str
    action: str
    subject: str
    detail: dict[str, Any]
    before: Any = None
    after: Any = None
    previous: str = ""  # digest of the entry before, "" for the first
    digest: str = ""
    number: int = 0  # as the table numbers it


ACTIONS = {
    "submit": "报送",
    "import at": "补录报送",
    "refused": "报送未通过",
    "withdraw": "撤回报送",
    "correct": "在线更正",
    "confirm column": "确认表头",
    "attach evidence": "上传证明材料",
    "take back evidence": "撤回证明材料",
    "verify": "核验",
    "return": "退回",
    "settle": "裁定任务",
    "target": "调整目标",
    "exempt": "免报",
    "end exemption": "取消免报",
    "calendar day": "修改日历",
    "calendar year": "录入日历",
    "guide rule": "调整指南规则",
    "hand finding": "人工核查指南",
    "setting": "修改设置",
    "import plan": "导入方案",
    "import units": "导入单位名册",
    "add unit": "新增单位",
    "change unit": "修改单位",
    "back up": "备份",
    "restore": "恢复",
    "download file": "下载原文件",
    "download evidence": "下载证明材料",
    "reveal": "查看完整个人信息",
    "export audit": "导出审计日志",
    "add account": "新增账号",
    "change account": "修改账号",
    "disable account": "停用账号",
    "enable account": "启用账号",
    "reset password": "重置密码",
    "change password": "修改密码",
    "import accounts": "导入账号",
    "sign in": "登录",
    "sign out": "退出",
    "sign out everywhere": "退出全部登录",
    "sign-in failed": "登录失败",
    "locked out": "登录锁定",
}
"""What each action is called on screen; services log only these."""
