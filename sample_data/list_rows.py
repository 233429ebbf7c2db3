"""From a unit to its claimed catalogue items (事项认领情况) and the problems that an assessment found."""

from __future__ import annotations

from datetime import date, timedelta

from sample_data.district_items import ITEMS
from sample_data.district_units import Unit
from sample_data.layout import Record
from sample_data.story import Quality, after_working_days, dice, quality

REASONS = ("本区无此项职能，由市级部门行使", "法律依据已修订，事项已取消", "本区无此类主体")
PROBLEMS = {
    "精准度": ("办理地点未写明窗口号", "咨询电话与监督电话为同一号码", "外部流程图不是图片格式"),
    "覆盖度": ("省级基本目录事项未全部认领", "办事指南未发布"),
    "成熟度": ("标注全程网办但到场次数不为0", "网上申报入口跳转失败"),
    "完备度": ("部门网站未统一链接至政务服务网", "事项信息与平台不一致"),
    "成效度": ("部分事项长期无评价", "差评未在规定时限内回访"),
}


def claims(unit: Unit) -> list[Record]:
    roll, q = dice("claims", unit.name), quality(unit)
    claimed: list[Record] = [
        {"basic_code": item.basic_code, "item_name": item.name, "unit": unit.name, "claim": "已认领"}
        for item in ITEMS[unit.name]
    ]
    extra = roll.randint(0, 2)
    careful = q in (Quality.PERFECT, Quality.GOOD) or roll.random() < 0.4
    for number in range(1, extra + 1):
        unclaimed = not careful and roll.random() < 0.6
        claimed.append(
            {
                "basic_code": f"{unit.number % 9:03d}{unit.number:03d}{900 + number:03d}000",
                "item_name": f"{ITEMS[unit.name][0].topic}相关其他事项{number}",
                "unit": unit.name,
                "claim": "未认领" if unclaimed else "无需认领",
                "reason": None if unclaimed else roll.choice(REASONS),
            }
        )
    return claimed


def problems(unit: Unit, as_of: date) -> list[Record]:
    """Return the list as it was on that day: what was put right later is still open."""
    roll, q = dice("problems", unit.name), quality(unit)
    rows = []
    for number in range(1, roll.randint(2, 4)):
        dimension = roll.choice(tuple(PROBLEMS))
        found_on = date(2023, 6, 5) + timedelta(days=roll.randint(0, 10))
        days, open_still = roll.randint(5, 45), q not in (Quality.PERFECT, Quality.GOOD) and roll.random() < 0.35
        rectified = None if open_still else after_working_days(found_on, days)
        done = rectified is not None and rectified <= as_of
        rows.append(
            {
                "problem_code": f"PG2023{unit.number:03d}{number:02d}",
                "unit": unit.name,
                "dimension": dimension,
                "problem": roll.choice(PROBLEMS[dimension]),
                "found_on": found_on,
                "due_on": after_working_days(found_on, 40),
                "rectified_on": rectified if done else None,
                "note": "已整改并复核" if done else None,
            }
        )
    return rows
