"""From a month to the district's 12345工单台账 and 三维数字中心's 热线话务日报."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from sample_data.district_units import Unit, invented_name
from sample_data.layout import Record
from sample_data.story import Quality, after_working_days, days_of, dice, quality

TICKETS_A_MONTH = 420
TYPES = ("咨询", "求助", "投诉", "举报", "建议", "表扬", "其他")
TYPE_WEIGHTS = (34, 30, 22, 5, 5, 2, 2)
SOURCES = ("12345热线", "省级转办", "政务服务网", "微信公众号")
REQUESTS = (
    "小区停水两天，询问恢复供水时间",
    "咨询社保卡补办需要哪些材料",
    "夜间施工噪声扰民",
    "门前道路破损，雨天积水",
    "反映物业服务费收取不规范",
    "路灯不亮，存在安全隐患",
    "咨询新生儿落户流程",
    "餐馆油烟直排，影响居民生活",
    "窗口排队时间长，建议增设取号机",
    "供暖管道漏水",
    "快递柜超时收费不合理",
    "占道经营影响通行",
    "咨询公积金提取条件",
    "反映流浪犬出没",
    "农村饮水管道冻裂后一直未修",
    "表扬窗口工作人员热情服务",
)
CENTRE = "三维数字中心"
SILENT_NIGHT = ("2023-06-11", "2023-07-19", "2023-07-20")
"""Nights without one answered call: a gap in 7×24."""
FORGOTTEN_DAYS = ("2023-07-09",)


def tickets(month: str, units: list[Unit]) -> list[Record]:
    roll = dice("tickets", month)
    weights = [
        9 if unit.name in ("区住建局", "区城管局", "区公安分局") else 3 if unit.kind == "部门" else 2 for unit in units
    ]
    rows = [_ticket(unit, month, roll) for unit in roll.choices(units, weights, k=TICKETS_A_MONTH)]
    rows.sort(key=lambda row: str(row["received_at"]))
    return [
        {"ticket_code": f"LD{month.replace('-', '')}{number:06d}", **row} for number, row in enumerate(rows, start=1)
    ]


def _ticket(unit: Unit, month: str, roll: Random) -> Record:
    received = datetime.combine(
        roll.choice(days_of(month)), time(roll.randrange(24), roll.randrange(60), roll.randrange(60))
    )
    sent = received + timedelta(minutes=roll.randint(4, 90))
    due, kind = after_working_days(received.date(), 5), roll.choices(TYPES, TYPE_WEIGHTS)[0]
    closed = _closed_at(unit, received, due, roll)
    return {
        "received_at": received,
        "source": roll.choices(SOURCES, (80, 8, 6, 6))[0],
        "ticket_type": kind,
        "request": roll.choice(REQUESTS),
        "unit": CENTRE if kind == "咨询" and roll.random() < 0.5 else unit.name,
        "sent_at": sent,
        "signed_at": sent + timedelta(minutes=roll.randint(5, 900)),
        "due_on": due,
        "closed_at": closed,
        "extended": roll.random() < 0.05,
        **_answers(closed is not None, roll),
        "redone": roll.random() < 0.05,
        "caller": invented_name(roll.randint(1, 10**6)),
        "phone": f"1990001{roll.randrange(10000):04d}",
    }


def _closed_at(unit: Unit, received: datetime, due: date, roll: Random) -> datetime | None:
    fate = roll.random()
    careful = quality(unit) in (Quality.PERFECT, Quality.GOOD)
    if fate < (0.97 if careful else 0.86):
        day = after_working_days(received.date(), roll.randint(1, 5))
    elif fate < 0.985:
        day = after_working_days(due, roll.randint(1, 6))
    else:
        return None
    return datetime.combine(day, time(roll.choice((10, 11, 15, 16)), roll.randrange(60)))


def _answers(closed: bool, roll: Random) -> Record:
    called_back = closed and roll.random() < 0.9
    if not called_back:
        return {"called_back": False}
    solved = roll.random() < 0.9
    satisfied = roll.choices(("满意", "基本满意", "不满意"), (70, 22, 8) if solved else (10, 30, 60))[0]
    return {"called_back": True, "solved": solved, "satisfied": satisfied}


def calls(month: str) -> list[Record]:
    return [_day(day, dice("calls", day)) for day in days_of(month) if day.isoformat() not in FORGOTTEN_DAYS]


def _day(day: date, roll: Random) -> Record:
    requested = roll.randint(180, 420) - (60 if day.weekday() > 4 else 0)
    answered = round(requested * roll.uniform(0.94, 0.995))
    at_night = 0 if day.isoformat() in SILENT_NIGHT else roll.randint(9, 40)
    return {
        "day": day,
        "calls": requested,
        "answered": answered,
        "answered_in_15s": round(answered * roll.uniform(0.82, 0.95)),
        "answered_at_night": at_night,
    }
