"""From a unit to the rows of its 办事指南 (事项, 材料, 流程), with the flaws its quality makes likely."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sample_data.district_items import ITEMS, Item
from sample_data.district_units import DISTRICT, Unit, invented_name
from sample_data.layout import Record
from sample_data.story import Quality, dice

FLAW_RATE = {Quality.PERFECT: 0.0, Quality.GOOD: 0.008, Quality.FAIR: 0.05, Quality.POOR: 0.14}
ON_THE_SPOT_SHARE = {Quality.PERFECT: 0.55, Quality.GOOD: 0.5, Quality.FAIR: 0.38, Quality.POOR: 0.25}
WHOLE_ONLINE_SHARE = {Quality.PERFECT: 0.9, Quality.GOOD: 0.82, Quality.FAIR: 0.58, Quality.POOR: 0.35}
STREETS = ("文昌路", "人民大街", "滨河大道", "建设路", "解放巷", "和平街")
HOURS = (
    "周一至周五 上午9:00—12:00，下午13:30—17:00（法定节假日除外）",
    "星期一至星期五 8:30-12:00，14:30-18:00",
    "工作日周一至周五 9:00-17:00，周六延时服务 9:00-12:00",
)
RESULTS = {"行政许可": "准予许可决定书", "行政确认": "确认书", "行政给付": "发放通知单", "公共服务": "办理结果告知单"}


def guide(unit: Unit, quality: Quality) -> dict[str, list[Record]]:
    """Return part → rows; the same unit in the same quality gives the same rows."""
    rows: dict[str, list[Record]] = {"事项": [], "材料": [], "流程": []}
    share = len(ITEMS[unit.name])
    for index, item in enumerate(ITEMS[unit.name]):
        roll = dice("guide", unit.name, item.number, quality)
        record = _item(item, quality, index / share, roll)
        materials, steps = _materials(item, roll), _steps(item, record, roll)
        _spoil(record, materials, steps, FLAW_RATE[quality], roll)
        rows["事项"].append(record)
        rows["材料"] += materials
        rows["流程"] += steps
    return rows


def _item(item: Item, quality: Quality, place: float, roll: Random) -> Record:
    times = _times(place < ON_THE_SPOT_SHARE[quality], quality, roll)
    return {
        "item_code": item.code,
        "item_name": item.name,
        "basic_code": item.basic_code,
        "item_type": item.kind,
        "unit": item.unit.name,
        "level": "镇（乡、街道）级" if item.unit.kind == "镇街" else "县级",
        "clients": "法人" if item.kind == "行政许可" else "自然人",
        **times,
        **_online(item, quality, place, roll),
        "keywords": "、".join((item.short_name, f"{item.short_name}怎么办", item.topic)),
        "in_hall": True,
        "same_source": True,
        "published": True,
        **_where(item),
        **_extras(item, roll),
    }


def _times(on_the_spot: bool, quality: Quality, roll: Random) -> Record:
    by_law = roll.random() < 0.6
    statutory = roll.choice((15, 20, 30, 45, 60)) if by_law else 20
    share = {Quality.PERFECT: 0.25, Quality.GOOD: 0.3, Quality.FAIR: 0.45, Quality.POOR: 0.7}[quality]
    return {
        "statutory_days": statutory,
        "statutory_by_law": by_law,
        "promised_days": 0 if on_the_spot else max(1, int(statutory * share)),
        "case_type": "即办件" if on_the_spot else "承诺件",
    }


def _online(item: Item, quality: Quality, place: float, roll: Random) -> Record:
    whole = (place * 1.7) % 1 < WHOLE_ONLINE_SHARE[quality]
    special = not whole and roll.random() < 0.12
    return {
        "online": not special and (whole or quality is not Quality.POOR or roll.random() < 0.85),
        "online_depth": "信息发布" if special else "全程网办" if whole else roll.choice(("网上预审", "网上申报")),
        "special": special,
        "special_reason": "涉密材料须当面核验原件" if special else None,
        "visits": 0 if whole else 1,
        "visit_reason": None if whole else "需当面核验身份或现场踏勘",
        "cross_region": roll.choice(("跨省", "省内", "全市", "无", "无")),
    }


def _where(item: Item) -> Record:
    unit, window = item.unit, item.number % 28 + 1
    if unit.kind == "镇街":
        address = f"{DISTRICT}{unit.name}{unit.name[:2]}大街{unit.number + 6}号便民服务中心1楼{window}号窗口"
    else:
        address = f"{DISTRICT}{STREETS[unit.number % len(STREETS)]}{100 + unit.number}号区政务服务中心{unit.number % 3 + 1}楼{window}号窗口"  # noqa: E501
    return {
        "address": address,
        "office_hours": HOURS[unit.number % len(HOURS)],
        **phones(unit),
    }


def phones(unit: Unit) -> Record:
    """Return the two numbers in every guide of the unit that has no flaw."""
    return {"phone": f"0360-5551{unit.number:03d}", "complaint_phone": f"0360-5552{unit.number:03d}"}


def _extras(item: Item, roll: Random) -> Record:
    intermediary, special_step = item.kind == "行政许可" and roll.random() < 0.3, roll.random() < 0.15
    charged = item.kind == "行政征收" or roll.random() < 0.05
    return {
        "has_intermediary": intermediary,
        "intermediary_note": "申请人自主选择市中介超市入驻机构编制技术报告" if intermediary else None,
        "has_special_step": special_step,
        "special_step_note": "现场踏勘，5个工作日内完成，不计入承诺时限" if special_step else None,
        "flow_chart": f"{item.short_name}流程图.{roll.choice(('png', 'jpg'))}",
        "chart_shows_times": True,
        "charged": charged,
        "charge_basis": f"{item.law}及省级收费目录清单" if charged else None,
        "result_name": RESULTS.get(item.kind, "办理决定书"),
        "result_sample": True,
        "questions": f"问：{item.short_name}能否委托他人办理？答：可以，须带委托书和双方身份证。",
        "legal_basis": f"{item.law}第{roll.randint(3, 60)}条",
    }


def _materials(item: Item, roll: Random) -> list[Record]:
    clause = f"第{roll.choice('二三四五六七八九')}十{roll.choice('一二三四五六七八九')}条"
    offered: list[Record] = [
        {
            "material_name": f"{item.short_name}申请表",
            "material_type": "原件",
            "originals": 1,
            "source": "申请人自备",
            "filled_by_applicant": True,
            "blank_form": f"{item.short_name}申请表（空白）.docx",
            "sample_form": f"{item.short_name}申请表（样表）.docx",
        },
        {
            "material_name": "居民身份证",
            "material_type": "原件",
            "originals": 1,
            "source": "政府部门核发",
            "issuer": "公安机关",
        },
        {
            "material_name": "营业执照",
            "material_type": "电子件",
            "source": "政府部门核发",
            "issuer": "市场监督管理部门",
        },
        {
            "material_name": f"{item.short_name}相关证明材料",
            "material_type": "复印件",
            "copies": roll.randint(1, 2),
            "source": "其他",
            "issuer": "有关行业主管部门",
        },
        {"material_name": "授权委托书", "material_type": "原件", "originals": 1, "source": "申请人自备"},
    ]
    chosen = [offered[0], *roll.sample(offered[1:], roll.randint(1, 3))]
    return [
        {"item_code": item.code, "filled_by_applicant": False, "basis": item.law, "clause": clause, **row}
        for row in chosen
    ]


STEPS = (
    (
        "受理",
        "核对申请材料是否齐全、是否符合法定形式，符合的当场出具受理通知书",
        "材料齐全、符合法定形式",
        "受理通知书",
    ),
    ("审查", "对申请材料的实质内容进行审查，必要时组织现场核查并提出审查意见", "符合法定条件和技术标准", "审查意见"),
    ("决定", "依据审查意见作出准予或者不予办理的书面决定并说明理由", "程序合法、依据充分", "办理决定"),
    ("办结", "录入办理结果，制作证照或者文书并归档", "结果信息完整准确", "证照或文书"),
    ("送达", "通过窗口领取或者免费寄递的方式将结果送达申请人", "三日内送达", "送达回执"),
)


def _steps(item: Item, record: Record, roll: Random) -> list[Record]:
    promised = int(str(record["promised_days"]))
    chosen = STEPS[:3] if promised == 0 else STEPS[: roll.randint(3, 5)]
    return [
        {
            "item_code": item.code,
            "step_number": number,
            "step_name": name,
            "step_content": content,
            "step_staff": invented_name(item.unit.number * 5 + number),
            "step_days": min(1, promised // len(chosen)),
            "step_standard": standard,
            "step_result": result,
        }
        for number, (name, content, standard, result) in enumerate(chosen, start=1)
    ]


ITEM_FLAWS: tuple[Callable[[Record, Random], Record], ...] = (
    lambda row, roll: {"statutory_days": None},
    lambda row, roll: {
        "statutory_by_law": False,
        "statutory_days": 10,
        "promised_days": min(3, int(str(row["promised_days"]))),
    },
    lambda row, roll: {"promised_days": int(str(row["statutory_days"] or 20)) + 10, "case_type": "承诺件"},
    lambda row, roll: {"case_type": "承诺件" if row["case_type"] == "即办件" else "即办件"},
    lambda row, roll: {
        "address": roll.choice(
            (f"{DISTRICT}政务服务中心一楼", "政务大厅二楼综合窗口", str(row["address"]).split("号")[0] + "号")
        )
    },
    lambda row, roll: {"office_hours": roll.choice(("工作日", "上班时间", "9:00-17:00"))},
    lambda row, roll: {"phone": roll.choice(("555110", "0360-55510", "详询窗口"))},
    lambda row, roll: {"complaint_phone": row["phone"]},
    lambda row, roll: {"complaint_phone": None},
    lambda row, roll: {"has_intermediary": True, "intermediary_note": None},
    lambda row, roll: {"has_special_step": None},
    lambda row, roll: {"flow_chart": roll.choice(("流程图.docx", "流程图.pdf", None))},
    lambda row, roll: {"chart_shows_times": False},
    lambda row, roll: {"visits": None},
    lambda row, roll: {"online_depth": "全程网办", "online": True, "visits": 1},
    lambda row, roll: {"keywords": row["item_name"]},
    lambda row, roll: {"same_source": False},
    lambda row, roll: {"in_hall": False},
    lambda row, roll: {"published": False},
    lambda row, roll: {
        "item_code": row["basic_code"]
    },  # a believable slip: the basic code where all 31 characters belong
    lambda row, roll: {"special": True, "special_reason": None},
)
MATERIAL_FLAWS: tuple[Record, ...] = (
    {"source": None},
    {"issuer": None},
    {"basis": "有关规定"},
    {"clause": None},
    {"originals": None, "copies": None},
    {"material_type": None},
    {"material_type": "原件和复印件", "originals": 1, "copies": 1},
    {"blank_form": None},
    {"sample_form": "否"},
)
STEP_FLAWS: tuple[Record, ...] = (
    {"step_content": None},
    {"step_staff": None},
    {"step_standard": None},
    {"step_result": None},
)


def _spoil(item: Record, materials: list[Record], steps: list[Record], rate: float, roll: Random) -> None:
    for flaw in ITEM_FLAWS:
        if roll.random() < rate * 0.6:
            item.update(flaw(item, roll))
    for row in materials:
        if roll.random() < rate:
            row.update(roll.choice(MATERIAL_FLAWS))
    for row in steps:
        if roll.random() < rate * 0.5:
            row.update(roll.choice(STEP_FLAWS))
        elif roll.random() < rate:
            row["step_content"] = row["step_name"]
    for row in (*materials, *steps):
        row["item_code"] = item["item_code"]
