"""Rectifications and notices of the summer: eight of the first, on every lamp by 22 August, and five of the second."""

from __future__ import annotations

from collections.abc import Mapping

Entry = Mapping[str, object]


def supervision() -> list[Entry]:
    return [*_rectifications(), *_notices()]


def _rectifications() -> list[Entry]:
    return [
        # put right and closed, then found again: overdue
        _opened(
            "关键词",
            "区民政局",
            "06-20T09:30",
            "婚姻登记等 6 个事项在网上查不到",
            "lead:群众来信反映网上搜不到事项",
            "1.2.1",
        ),
        _answered("关键词", "06-28T15:00", "已补充检索关键词并逐项核对", "06-28", "数据"),
        _act("关键词", "accept", "06-30T10:00", text="抽看 6 个事项，均可查到"),
        _act("关键词", "reopen", "08-11T10:00", due="2023-08-18", text="回头看发现 2 个事项又查不到"),
        # answered in time and closed: done
        _opened("代评", "桃源镇", "07-05T09:30", "群众反映办事大厅工作人员代为评价", "lead:12345转来群众反映", "1.1.2"),
        _answered("代评", "07-17T16:20", "已停用窗口平板代评，约谈 3 名窗口人员，公示评价须知", "07-14", "人员"),
        _act("代评", "accept", "07-20T09:00", text="现场查看，已整改"),
        # answered after its day: done late
        _opened(
            "自助机",
            "东关街道",
            "07-07T10:00",
            "办事大厅两台自助机停用，无人报修",
            "instruction:区长调研便民服务中心批示",
            days=3,
        ),
        _answered("自助机", "07-14T17:00", "已修复并建立日巡检台账", "07-14", "资源"),
        _act("自助机", "accept", "07-18T09:30"),
        # a later day asked for and granted: on track
        _opened("座席", "区科技局", "07-25T09:00", "咨询电话工作时间多次无人接听", "lead:政务服务体验官反映", "5.1.2"),
        _act("座席", "apply", "08-07T11:00", due="2023-08-25", text="电话线路迁移，运营商定于 8 月 23 日施工"),
        _act("座席", "extend", "08-08T09:00", due="2023-08-25", text="线路施工属实，同意延期"),
        # opened for the wrong unit: withdrawn
        _opened("误立", "新桥街道", "08-01T09:00", "公示栏办事指南未更新", "other"),
        _act("误立", "withdraw", "08-02T09:00", text="公示栏不属该街道管理，误立"),
        # answered and not reviewed for longer than five working days: to verify
        _opened("材料", "区交通局", "08-03T09:30", "窗口要求提供指南以外的复印件", "lead:企业反映", "5.2.2"),
        _answered("材料", "08-11T16:00", "已统一窗口收件清单，取消 4 份复印件", "08-10", "流程"),
        # returned once, due tomorrow: due soon
        _opened("承诺时限", "区城管局", "08-09T09:30", "3 个事项承诺时限长于法定时限", "measure:1.3.1"),
        _answered("承诺时限", "08-15T10:00", "已报请修改", None, "流程"),
        _act("承诺时限", "return", "08-17T09:00", text="未见修改后的办事指南，请改完再答复"),
        # a hard one with twenty working days: on track
        _opened(
            "联合测绘",
            "区住建局",
            "08-18T10:00",
            "两个项目重复提交测绘成果",
            "instruction:工程建设审批专题会议",
            "8.5.1",
            20,
        ),
    ]


def _notices() -> list[Entry]:
    reports = [f"report:{dataset}:2023-06" for dataset in ("monthly_cases", "reviews", "bad_reviews")]
    return [
        # reported since: settled
        _sent("永安镇", "07-07T09:00", "remind", reports, "2023-07-12", "请补报 6 月月报，并说明迟报原因。"),
        _received("永安镇", "07-07T15:10", 1),
        # reminded in vain, then a stronger one in vain
        _sent("青石镇", "07-31T09:30", "remind", ["measure:1.2.1", "measure:1.2.2"], "2023-08-04", ""),
        _received("青石镇", "07-31T10:05", 2),
        _sent(
            "青石镇",
            "08-07T09:00",
            "supervise",
            ["measure:1.2.1", "measure:1.2.2"],
            "2023-08-14",
            "请报送整改方案，明确责任领导。",
        ),
        _received("青石镇", "08-08T08:50", 4),
        # reminded in vain
        _sent("东关街道", "08-01T09:00", "remind", ["measure:1.2.2"], "2023-08-08", ""),
        _received("东关街道", "08-02T09:20", 3),
        # nobody has received it for four working days
        _sent("区民政局", "08-16T09:00", "remind", ["measure:1.2.2", "measure:1.3.3"], "2023-08-25", ""),
    ]


def _opened(
    case: str, unit: str, at: str, issue: str, source: str, measure: str | None = None, days: int | None = None
) -> Entry:
    opened = {"kind": "rectify", "act": "open", "case": case, "unit": unit, "issue": issue, "source": source}
    return opened | {"measure": measure, "days": days, "at": _at(at)}


def _answered(case: str, at: str, text: str, completed: str | None, cause: str) -> Entry:
    return _act(case, "answer", at, text=text, completed=completed and f"2023-{completed}", cause=cause)


def _act(case: str, act: str, at: str, **given: str | None) -> Entry:
    return {"kind": "rectify", "act": act, "case": case, **given, "at": _at(at)}


def _sent(unit: str, at: str, level: str, matters: list[str], reply_by: str, text: str) -> Entry:
    sent = {"kind": "notify", "unit": unit, "level": level, "matters": matters, "reply_by": reply_by, "text": text}
    return sent | {"at": _at(at)}


def _received(unit: str, at: str, serial: int) -> Entry:
    return {"kind": "receive", "unit": unit, "number": f"2023-{serial}", "at": _at(at)}


def _at(moment: str) -> str:
    return f"2023-{moment}:00+08:00"
