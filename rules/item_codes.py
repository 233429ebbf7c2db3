"""实施编码 and 基本编码: what a well-formed code is, and which item a record means. Source: guide_rules.md G401;
datasets.md.
"""

from __future__ import annotations

import re

import pandas as pd

from rules.conditions import yes

ITEM_CODE = re.compile(r"[0-9A-Za-z]{18}[0-9][0-9A-Za-z]{12}")
"""统一社会信用代码 (18) + 行使层级 (1 digit) + 基本编码 (12)."""


def is_well_formed_item_code(codes: pd.Series) -> pd.Series:
    """Return for each code whether it has the 31 characters of 18 + 1 + 12; a blank is not well formed."""
    return codes.astype(object).map(ITEM_CODE.fullmatch, na_action="ignore").notna()


def basic_codes(items: pd.DataFrame) -> pd.Series:
    """Return the 基本编码 of each guide item; where blank, the last 12 characters of a 31-character 实施编码."""
    codes = items["item_code"].astype(object)
    inside = codes.where(codes.map(len, na_action="ignore").eq(31)).map(lambda code: code[-12:], na_action="ignore")
    return items["basic_code"].astype(object).where(items["basic_code"].notna(), inside)


def published_basic_codes(items: pd.DataFrame) -> pd.Series:
    """Return the 基本编码 of each guide item marked 指南是否发布 = 是; missing for the others."""
    return basic_codes(items).where(yes("published")(items))


def item_identity(reviews: pd.DataFrame) -> pd.Series:
    """Return the item each review means: its 实施编码; where blank, the code the same 事项名称 carries in another
    review, else the name.

    A name that carries several codes stands for the first of them in order of the alphabet.
    """
    codes, names = reviews["item_code"].astype(object), reviews["item_name"].astype(object)
    blank = codes.isna()
    if not blank.any():
        return codes
    coded = reviews.loc[~blank & names.isin(names[blank].unique()), ["item_name", "item_code"]].drop_duplicates()
    code_of_name = coded.groupby("item_name")["item_code"].min().to_dict()
    return codes.where(~blank, names.map(lambda name: code_of_name.get(name, name), na_action="ignore"))
