"""From a unit and a month to its 帮代办台账."""

from __future__ import annotations

from datetime import date
from random import Random

from sample_data.district_units import Unit, invented_name
from sample_data.layout import Record
from sample_data.story import Quality, after_working_days, dice, quality, working_days_of

CLIENT_KINDS = ("重点项目", "企业", "老年人", "残疾人", "其他群众")
WAYS = {
    "重点项目": ("全程代办",),
    "企业": ("全程代办", "大厅帮办", "预约帮办"),
    "老年人": ("上门帮办", "延时帮办", "大厅帮办"),
    "残疾人": ("上门帮办", "预约帮办"),
    "其他群众": ("大厅帮办", "延时帮办", "预约帮办"),
}
MATTERS = {
    "重点项目": ("施工许可手续代办", "用地预审代办", "环评审批代办"),
    "企业": ("企业设立登记", "食品经营许可办理", "变更法定代表人"),
    "老年人": ("高龄津贴申领", "养老资格认证", "老年人优待证办理"),
    "残疾人": ("残疾人证换领", "两项补贴申请"),
    "其他群众": ("医保参保登记", "社保卡补办", "新生儿落户", "居住证办理"),
}
PROJECTS = (
    "云岭新材料产业园一期",
    "云岭冷链物流中心",
    "柳林片区城市更新",
    "清溪文旅小镇",
    "精密铸件智能化改造",
    "青石百合深加工基地",
)
COMPANIES = (
    "云岭样例新材料有限公司",
    "云岭样例食品有限公司",
    "云岭样例物流有限公司",
    "云岭样例机械有限公司",
    "云岭样例文旅有限公司",
)


def help_rows(unit: Unit, month: str) -> list[Record]:
    roll = dice("help", unit.name, month)
    low, high = (14, 20) if unit.name == "区商务局" else (3, 9)
    rows = [_case(unit, month, roll) for _ in range(roll.randint(low, high))]
    rows.sort(key=lambda row: str(row["received_on"]))
    return [
        {"help_code": f"BD{month.replace('-', '')}{unit.number:03d}{number:03d}", **row}
        for number, row in enumerate(rows, start=1)
    ]


def _case(unit: Unit, month: str, roll: Random) -> Record:
    kind = "重点项目" if unit.name == "区商务局" and roll.random() < 0.7 else roll.choice(CLIENT_KINDS)
    received, promised = roll.choice(working_days_of(month)), roll.choice((1, 3, 5, 10))
    closed = _closed_on(received, promised, quality(unit), roll)
    return {
        "received_on": received,
        "unit": unit.name,
        "client": _client(kind, roll),
        "client_kind": kind,
        "matter": roll.choice(MATTERS[kind]),
        "way": roll.choice(WAYS[kind]),
        "helper": unit.person,
        "phone": f"1990002{roll.randrange(10000):04d}",
        "project": roll.choice(PROJECTS) if kind == "重点项目" else None,
        "due_on": after_working_days(received, promised),
        "closed_on": closed,
        "difficulty": None if closed else "前置手续尚未取得",
        "satisfaction": roll.choice(("非常满意", "满意")) if closed else None,
    }


def _client(kind: str, roll: Random) -> str:
    return roll.choice(COMPANIES) if kind in ("重点项目", "企业") else invented_name(roll.randint(1, 10**6))


def _closed_on(received: date, promised: int, q: Quality, roll: Random) -> date | None:
    """In time for careful units; else sometimes late, seldom still open."""
    fate = 0.0 if q in (Quality.PERFECT, Quality.GOOD) else roll.random()
    late = fate > (0.97 if q is Quality.FAIR else 0.85)
    if late and roll.random() < 0.3:
        return None
    return after_working_days(received, promised + roll.randint(1, 4) if late else roll.randint(1, promised))
