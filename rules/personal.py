"""Masking of personal data: from what a person wrote to the same with names and numbers hidden.

What stays tells one case from another for those who work on it, and reaches nobody. Masking twice changes nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.definitions import PersonalData

HIDDEN = "*"
COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        (
            "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于"
            "司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生梁丘左丘东门西门第五"
        ),
    )
)
ORGANISATIONS = (
    "公司",
    "集团",
    "企业",
    "工厂",
    "商行",
    "商店",
    "超市",
    "经营部",
    "工作室",
    "事务所",
    "合作社",
    "中心",
    "医院",
    "诊所",
    "药店",
    "学校",
    "幼儿园",
    "银行",
    "支行",
    "协会",
    "委员会",
    "居委会",
    "村委会",
    "管理局",
    "办公室",
    "办事处",
    "街道",
    "项目部",
    "研究院",
    "设计院",
    "窗口",
    "大厅",
)
BETWEEN_NAMES = re.compile(r"([、，,;；/\s|（）()]+)")
TITLES = ("先生", "女士", "小姐", "同志", "老师")

MOBILE = r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
LANDLINE = r"(?<!\d)(?:0\d{2,3}[- ]?|[(（]0\d{2,3}[)）][- ]?)\d{7,8}(?!\d)"
NAMED_NUMBER = r"(?:电话|手机|座机|联系方式|微信|致电|拨打|号码)[号码是为]?[:： ]{0,2}\d[\d\- ]{4,}\d"
DAY_OF_YEAR = r"(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
IDENTITY = (
    rf"(?<!\d)[1-9]\d{{5}}(?:(?:19|20)\d{{2}}{DAY_OF_YEAR}\d{{3}}[\dXxＸ]|\d{{2}}{DAY_OF_YEAR}\d{{3}})(?![\dXxＸ])"
)
NUMBERS = re.compile(f"{IDENTITY}|{MOBILE}|{LANDLINE}|{NAMED_NUMBER}")
LONG_NUMBER = re.compile(r"\d[\d\- ]{3,}\d")
NAMED = re.compile(
    r"((?:姓名|联系人|申请人|诉求人|来电人|投诉人|举报人|当事人|负责人|本人)(?:姓名)?[:：] ?)([\u4e00-\u9fff·]{2,12})"
)


def mask(value: str, kind: PersonalData) -> str:
    """Return one value of a field of this kind masked."""
    return MASKS[kind](value)


def mask_names(text: str) -> str:
    """Return names masked: 张三、欧阳小明 → 张*、欧阳**; a company or an office keeps its name, for it is nobody's."""
    return "".join(part if number % 2 else mask_name(part) for number, part in enumerate(BETWEEN_NAMES.split(text)))


def mask_name(name: str) -> str:
    """Return the surname and a sign; a single sign is hidden whole."""
    if not name or _is_organisation(name):
        return name
    if len(name) == 1:
        return HIDDEN
    title = next((word for word in TITLES if name.endswith(word) and len(name) > len(word)), "")
    surname = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
    given = len(name) - surname - len(title)
    return name[:surname] + HIDDEN * given + title if given >= 0 else name[:1] + HIDDEN * (len(name) - 1)


def _is_organisation(name: str) -> bool:
    return len(name) > 4 and name.endswith(ORGANISATIONS)


def mask_phone(text: str) -> str:
    """Return 138****1234; of another number the last two digits. Words beside it are hidden too: they may be a name."""
    if len(text) == 11 and text.isdigit() and text[0] != "0":
        return f"{text[:3]}{HIDDEN * 4}{text[-4:]}"
    return re.sub(r"[^\W\d_*]", HIDDEN, re.sub(r"\d(?:[\d\- ]*\d)?", lambda match: _mask_number(match[0]), text))


def mask_identity(text: str) -> str:
    """Return the first three signs and the last four of eighteen or fifteen; of a shorter one the first."""
    signs = text.strip()
    before, after = (3, 4) if len(signs) >= 15 else (1, 0)
    return signs[:before] + HIDDEN * max(len(signs) - before - after, 0) + (signs[-after:] if after else "")


def mask_text(text: str, known: Iterable[str] = ()) -> str:
    """Return a text without numbers that reach or identify a person, names marked as such, and the `known` values of
    the same record.
    """
    there = {value for word in known if len(value := word.strip()) > 1 and value in text}
    for value in sorted(there, key=len, reverse=True):
        text = text.replace(value, mask_phone(value) if value[-1].isdigit() else mask_names(value))
    if LONG_NUMBER.search(text):  # most texts hold none, and looking closely takes long
        text = NUMBERS.sub(lambda match: _mask_number(match[0]), text)
    return NAMED.sub(lambda match: match[1] + mask_names(match[2]), text) if "：" in text or ":" in text else text


def _mask_number(text: str) -> str:
    """The digits that stay are counted among digits only, so that spaces and hyphens change nothing."""
    digits = [index for index, sign in enumerate(text) if sign.isdigit() or sign in "XxＸ"]
    if len(digits) < 5:
        return text
    before, after = (3, 4) if len(digits) in (11, 13, 15, 18) and text[digits[0]] != "0" else (0, 2)
    hidden = set(digits[before : len(digits) - after])
    return "".join(HIDDEN if index in hidden else sign for index, sign in enumerate(text))


MASKS = {
    PersonalData.NAME: mask_names,
    PersonalData.PHONE: mask_phone,
    PersonalData.IDENTITY: mask_identity,
    PersonalData.FREE_TEXT: mask_text,
}
