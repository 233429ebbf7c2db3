"""From the cases to the workbooks that units sent month by month: most in the form of the template, some in their own,
some with the mistakes that clerks make; and what the bureau decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random

from catalogue.datasets import DATASETS
from sample_data.business.plan_text import CONNECTION, OPENING, SUPPORT
from sample_data.business.rows import CONNECTORS, MONTHS, OPENERS, SUPPORTERS, ledger
from sample_data.layout import Record, lay_out
from sample_data.post import SHANGHAI, Post
from sample_data.workbook import CellValue, Heading, Sheet

Rows = Sequence[Mapping[str, CellValue]]
OTHER_HEADINGS = {
    "办件编号": "业务编号",
    "受理单位": "承办部门",
    "企业类型": "主体类型",
    "申请日期": "受理日期",
    "办结日期": "完成日期",
    "办理环节": "环节数",
    "是否全程网办": "网办",
    "工单编号": "报装编号",
    "承办单位": "报装单位",
    "接入类别": "类别",
    "是否小微企业": "小微",
    "接通日期": "完工日期",
    "用户费用": "费用（元）",
}
OTHER_WORDS = {"有限公司": "有限责任公司", "个体工商户": "个体户", "供气": "用气", "供水": "用水", "是": "√", "否": "×"}
OTHER_NAMES = {
    "市场监管局": "市监局",
    "海棠街道": "海棠街道办事处",
    "滨海水务公司": "水务公司",
    "滨海燃气公司": "燃气公司",
}
MESSY = {("市场监管局", OPENING), ("滨海水务公司", CONNECTION), ("滨海燃气公司", CONNECTION)}
NOT_SENT = {("海棠街道", "2024-04")}
TICKETS = DATASETS["hotline_tickets"]
PROGRESS = DATASETS["progress"]
HOTLINE = ("市场监管局", "人力资源局", "规划建设局", "综合执法局", "公安分局", "海棠街道")


def posts() -> list[Post]:
    """Return everything that was sent, in order of time."""
    sent = [post for month in MONTHS for post in (*_of_units(month), *_of_the_bureau(month))]
    return sorted([*sent, *_returned()], key=lambda post: (post.at, post.file))


def _at(month: str, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A day of the month after."""
    following = date(int(month[:4]), int(month[5:]), 28) + timedelta(days=7)
    return datetime(following.year, following.month, day, hour, minute, tzinfo=SHANGHAI)


def _folder(month: str) -> str:
    return f"{int(month[5:]) + 1:02d}月"


def _of_units(month: str) -> list[Post]:
    sent = []
    for index, (dataset, unit) in enumerate(
        [*((OPENING, unit) for unit in OPENERS), *((CONNECTION, unit) for unit in CONNECTORS)]
    ):
        if (unit, month) in NOT_SENT:
            continue
        rows = ledger(dataset, unit, month)
        sheet = _own_way(dataset, month, rows) if (unit, dataset) in MESSY else _plain(dataset, rows)
        file = f"{_folder(month)}/{unit}{int(month[5:])}月{dataset}.xlsx"
        sent.append(Post(file, dataset, unit, month, _at(month, 3 + index % 3, 9 + index), (sheet,)))
    return sent


def _of_the_bureau(month: str) -> list[Post]:
    rows = [row for unit in SUPPORTERS for row in ledger(SUPPORT, unit, month)]
    name = f"{_folder(month)}/全区{int(month[5:])}月"
    return [
        Post(f"{name}{SUPPORT}.xlsx", SUPPORT, None, month, _at(month, 5, 10), (_plain(SUPPORT, rows),)),
        Post(
            f"{name}{TICKETS.title}.xlsx",
            TICKETS.code,
            None,
            month,
            _at(month, 5, 14),
            (lay_out(TICKETS.main, _tickets(month), name=TICKETS.title),),
        ),
        Post(
            f"{name}{PROGRESS.title}.xlsx",
            PROGRESS.code,
            None,
            month,
            _at(month, 5, 16),
            (lay_out(PROGRESS.main, _progress(month), name=PROGRESS.title),),
        ),
    ]


def _plain(dataset: str, rows: Rows) -> Sheet:
    labels = list(rows[0])
    return Sheet(dataset, [list(map(Heading, labels)), *([row[label] for label in labels] for row in rows)])


def _own_way(dataset: str, month: str, rows: Rows) -> Sheet:
    """A title above, 序号, headings and words of their own, days as text in several ways, a total below."""
    labels = list(rows[0])
    body: list[list[CellValue]] = [
        [index, *(_own_cell(row[label], index) for label in labels)] for index, row in enumerate(rows, 1)
    ]
    title = f"{month[:4]}年{int(month[5:])}月{dataset}（报送用）"
    heads = [Heading("序号"), *(Heading(OTHER_HEADINGS.get(label, label)) for label in labels)]
    sheet = Sheet(dataset, [[title], heads, *body, ["合计", f"{len(rows)}件"], ["填表人：样例　审核人：样例"]])
    sheet.merges = [(0, 0, 0, len(labels))]
    return sheet


def _own_cell(value: CellValue, place: int) -> CellValue:
    if isinstance(value, date):
        return (f"{value.year}.{value.month}.{value.day}", f"{value:%Y/%m/%d}", value)[place % 3]
    return OTHER_NAMES.get(str(value), OTHER_WORDS.get(str(value), value)) if isinstance(value, str) else value


