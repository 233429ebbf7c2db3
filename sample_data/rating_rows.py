"""From a unit and a month to its 月度办件统计, 好差评明细 and 差评整改台账, agreeing with one another unless the story
says not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from random import Random

from chinese_calendar import is_workday

from sample_data.district_items import ITEMS, Item
from sample_data.district_units import Unit, invented_name
from sample_data.layout import Record
from sample_data.story import (
    FIGURES_DISAGREE,
    INFLATED,
    NO_BAD_REVIEWS,
    SEED,
    Quality,
    after_working_days,
    dice,
    quality,
    working_days_of,
)

CHANNELS = ("大厅平板", "二维码", "移动端", "电脑端", "短信", "其他终端")
CHANNEL_WEIGHTS = (42, 20, 18, 9, 8, 3)
ACTIVE_SHARE = {Quality.PERFECT: 0.86, Quality.GOOD: 0.68, Quality.FAIR: 0.54, Quality.POOR: 0.38}
NEVER_RATED_SHARE = {Quality.PERFECT: 0.0, Quality.GOOD: 0.0, Quality.FAIR: 0.12, Quality.POOR: 0.28}
DEFAULT_SHARE = 0.6  # of the cases that nobody rated, so many get the system's own rating
PRAISE = (
    "工作人员很耐心，一次办好",
    "办得快，态度好",
    "窗口引导清楚",
    "满意",
    "比以前方便多了",
    None,
    None,
    None,
    None,
    None,
)
COMPLAINTS = (
    "等候时间太长，叫号系统故障无人解释",
    "材料要求前后说法不一，跑了两趟",
    "电话一直打不通",
    "系统卡顿，提交三次才成功",
    "工作人员态度生硬",
    "告知的办结时间到了还没有结果",
)
REMEDIES = (
    "增设窗口并公示等候时长",
    "统一一次性告知单，组织窗口人员培训",
    "更换咨询电话并安排专人值守",
    "协调系统运维单位修复",
    "当面致歉，对当事人批评教育",
    "当日办结并主动反馈结果",
)


@dataclass
class MonthOfCases:
    """What one unit handled in one month."""

    monthly_cases: list[Record] = field(default_factory=list)
    reviews: list[Record] = field(default_factory=list)
    bad_reviews: list[Record] = field(default_factory=list)


@cache
def month_of_cases(unit: Unit, month: str) -> MonthOfCases:
    cases_of_month, roll = MonthOfCases(), dice("cases", unit.name, month)
    volume = roll.randint(90, 220) if unit.kind == "部门" else roll.randint(70, 150)
    for item, cases in _spread(ITEMS[unit.name], volume, roll):
        reviews = _reviews(item, cases, month, roll)
        cases_of_month.reviews += reviews
        cases_of_month.monthly_cases.append(_monthly_row(item, cases, reviews, roll))
    _make_bad(unit, cases_of_month.reviews, roll)
    cases_of_month.bad_reviews = [
        _bad_review(review, quality(unit), roll) for review in cases_of_month.reviews if _is_bad(review)
    ]
    if unit.name in FIGURES_DISAGREE:
        _overstate(cases_of_month.monthly_cases, roll)
    return cases_of_month


def _spread(items: tuple[Item, ...], volume: int, roll: Random) -> list[tuple[Item, int]]:
    """Few items have most of the cases, some have none."""
    weights = [roll.random() ** 2 for _ in items]
    return [(item, round(volume * weight / sum(weights))) for item, weight in zip(items, weights, strict=True)]


def _reviews(item: Item, cases: int, month: str, roll: Random) -> list[Record]:
    q = quality(item.unit)
    closed = round(cases * 0.96)
    never = dice("never rated", item.code).random() < NEVER_RATED_SHARE[q]
    active = 0 if never else min(closed, max(1, round(closed * ACTIVE_SHARE[q])))
    by_default = round((closed - active) * DEFAULT_SHARE)
    return [_review(item, month, number, number > active, roll) for number in range(1, active + by_default + 1)]


def _review(item: Item, month: str, number: int, by_default: bool, roll: Random) -> Record:
    closed_at, rated_at = _moments(item.unit, month, roll)
    if by_default:
        rated_at = min(closed_at + timedelta(days=roll.randint(2, 5)), _month_end(closed_at))
    applicant = roll.randint(1, 10**6)
    return {
        "case_code": f"{item.unit.number:03d}{month.replace('-', '')}{SEED % 97:02d}{item.number:03d}{number:05d}",
        "round": 1,
        "item_code": item.code,
        "item_name": item.name,
        "unit": item.unit.name,
        "channel": "系统默认" if by_default else _channel(item.unit, roll),
        "satisfaction": "非常满意" if by_default else roll.choices(("非常满意", "满意", "基本满意"), (78, 18, 4))[0],
        "comment": None if by_default else roll.choice(PRAISE),
        "rated_at": rated_at,
        "closed_at": closed_at,
        "applicant": invented_name(applicant),
        "phone": f"1990000{applicant % 10000:04d}",
        "named": by_default or roll.random() < 0.85,
    }


def _channel(unit: Unit, roll: Random) -> str:
    return "二维码" if unit.name in INFLATED else roll.choices(CHANNELS, CHANNEL_WEIGHTS)[0]


def _moments(unit: Unit, month: str, roll: Random) -> tuple[datetime, datetime]:
    """When a case was closed and when it was rated, both in office hours of the month."""
    days = working_days_of(month)
    clock = time(roll.choice((9, 10, 11, 14, 15, 16)), roll.randrange(60), roll.randrange(60))
    if unit.name in INFLATED:
        closed = datetime.combine(days[roll.randrange(4)], clock)
        return closed, datetime.combine(days[-2], time(16, roll.randrange(20, 50), roll.randrange(60)))
    closed = datetime.combine(roll.choice(days), clock)
    return closed, min(closed + timedelta(minutes=roll.choice((1, 2, 5, 12, 40, 300, 1440))), _month_end(closed))


def _month_end(moment: datetime) -> datetime:
    following = (moment.replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=0, second=0)
    return following - timedelta(minutes=1)


def _make_bad(unit: Unit, reviews: list[Record], roll: Random) -> None:
    if unit.name in NO_BAD_REVIEWS:
        return
    rated = [review for review in reviews if review["channel"] != "系统默认"]
    count = max(1, round(len(rated) * (0.05 if quality(unit) is Quality.POOR else 0.02)))
    for review in roll.sample(rated, min(count, len(rated))):
        review |= {
            "satisfaction": roll.choice(("不满意", "非常不满意")),
            "comment": roll.choice(COMPLAINTS),
            "named": roll.random() < 0.8,
        }


def _is_bad(review: Record) -> bool:
    return review["satisfaction"] in ("不满意", "非常不满意")


def _bad_review(review: Record, q: Quality, roll: Random) -> Record:
    rated_at = review["rated_at"]
    assert isinstance(rated_at, datetime)
    careful = q in (Quality.PERFECT, Quality.GOOD)
    called_back = roll.random() < (1 if careful else 0.8 if q is Quality.FAIR else 0.6)
    due_on = after_working_days(rated_at.date(), 5)
    true, mistaken = roll.random() < 0.75, roll.random() < 0.06
    in_time = careful or roll.random() < (0.75 if q is Quality.FAIR else 0.5)
    put_right = true and (in_time or roll.random() < 0.5)
    return {
        "bad_review_code": f"CP{review['case_code']}",
        "case_code": review["case_code"],
        "unit": review["unit"],
        "item_name": review["item_name"],
        "rated_at": rated_at,
        "comment": review["comment"],
        "named": review["named"],
        "substantiated": true,
        "called_back": called_back,
        "called_back_at": _next_working_morning(rated_at) if called_back else None,
        "measures_taken": REMEDIES[COMPLAINTS.index(str(review["comment"]))] if put_right else None,
        "due_on": due_on if roll.random() < 0.8 else None,
        "rectified_at": after_working_days(rated_at.date(), roll.randint(1, 5) if in_time else roll.randint(7, 12))
        if put_right
        else None,
        "outcome": "已整改，群众表示认可" if put_right else None,
        "person": invented_name(roll.randint(1, 500)),
        "mistaken": mistaken,
    }


def _next_working_morning(moment: datetime) -> datetime:
    day = after_working_days(moment.date(), 0 if is_workday(moment.date()) and moment.hour < 12 else 1)
    return datetime.combine(day, time(15 if day == moment.date() else 9, 40))


def _monthly_row(item: Item, cases: int, reviews: list[Record], roll: Random) -> Record:
    q = quality(item.unit)
    by_default = sum(review["channel"] == "系统默认" for review in reviews)
    slack = (
        0 if q in (Quality.PERFECT, Quality.GOOD) else roll.choice((0, 0, 1, 3) if q is Quality.FAIR else (0, 2, 4, 6))
    )
    return {
        "item_code": item.code,
        "unit": item.unit.name,
        "cases": cases,
        "online_cases": round(cases * roll.uniform(0.5, 0.95)),
        "pushed_cases": max(0, cases - slack),
        "linked_cases": max(0, cases - slack // 2),
        "closed_cases": round(cases * 0.96),
        "rated_cases": len(reviews) - by_default,
        "default_rated_cases": by_default,
        "licence_calls": round(cases * roll.uniform(0, 0.6)),
    }


def _overstate(rows: list[Record], roll: Random) -> None:
    for row in rows[::2]:
        row["rated_cases"] = int(str(row["rated_cases"])) + roll.randint(3, 15)
