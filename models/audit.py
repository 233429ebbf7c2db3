"""The words of the audit log: a logged act as the chain sees it, and what each kind of act is called on screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.rectifications import RectificationState
from models.rounds import RoundKind, RoundState


@dataclass(frozen=True)
class LoggedAct:
    """One entry: who did what when, from where, on what; `before` and `after` are plain JSON values.

    `account` is the login name and `unit` the unit as both were then, "" where there was none; None in entries made
    before they were kept.
    """

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
    account: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class AuditQuestion:
    """What is looked for in the log; empty: anything. `before`: entries numbered lower, for the next page."""

    words: str = ""
    person: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


ACTIONS = {
    "submit": "报送",
    "import at": "补录报送",
    "refused": "报送未通过",
    "withdraw": "撤回报送",
    "refold": "重算指标",
    "correct": "在线更正",
    "confirm column": "确认表头",
    "set numbering": "声明编号方式",
    "draw spot check": "抽取抽查样本",
    "extend spot check": "续抽",
    "field sheet": "下载现场表",
    "control copy": "下载控制联",
    "spot check population": "下载抽取总体",
    "record spot check": "录入核查结果",
    "release spot check": "告知核查结果",
    "respond to finding": "对抽查问题提出意见",
    "decide finding": "认定抽查问题",
    "settle finding": "抽查问题不立整改",
    "void spot check": "作废抽查",
    "withdraw checker": "核查人回避",
    "attach to spot check": "上传抽查材料",
    "open rectification": "整改立项",
    "answer rectification": "答复整改",
    "close rectification": "整改销号",
    "return rectification": "退回整改答复",
    "ask for extension": "申请整改延期",
    "extend rectification": "同意整改延期",
    "refuse extension": "不同意整改延期",
    "reopen rectification": "重新整改",
    "end rectification": "终止整改",
    "send notice": "发出催办督办",
    "open notice": "查看催办督办",
    "receive notice": "签收催办督办",
    "decline suggestion": "不采取建议步骤",
    "plan round": "安排督查轮次",
    "change round": "调整督查轮次",
    "start round": "开始督查轮次",
    "conclude round": "结束督查轮次",
    "drop round": "取消督查轮次",
    "attach round": "关联督查轮次",
    "detach round": "取消关联督查轮次",
    "call meeting": "登记督查会议",
    "edit questions": "修改会议问题",
    "cancel meeting": "取消督查会议",
    "commit at meeting": "会议交办",
    "record talk": "登记约谈",
    "decline talk": "不约谈",
    "enter instruction": "登记批示",
    "send message": "发送通知用语",
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
    "ask for deadline": "申请调整时限",
    "decide deadline": "审核时限申请",
    "draft bulletin": "起草通报",
    "submit bulletin": "提交事实核对",
    "object to bulletin": "对通报提出意见",
    "settle objection": "处理通报意见",
    "co-sign bulletin": "会签通报",
    "return bulletin": "退回通报",
    "issue bulletin": "印发通报",
    "guide rule": "调整指南规则",
    "hand finding": "人工核查指南",
    "import assessment": "导入考核规则",
    "setting": "修改设置",
    "import plan": "导入方案",
    "attach plan text": "附上方案原文",
    "import units": "导入单位名册",
    "add unit": "新增单位",
    "change unit": "修改单位",
    "rename unit": "单位更名",
    "merge unit": "单位合并",
    "split unit": "单位拆分",
    "found unit": "设立单位",
    "abolish unit": "撤销单位",
    "back up": "备份",
    "restore": "恢复",
    "upgrade": "升级",
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
    "single sign-on": "更改统一身份登录",
    "bind": "绑定统一身份",
    "sign in": "登录",
    "sign out": "退出",
    "sign out everywhere": "退出全部登录",
    "sign-in failed": "登录失败",
    "locked out": "登录锁定",
    "attempts refused": "多次登录被拒",
    "download todo": "下载待整改工作簿",
    "download passwords": "下载一次性密码",
}
"""What each action is called on screen; services log only these."""

SUBJECTS = {
    "spot-check": "抽查",
    "submission": "报送",
    "evidence": "证明材料",
    "account": "账号",
    "audit": "审计日志",
    "backup": "备份",
    "database": "数据库",
}
"""What an act was about, where its subject begins with a word of the program."""

WORDS = {
    "attendees": "参加人",
    "change": "变动",
    "commitments": "交办事项",
    "day": "生效日期",
    "detail": "详情",
    "document": "依据文件",
    "from": "开始日期",
    "held_on": "会议日期",
    "numbering": "编号方式",
    "plan": "方案",
    "rectifications": "整改事项",
    "sealed": "四不两直",
    "to": "至",
    "visits": "到访次数提示",
    "version": "版本号",
    "way": "发送方式",
    "written_on": "批示日期",
    "accepts": "认可",
    "as_of": "截至日期",
    "attempt": "第几次抽取",
    "cause": "原因",
    "cell": "单元格",
    "changes": "改动",
    "number": "编号",
    "questions": "核查内容",
    "declares": "声明",
    "compared": "对比日期",
    "confirmed": "认定",
    "corrects": "更正的通报",
    "digest": "摘要",
    "due": "时限",
    "granted": "准予",
    "issue": "问题",
    "level": "级别",
    "matters": "事项",
    "received": "签收",
    "reply_by": "回复期限",
    "requirement": "整改要求",
    "source": "来源",
    "suggestion": "建议",
    "text": "内容",
    "keys": "编号",
    "method": "方法",
    "population": "总体",
    "sample": "样本",
    "seed": "种子",
    "account": "账号",
    "action": "操作",
    "aliases": "别名",
    "at": "生效时间",
    "attempts": "次数",
    "typed": "输入的账号",
    "baseline": "基数",
    "browser": "浏览器",
    "changed": "变更单位数",
    "phone": "联系电话",
    "title": "任务名称",
    "duties": "任务变动",
    "accounts": "账号",
    "column": "列",
    "leader": "责任领导",
    "completed_on": "完成日期",
    "contact": "变更的联系人信息",
    "corrections": "更正",
    "dataset": "数据",
    "days": "日期",
    "days_off": "放假日期",
    "deadline": "完成时限",
    "doubts": "存疑",
    "enabled": "启用",
    "engineering": "工程建设项目审批单位",
    "entries": "条数",
    "errors": "错误数",
    "evidence": "证明材料",
    "exempt": "免报",
    "field": "字段",
    "file": "文件",
    "heading": "表头",
    "indicators": "指标",
    "kept": "原数据库",
    "kind": "类别",
    "make_up_days": "调休上班日期",
    "measure": "举措",
    "measures": "举措数",
    "month": "月份",
    "name": "账号名",
    "note": "情况",
    "one_time_password": "一次性密码有效",
    "part": "表",
    "password_given_at": "一次性密码给出时间",
    "passed": "符合",
    "person": "姓名",
    "reason": "理由",
    "records": "行数",
    "refused": "拒收原因",
    "restored": "恢复自",
    "revision": "版本",
    "role": "角色",
    "rows": "行",
    "setting": "设置",
    "severity": "性质",
    "sha256": "文件指纹",
    "sheet": "工作表",
    "since": "起始",
    "size": "字节数",
    "state": "状态",
    "submission": "报送编号",
    "single_sign_on": "可用统一身份登录",
    "subject": "统一身份标识",
    "target": "目标",
    "tasks": "任务数",
    "units": "责任单位",
    "unit": "单位",
    "until": "截止",
    "value": "值",
    "verified": "核验",
    "withdrawn": "撤回",
    "words": "查询词",
    "working": "工作日",
    "year": "年度",
}
"""Names in details, before and after, as the screen says them."""

VALUES = {
    "bureau": "管理局",
    "inspector": "督查室",
    "unit": "责任单位",
    "leader": "领导",
    "error": "错误",
    "advice": "建议",
    "remind": "催办",
    "supervise": "督办",
    "bulletin": "通报",
    "talk": "约谈",
    **{word.value: word.word for words in (RectificationState, RoundKind, RoundState) for word in words},
}
"""Values that are words of the program."""
