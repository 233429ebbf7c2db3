"""Random records of every dataset under their Chinese headings, few enough codes that months and units meet in the same
cases.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]
Make = Callable[[Random, str], Row]

CREDIT, ITEMS = "11620102013900000Q", [f"44219980600{n}" for n in range(6)]
LONG_CODES = [f"{CREDIT}3{item}" for item in ITEMS[:4]] + ["A1", "A2"]


def day_in(random: Random, month: str) -> date:
    return date.fromisoformat(f"{month}-01") + timedelta(days=random.randrange(28))


def later(random: Random, day: date, most: int = 30) -> date:
    return day + timedelta(days=random.randrange(-2, most))


def maybe(random: Random, value: Any, likely: float = 0.7) -> Any:
    return value if random.random() < likely else None


def yes_or_no(random: Random, likely: float = 0.7) -> str:
    return "是" if random.random() < likely else "否"


def guide_item(random: Random, month: str) -> Row:
    code = random.choice(LONG_CODES)
    return {
        "实施编码": code,
        "事项名称": "事项",
        "基本编码": maybe(random, random.choice(ITEMS), 0.5),
        "事项类型": random.choice(["行政许可", "公共服务", None]),
        "办件类型": random.choice(["即办件", "承诺件"]),
        "法定办结时限": random.choice([0, 10, 20, None]),
        "承诺办结时限": random.choice([0, 3, 5, 25, None]),
        "到办事现场次数": random.choice([0, 0, 1, None]),
        "是否网办": yes_or_no(random),
        "网上办理深度": random.choice(["全程网办", "全程网办", "网上预审", None]),
        "是否特殊事项": maybe(random, yes_or_no(random, 0.3), 0.5),
        "特殊事项原因": maybe(random, "涉密", 0.3),
        "检索关键词": random.choice(["甲、乙、丙", "甲、乙、丙、丁", "甲、乙、甲", None]),
        "是否进驻大厅": yes_or_no(random, 0.9),
        "与平台是否一致": maybe(random, yes_or_no(random), 0.8),
        "指南是否发布": yes_or_no(random),
        "办理地点": maybe(random, "某路 1 号", 0.9),
        "办理时间": "工作日",
        "咨询电话": "0931-1234567",
        "监督电话": maybe(random, "0931-7654321", 0.9),
    }


def monthly_cases(random: Random, month: str) -> Row:
    cases = random.randrange(5)
    return {
        "实施编码": random.choice(LONG_CODES[:3]),
        "办件量": cases,
        "办结量": random.randrange(cases + 1),
        "推送量": random.choice([cases, cases, max(cases - 1, 0), None]),
        "关联事项办件量": random.choice([cases, 0, None]),
    }


MATTERS = ["规划", "施工", "验收"]


def first_day(number: int) -> date:
    """A case keeps its first day in every month's ledger; its number tells it."""
    return date(2023, 1, 1 + 5 * number % 28)


def review(random: Random, _: str) -> Row:
    number, times = random.randrange(9), random.randrange(1, 3)
    return {
        "办件编号": f"R{number}",
        "评价次数": times,
        "实施编码": random.choice(LONG_CODES[:3]),
        "事项名称": "事项",
        "评价渠道": random.choice(["移动端", "二维码", "系统默认"]),
        "满意度": "满意",
        "评价时间": datetime.combine(first_day(3 * number + times), datetime.min.time()),
    }


def bad_review(random: Random, _: str) -> Row:
    number = random.randrange(6)
    day = first_day(number)
    return {
        "差评编号": f"C{number}",
        "事项名称": "事项",
        "差评时间": datetime(day.year, day.month, day.day, 10),
        "是否实名": yes_or_no(random),
        "是否属实": maybe(random, yes_or_no(random)),
        "是否回访": yes_or_no(random, 0.9),
        "整改时限": maybe(random, later(random, day), 0.4),
        "整改完成时间": maybe(random, later(random, day, 9), 0.9),
        "是否误评": maybe(random, yes_or_no(random, 0.2), 0.5),
    }


def ticket(random: Random, _: str) -> Row:
    number = random.randrange(8)
    day = first_day(number)
    closed = later(random, day, 12)
    return {
        "工单编号": f"T{number}",
        "受理时间": datetime(day.year, day.month, day.day, 8),
        "工单类型": "求助",
        "办理时限": maybe(random, later(random, day), 0.9),
        "办结时间": maybe(random, datetime(closed.year, closed.month, closed.day, 18), 0.9),
        "是否回访": maybe(random, yes_or_no(random)),
        "是否解决": maybe(random, yes_or_no(random, 0.9)),
        "是否满意": random.choice(["满意", "基本满意", "不满意", None]),
    }


