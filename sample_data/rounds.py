"""Rounds of the summer (one concluded, one under way, one planned), a meeting with what was taken on there and one to
come, a talk, and a leader's words.
"""

from __future__ import annotations

from collections.abc import Mapping

Entry = Mapping[str, object]


def rounds() -> list[Entry]:
    return [*_concluded(), *_under_way(), *_planned(), *_meetings(), _talk(), _instruction()]


def _concluded() -> list[Entry]:
    """About the hall where machines stood still; the check of telephones hangs on it."""
    return [
        _of(
            "round",
            "plan",
            "07-03T09:00",
            name="七月便民服务中心专项督查",
            of="special",
            first="2023-07-10",
            last="2023-07-14",
            units=["桃源镇", "东关街道", "新桥街道"],
            leader="孟样一",
            members=["许样二"],
            areas=["reviews", "help_on_behalf"],
            scheme="走访办事大厅，查看评价设备、自助设备和帮办窗口，随机询问办事群众",
        ),
        _of("round", "start", "07-10T08:30", number="2023-1"),
        _of("round", "attach", "07-17T10:00", number="2023-1", of="spot-check", other="2023-1"),
        _of(
            "round",
            "conclude",
            "07-17T16:00",
            number="2023-1",
            conclusions={
                "桃源镇": "窗口平板代评问题属实，已立项整改，要求公示评价须知。",
                "东关街道": "两台自助机停用属实，修复后请建立日巡检台账。",
                "新桥街道": "评价设备、自助设备运行正常，帮办窗口值守规范。",
            },
        ),
    ]


def _under_way() -> list[Entry]:
    """Without notice: units do not see it yet."""
    return [
        _of(
            "round",
            "plan",
            "08-14T09:00",
            name="八月四不两直暗访",
            of="irregular",
            first="2023-08-21",
            last="2023-08-25",
            units=["柳林街道", "永安镇"],
            leader="许样二",
            members=["孟样一"],
            areas=["hotline"],
            scheme="不打招呼、直奔窗口，核查 12345 热线承办和值守",
            sealed=True,
        ),
        _of("round", "start", "08-21T08:30", number="2023-2"),
    ]


def _planned() -> list[Entry]:
    return [
        _of(
            "round",
            "plan",
            "08-21T15:00",
            name="三季度整改回头看",
            of="look-back",
            first="2023-08-28",
            last="2023-09-01",
            units=["青石镇", "区民政局", "东关街道"],
            leader="孟样一",
            tasks=["1.2"],
            scheme="对已销号的整改逐件回访，看有无反弹",
        )
    ]


def _meetings() -> list[Entry]:
    return [
        _of(
            "meeting",
            "call",
            "08-14T10:00",
            name="八月政务服务督查调度会",
            day="2023-08-21",
            units=["青石镇", "区城管局", "区住建局", "区民政局"],
        ),
        _of(
            "meeting",
            "ask",
            "08-18T11:00",
            number="2023-1",
            unit="青石镇",
            questions=["“一次办”清单为何两次督办仍未公布，卡在哪个环节？", "谁牵头，哪一天公布？"],
        ),
        _of(
            "meeting",
            "commit",
            "08-21T16:30",
            number="2023-1",
            promises=[
                ["青石镇", "公布“一次办”事项清单并报送完成", "2023-08-31"],
                ["区城管局", "3 个事项承诺时限压缩到法定时限以内", "2023-09-08"],
            ],
        ),
        _of(
            "meeting",
            "call",
            "08-21T17:00",
            name="九月政务服务督查调度会",
            day="2023-09-11",
            units=["青石镇", "区城管局", "区住建局"],
        ),
    ]


def _talk() -> Entry:
    return _of(
        "talk",
        "record",
        "08-21T17:30",
        unit="青石镇",
        day="2023-08-21",
        attendees="督查室孟样一；青石镇分管负责人",
        reason="督办期满，通报点名后两项举措仍未办结",
        text="说明进展和原因，要求月底前补报完成并由主要领导签字确认，逾期将专题报告区政府。",
        promises=[["主要领导签字确认的整改方案报督查室", "2023-08-25"]],
    )


def _instruction() -> Entry:
    return _of(
        "instruct",
        "enter",
        "08-22T09:10",
        leader="区长",
        day="2023-08-21",
        text="热线反复投诉的事项请主要负责同志亲自过问，举一反三。",
        subject="unit",
        about="",
        units=["区住建局"],
        due="2023-09-05",
    )


def _of(kind: str, act: str, at: str, **given: object) -> Entry:
    return {"kind": kind, "act": act, **given, "at": f"2023-{at}:00+08:00"}