def _tickets(month: str) -> list[Record]:
    dice = Random(f"tickets {month}")
    first = date(int(month[:4]), int(month[5:]), 1)
    rows: list[Record] = []
    for index in range(24 + dice.randrange(6)):
        unit = HOTLINE[index % len(HOTLINE)]
        received = datetime.combine(first + timedelta(days=dice.randrange(20)), datetime.min.time()).replace(
            hour=dice.randint(8, 19), minute=dice.randrange(60)
        )
        late = dice.random() < (0.3 if unit == "综合执法局" else 0.03)
        rows.append(
            {
                "ticket_code": f"RX{month.replace('-', '')}{index + 1:04d}",
                "received_at": received,
                "source": "12345热线",
                "ticket_type": dice.choice(("咨询", "求助", "投诉", "建议")),
                "request": f"企业反映{dice.choice(('停车', '招工', '证照', '施工噪声', '占道', '补贴进度'))}问题",
                "unit": unit,
                "sent_at": received + timedelta(hours=2),
                "due_on": (received + timedelta(days=5)).date(),
                "closed_at": received + timedelta(days=7 if late else dice.randint(1, 4)),
                "called_back": True,
                "solved": dice.random() < 0.9,
                "satisfied": dice.choice(("满意", "满意", "满意", "基本满意", "不满意")),
            }
        )
    return rows


DONE = {
    ("1.3.1", "行政审批局"): "2024-03-20",
    ("2.3.1", "规划建设局"): "2024-05-15",
    ("3.3.1", "经济发展局"): "2024-03-12",
    ("3.3.1", "财政金融局"): "2024-03-25",
    ("3.3.1", "人力资源局"): "2024-02-28",
    ("3.3.1", "科技创新局"): "2024-04-18",
    ("4.2.1", "经济发展局"): "2024-05-20",
    ("5.1.1", "市场监管局"): "2024-05-08",
}
"""Measure and unit → when it was done; what is not here is under way."""
MILESTONES = {
    "1.3.1": ("行政审批局", "海棠街道"),
    "2.3.1": ("规划建设局", *CONNECTORS),
    "3.3.1": tuple(SUPPORTERS),
    "4.2.1": ("经济发展局", "海棠街道"),
    "5.1.1": ("市场监管局", "税务分局", "公安分局"),
}


def _progress(month: str) -> list[Record]:
    return [_line(measure, unit, month) for measure, units in MILESTONES.items() for unit in units]


def _line(measure: str, unit: str, month: str) -> Record:
    day = DONE.get((measure, unit))
    is_done = day is not None and day[:7] <= month
    return {
        "measure": measure,
        "unit": unit,
        "state": "已完成" if is_done else "推进中",
        "percent": 100 if is_done else min(90, 15 * int(month[5:])),
        "completed_on": date.fromisoformat(day) if is_done and day else None,
        "account": "已完成，材料归档备查。" if is_done else "正在推进，已明确专人负责。",
    }


def decisions() -> list[dict[str, object]]:
    """Return what the bureau decided: the days that the plan's words leave open, and completions."""
    settled: list[dict[str, object]] = [
        {
            "kind": "settle",
            "task": task,
            "deadline": "2024-12-31",
            "reason": "全年任务按年底考核",
            "at": "2024-01-10T10:00:00+08:00",
        }
        for task in ("1.1", "1.2", "2.1", "4.1")
    ]
    verified: list[dict[str, object]] = [
        {"kind": "verify", "measure": measure, "unit": unit, "at": f"{_at(day[:7], 8, 15).isoformat()}"}
        for (measure, unit), day in DONE.items()
        if (measure, unit) != ("2.3.1", "规划建设局")
    ]
    return [*settled, *verified]


def _returned() -> list[Post]:
    """What was sent with mistakes, and came back."""
    rows = ledger(OPENING, "行政审批局", "2024-02")
    plain = _plain(OPENING, rows)
    labels = [str(label) for label in plain.rows[0]]
    wrong = [list(row) for row in plain.rows]
    wrong[2][labels.index("申请日期")] = "2024年2月30日"
    wrong[3][labels.index("企业类型")] = "合伙"
    wrong[4][labels.index("办件编号")] = None
    no_key = [[cell for index, cell in enumerate(row) if index] for row in plain.rows]
    stranger = [list(row) for row in _plain(SUPPORT, ledger(SUPPORT, "科技创新局", "2024-03")).rows]
    stranger[1][1], stranger[2][7] = "滨江招商中心", "约5万"
    of_opening = f"退回/行政审批局2月{OPENING}"
    return [
        _wrong(f"{of_opening}（日期和编号有误）", OPENING, "行政审批局", _at("2024-02", 2, 9), wrong),
        _wrong(f"{of_opening}（缺编号列）", OPENING, "行政审批局", _at("2024-02", 2, 10), no_key),
        _wrong(f"退回/全区3月{SUPPORT}（单位和金额有误）", SUPPORT, None, _at("2024-03", 2, 9), stranger),
    ]


def _wrong(name: str, dataset: str, unit: str | None, at: datetime, rows: list[list[CellValue]]) -> Post:
    month = (at.date().replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    return Post(f"{name}.xlsx", dataset, unit, month, at, (Sheet(dataset, list(rows)),), expect="errors")