def calls(random: Random, month: str) -> Row:
    number = random.randrange(20)
    return {"日期": day_in(random, month), "呼入量": number, "接通量": number - random.choice([0, 0, min(number, 1)])}


def help_case(random: Random, _: str) -> Row:
    number = random.randrange(8)
    day = first_day(number)
    return {
        "受理编号": f"H{number}",
        "受理日期": day,
        "服务对象": "某公司",
        "对象类别": "企业",
        "帮办事项": "登记",
        "服务方式": "全程代办",
        "帮办员": "甲",
        "承诺办结日期": maybe(random, later(random, day), 0.9),
        "实际办结日期": maybe(random, later(random, day, 5), 0.9),
    }


def approval(random: Random, _: str) -> Row:
    number, matter = random.randrange(3), random.choice(MATTERS)
    day = first_day(5 * number + len(MATTERS) * MATTERS.index(matter))
    return {
        "项目代码": f"P{number}",
        "审批事项": matter,
        "项目名称": "项目",
        "审批阶段": random.choice(["施工许可", "竣工验收", "竣工验收"]),
        "受理时间": day,
        "承诺时限": random.choice([3, 10]),
        "办结时间": maybe(random, later(random, day)),
        "是否容缺受理": maybe(random, yes_or_no(random)),
        "补正期限": maybe(random, later(random, day)),
        "补正完成时间": maybe(random, later(random, day, 9)),
        "需要测绘": maybe(random, yes_or_no(random)),
        "联合测绘": maybe(random, yes_or_no(random)),
        "结果是否上传": maybe(random, yes_or_no(random, 0.9), 0.9),
    }


def engineering(random: Random, month: str) -> Row:
    return {
        "月份": month,
        "中介超市选取次数": random.choice([0, 2, 5, None]),
        **{f"{word}办件量": random.choice([0, 1, 4, None]) for word in ("供水", "供热", "供气", "供电", "通信")},
    }


def claim(random: Random, month: str) -> Row:
    return {
        "基本编码": random.choice(ITEMS),
        "事项名称": "事项",
        "认领状态": random.choice(["已认领", "已认领", "无需认领", "未认领"]),
    }


def problem(random: Random, month: str) -> Row:
    day = day_in(random, month)
    return {
        "问题编号": f"Q{random.randrange(6)}",
        "评估维度": "成效度",
        "问题描述": "不准",
        "发现日期": day,
        "整改时限": later(random, day),
        "整改完成日期": maybe(random, later(random, day), 0.8),
    }


MAKERS: dict[str, tuple[Make, Sequence[str], bool]] = {
    "guides": (guide_item, ("实施编码",), True),
    "monthly_cases": (monthly_cases, ("实施编码", "责任单位"), True),
    "reviews": (review, ("办件编号", "评价次数"), True),
    "bad_reviews": (bad_review, ("差评编号",), True),
    "hotline_tickets": (ticket, ("工单编号",), True),
    "hotline_calls": (calls, ("日期",), False),
    "help_cases": (help_case, ("受理编号",), True),
    "approvals": (approval, ("项目代码", "审批事项"), True),
    "engineering_monthly": (engineering, ("月份", "责任单位"), True),
    "catalogue_claims": (claim, ("基本编码",), True),
    "assessment_problems": (problem, ("问题编号",), True),
}
"""Dataset → how to make a record, the headings that name it within a file, whether it has a column of the responsible
unit.
"""


def some_rows(random: Random, dataset: str, month: str, units: Sequence[str], most: int) -> list[Row]:
    make, keys, has_unit = MAKERS[dataset]
    last_of: dict[tuple[Any, ...], Row] = {}
    for _ in range(random.randrange(most + 1)):
        row = make(random, month) | ({"责任单位": random.choice(units)} if has_unit else {})
        last_of[tuple(row[key] for key in keys)] = row
    return list(last_of.values())


def progress_rows(random: Random, month: str, measures_of: dict[str, list[str]]) -> list[Row]:
    """Return for most of each unit's milestone measures one row."""
    progress_rows = []
    for unit, measures in measures_of.items():
        for measure in measures:
            if random.random() < 0.85:
                done = random.random() < 0.35
                progress_rows.append(
                    {
                        "举措编号": measure,
                        "责任单位": unit,
                        "进展状态": "已完成" if done else random.choice(["推进中", "未启动"]),
                        "完成日期": maybe(random, day_in(random, month), 0.8) if done else None,
                        "进展情况": "推进有序",
                    }
                )
    return progress_rows
