"""The plan's 5.1: time limits, address, office hours, phones, intermediaries and special steps."""

from catalogue.guide_rules.parts import ITEM
from models.guides import ADVICE, ERROR, GuideRule
from rules.guides.addresses import AddressParts, read_address
from rules.guides.office_hours import OfficeHours, read_office_hours
from rules.guides.phones import Phones, in_both, read_phones, shared
from rules.guides.rows import where, wording

ALLOWANCE = 1e-9  # of adding and multiplying fractions of a day

ADDRESS = ITEM.read("address", read_address, AddressParts())
HOURS = ITEM.read("office_hours", read_office_hours, OfficeHours())
PHONE = ITEM.read("phone", read_phones, Phones())
COMPLAINT_PHONE = ITEM.read("complaint_phone", read_phones, Phones())
BOTH_TIMES = ITEM.filled("promised_days", "statutory_days")
ON_THE_SPOT = ITEM.is_one_of("case_type", "即办件")
AT_ONCE = ITEM.number("promised_days", lambda days: days == 0)

TIME_RULES = (
    GuideRule(
        "G101",
        "5.1 一",
        "5.1.1",
        "事项",
        ERROR,
        "法定办结时限已填写",
        "所有事项",
        right="20个工作日",
        wrong="（空白）",
        applies=ITEM.every,
        checks=(
            ITEM.wrong(
                "statutory_days",
                ITEM.blank("statutory_days"),
                "法定办结时限空白或无法识别，请填写工作日数，如“20个工作日”。",
            ),
        ),
    ),
    GuideRule(
        "G102",
        "5.1 一",
        "5.1.1",
        "事项",
        ERROR,
        "法律未规定时限的，法定办结时限为20个工作日",
        "法定时限是否有法律规定为“否”",
        right="20个工作日",
        wrong="30个工作日",
        applies=ITEM.no("statutory_by_law"),
        checks=(
            ITEM.wrong(
                "statutory_days",
                ~ITEM.number("statutory_days", lambda days: days == 20),
                "法律法规未规定时限的，法定办结时限应为20个工作日，现为{value}，请改为“20个工作日”。",
            ),
        ),
    ),
    GuideRule(
        "G103",
        "5.1 一",
        "5.1.1",
        "事项",
        ERROR,
        "承诺办结时限不长于法定办结时限",
        "两个时限均已填写",
        right="法定20个工作日，承诺5个工作日",
        wrong="法定5个工作日，承诺7个工作日",
        applies=BOTH_TIMES,
        checks=(
            ITEM.wrong(
                "promised_days",
                ITEM.where(lambda items: items["promised_days"] > items["statutory_days"]),
                "承诺办结时限{value}个工作日长于法定办结时限{statutory_days}个工作日，请压减到法定时限以内。",
            ),
        ),
    ),
    GuideRule(
        "G104",
        "5.1 一",
        "5.1.1",
        "事项",
        ADVICE,
        "承诺办结时限比法定办结时限压减三分之二",
        "两个时限均已填写且法定办结时限大于0",
        right="法定15个工作日，承诺5个工作日",
        wrong="法定15个工作日，承诺10个工作日",
        applies=BOTH_TIMES & ITEM.number("statutory_days", lambda days: days > 0),
        checks=(
            ITEM.wrong(
                "promised_days",
                ITEM.where(lambda items: items["promised_days"] * 3 > items["statutory_days"] + ALLOWANCE),
                "承诺办结时限{value}个工作日未比法定办结时限{statutory_days}个工作日压减三分之二，请力争压减到三分之一以内。",
            ),
        ),
    ),
    GuideRule(
        "G105",
        "1.3 四",
        "5.1.1",
        "事项",
        ERROR,
        "当场办结的是即办件，即办件当场办结",
        "承诺办结时限为0，或办件类型为“即办件”",
        right="承诺办结时限“即办”，办件类型“即办件”",
        wrong="承诺办结时限“即办”，办件类型“承诺件”",
        applies=AT_ONCE | ON_THE_SPOT,
        checks=(
            ITEM.wrong(
                "case_type", ~ON_THE_SPOT, "承诺当场办结，办件类型却是{value}，请改为“即办件”，或更正承诺办结时限。"
            ),
            ITEM.wrong(
                "promised_days", ~AT_ONCE, "办件类型是即办件，承诺办结时限却是{value}，请改为“即办”，或更正办件类型。"
            ),
        ),
    ),
)

