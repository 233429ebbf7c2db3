"""An invented district: its 24 towns and sub-districts, 35 departments and three named units, with their other
names.
"""

from __future__ import annotations

from dataclasses import dataclass

DISTRICT = "云岭区"

STREETS = (
    "云台街道",
    "柳林街道",
    "东关街道",
    "西园街道",
    "南湖街道",
    "北苑街道",
    "文昌街道",
    "滨河街道",
    "新桥街道",
    "锦屏街道",
)
TOWNS = (
    "青石镇",
    "白水镇",
    "清溪镇",
    "石门镇",
    "龙泉镇",
    "双河镇",
    "榆树镇",
    "桃源镇",
    "平川镇",
    "黄花镇",
    "永安镇",
    "金塔镇",
)
TOWNSHIPS = ("松岗乡", "石峡乡")

# Short name: full name as on the door.
DEPARTMENT_NAMES = {
    "区发改局": "区发展和改革局",
    "区教育局": "区教育事业局",
    "区科技局": "区科学技术局",
    "区工信局": "区工业和信息化局",
    "区民宗局": "区民族宗教事务局",
    "区公安分局": "市公安局云岭分局",
    "区民政局": "区民政事务局",
    "区司法局": "区司法行政局",
    "区财政局": "区财政金融局",
    "区人社局": "区人力资源和社会保障局",
    "区住建局": "区住房和城乡建设局",
    "区城管局": "区城市管理综合执法局",
    "区交通局": "区交通运输局",
    "区水务局": "区水利水务局",
    "区农业农村局": "区农业农村和乡村振兴局",
    "区商务局": "区商务和投资促进局",
    "区文旅局": "区文化和旅游局",
    "区卫健局": "区卫生健康局",
    "区退役军人局": "区退役军人事务局",
    "区应急局": "区应急管理局",
    "区市场监管局": "区市场监督管理局",
    "区体育局": "区体育事业局",
    "区统计局": "区统计和调查局",
    "区医保局": "区医疗保障局",
    "区林草局": "区林业和草原局",
    "区税务局": "国家税务总局云岭区税务局",
    "区气象局": "区气象服务局",
    "区消防大队": "区消防救援大队",
    "区人防办": "区人民防空办公室",
    "区残联": "区残疾人联合会",
    "区档案局": "区档案和史志局",
    "区烟草局": "区烟草专卖局",
    "区粮储局": "区粮食和物资储备局",
    "区公积金管理部": "市住房公积金管理中心云岭管理部",
    "区生态环境分局": "市生态环境局云岭分局",
}
MORE_ALIASES = {
    "区发改局": ("发改局", "区发改委"),
    "区人社局": ("人社局", "区人社"),
    "区住建局": ("住建局",),
    "区市场监管局": ("市监局", "区市监局"),
    "区卫健局": ("卫健局", "区卫健委"),
    "区公安分局": ("公安云岭分局",),
    "区城管局": ("区城管执法局",),
    "区民政局": ("民政局",),
    "区医保局": ("医保局",),
    "区农业农村局": ("区农业局",),
    "区交通局": ("交通运输局",),
    "区商务局": ("商务局",),
    "区教育局": ("教育局",),
    "区工信局": ("区工信和科技局",),
}
OTHER_NAMES = {
    "三维数字中心": ("云岭区三维数字中心", "区三维数字社会服务管理中心"),
    "区工改办": ("区工程建设项目审批制度改革领导小组办公室",),
    "市自然资源局分局": ("市自然资源局云岭分局", "自然资源分局"),
}
ENGINEERING = ("区发改局", "区住建局", "区城管局", "区水务局", "区林草局", "区人防办", "区气象局", "区生态环境分局")

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN_NAMES = ("样一", "样二", "样三", "样四", "样五", "样六", "样七", "样八", "样九")


@dataclass(frozen=True)
class Unit:
    name: str
    kind: str
    aliases: tuple[str, ...]
    number: int  # its place in the list, from 1

    @property
    def engineering(self) -> bool:
        return self.name in ENGINEERING

    @property
    def leader(self) -> str:
        return invented_name(self.number)

    @property
    def person(self) -> str:
        return invented_name(self.number * 7 + 3)

    @property
    def phone(self) -> str:
        return f"0360-5550{self.number:03d}"

    @property
    def credit_code(self) -> str:
        """18 characters in the form of a unified social credit code; region 990106 exists nowhere."""
        return with_check_character(
            f"11990106{self.number * 7919 % 1000000:06d}{'MNPQ'[self.number % 4]}{self.number % 10}K"
        )


def invented_name(number: int) -> str:
    """Return a name that nobody bears."""
    return SURNAMES[number % len(SURNAMES)] + GIVEN_NAMES[number // 4 % len(GIVEN_NAMES)]


def with_check_character(first_17: str) -> str:
    """Return the code with the 18th character from the first 17 (GB 32100-2015)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * pow(3, index, 31) for index, c in enumerate(first_17))
    return first_17 + alphabet[-total % 31]


def _rows() -> list[tuple[str, str, tuple[str, ...]]]:
    streets = [(name, "镇街", (f"{name}便民服务中心",)) for name in STREETS]
    towns = [(name, "镇街", (f"{name}政府",)) for name in TOWNS + TOWNSHIPS]
    departments = [(name, "部门", (full, *MORE_ALIASES.get(name, ()))) for name, full in DEPARTMENT_NAMES.items()]
    others = [(name, "其他", aliases) for name, aliases in OTHER_NAMES.items()]
    return streets + towns + departments + others


UNITS = tuple(Unit(name, kind, aliases, number) for number, (name, kind, aliases) in enumerate(_rows(), start=1))
UNIT = {unit.name: unit for unit in UNITS}