PLACE_RULES = (
    GuideRule(
        "G106",
        "5.1 二",
        "5.1.2",
        "事项",
        ERROR,
        "办理地点写明街道名称、门牌号、房间号或楼层、窗口号",
        "所有事项",
        right="平安路168号政务服务大厅二楼B区12号窗口",
        wrong="海石湾街道办事处便民服务中心",
        applies=ITEM.every,
        checks=(
            ITEM.wrong(
                "address", ITEM.blank("address"), "办理地点空白，请写明街道名称、门牌号、房间号或楼层、窗口号。"
            ),
            *(
                ITEM.wrong("address", ITEM.filled("address") & ~where(ADDRESS, names), sentence)
                for names, sentence in (
                    (
                        lambda address: address.street,
                        "办理地点缺少街路名称（某街、路、大道、巷、里；“某某街道”不算），请补充，如“平安路168号”。",
                    ),
                    (lambda address: address.door, "办理地点缺少门牌号，请在街路名称后补充，如“平安路168号”。"),
                    (lambda address: address.room, "办理地点缺少房间号或楼层，请补充，如“二楼”“302室”。"),
                    (lambda address: address.window, "办理地点缺少窗口号，请补充，如“12号窗口”。"),
                )
            ),
        ),
    ),
    GuideRule(
        "G107",
        "5.1 二",
        "5.1.2",
        "事项",
        ERROR,
        "办理时间写明星期和钟点",
        "所有事项",
        right="周一至周五 上午9:00-12:00，下午1:00-5:00",
        wrong="法定工作日",
        applies=ITEM.every,
        checks=(
            ITEM.wrong(
                "office_hours",
                ITEM.blank("office_hours"),
                "办理时间空白，请写明星期和钟点，如“周一至周五9:00-12:00，13:00-17:00”。",
            ),
            ITEM.wrong(
                "office_hours",
                ITEM.filled("office_hours") & where(HOURS, lambda hours: not (hours.days or hours.hours)),
                "办理时间“{value}”未写明星期和钟点，请改为如“周一至周五9:00-12:00，13:00-17:00”。",
            ),
            ITEM.wrong(
                "office_hours",
                where(HOURS, lambda hours: hours.hours and not hours.days),
                "办理时间“{value}”未写明星期几办理，请补充，如“周一至周五”。",
            ),
            ITEM.wrong(
                "office_hours",
                where(HOURS, lambda hours: hours.days and not hours.hours),
                "办理时间“{value}”未写明钟点，请补充，如“9:00-12:00，13:00-17:00”。",
            ),
        ),
    ),
)


def _phone_rule(code: str, name: str, label: str) -> GuideRule:
    read = PHONE if name == "phone" else COMPLAINT_PHONE
    return GuideRule(
        code,
        "5.1 二",
        "5.1.2",
        "事项",
        ERROR,
        f"{label}是有效号码",
        "所有事项",
        right="0931-6212345转801、12345",
        wrong="6212345（缺区号）",
        applies=ITEM.every,
        checks=(
            ITEM.wrong(name, ITEM.blank(name), f"{label}空白，请填写区号加号码，如“0931-6212345”。"),
            ITEM.wrong(
                name,
                ITEM.filled(name) & where(read, lambda phones: not (phones.numbers or phones.wrong)),
                f"{label}“{{value}}”中没有电话号码，请填写区号加号码，如“0931-6212345”。",
            ),
            ITEM.wrong(
                name,
                where(read, lambda phones: bool(phones.wrong)),
                f"{label}中“{{wrong}}”不是有效号码：固定电话须为区号加7至8位号码，手机须为11位，热线为12345，请逐个核对更正。",
                wrong=wording(read, lambda phones: "”“".join(phones.wrong)),
            ),
        ),
    )


PHONE_RULES = (
    _phone_rule("G108", "phone", "咨询电话"),
    _phone_rule("G109", "complaint_phone", "监督电话"),
    GuideRule(
        "G110",
        "5.1 二",
        "5.1.2",
        "事项",
        ERROR,
        "咨询电话与监督电话不是同一号码",
        "两个电话均已填写",
        right="咨询0931-6212345，监督0931-6223456",
        wrong="咨询0931-6212345转1，监督0931-6212345转2",
        applies=ITEM.filled("phone", "complaint_phone"),
        checks=(
            ITEM.wrong(
                "complaint_phone",
                in_both(PHONE, COMPLAINT_PHONE),
                "监督电话{both}与咨询电话是同一号码（分机不计），请另设监督电话。",
                both=shared(PHONE, COMPLAINT_PHONE),
            ),
        ),
    ),
    GuideRule(
        "G111",
        "5.1 二",
        "5.1.2",
        "事项",
        ERROR,
        "两个电话在工作时间内畅通",
        "所有事项",
        right="工作时间拨打，有人接听",
        wrong="工作时间拨打，无人接听或为空号",
        question="工作时间拨打该事项的咨询电话和监督电话，是否均有人接听？",
    ),
)


def _note_rule(code: str, asked_in: str, note: str, label: str, right: str) -> GuideRule:
    return GuideRule(
        code,
        "5.1 三",
        "5.1.3",
        "事项",
        ERROR,
        f"有{label}的，{label}说明已填写",
        f"是否有{label}为“是”",
        right=right,
        wrong="（空白）",
        applies=ITEM.yes(asked_in),
        checks=(ITEM.wrong(note, ITEM.blank(note), f"该事项有{label}，请填写{label}说明。"),),
    )


NOTE_RULES = (
    _note_rule("G112", "has_intermediary", "intermediary_note", "中介服务", "需由有资质的机构出具施工图审查报告"),
    _note_rule("G113", "has_special_step", "special_step_note", "特殊环节", "需专家评审，10个工作日"),
    GuideRule(
        "G114",
        "5.1 三",
        "5.1.3",
        "事项",
        ERROR,
        "是否有中介服务、是否有特殊环节已回答",
        "所有事项",
        right="是否有中介服务“否”，是否有特殊环节“是”",
        wrong="（任一空白）",
        applies=ITEM.every,
        checks=(
            ITEM.wrong("has_intermediary", ITEM.blank("has_intermediary"), "是否有中介服务空白，请填“是”或“否”。"),
            ITEM.wrong("has_special_step", ITEM.blank("has_special_step"), "是否有特殊环节空白，请填“是”或“否”。"),
        ),
    ),
)

BASICS: tuple[GuideRule, ...] = (*TIME_RULES, *PLACE_RULES, *PHONE_RULES, *NOTE_RULES)
