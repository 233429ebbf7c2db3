"""Guides against other datasets: from records to the contradictions, each a frame with one row a case. Source: issue of
guide accuracy.
"""

from __future__ import annotations

import pandas as pd

from rules.conditions import numbers
from rules.guides.phones import read_phones
from rules.item_codes import basic_codes

MANY_ITEMS = 5  # items of different units that give one number before it is worth a look
HOTLINE = 6  # digits: what is shorter is a hotline like 12345, shared by right
NOT_LISTED = "不在认领清单"


def cases_without_guide(cases: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Return unit, item_code, cases: items with cases this year that are in no guide of the district.
    Most cases first.
    """
    handled = cases.assign(cases=numbers(cases["cases"]))
    handled = handled[handled["item_code"].notna() & (handled["cases"] >= 1)]
    absent = handled[~handled["item_code"].isin(items["item_code"].dropna())]
    cases_by_item = absent.groupby(["unit", "item_code"], sort=False)["cases"].sum().reset_index()
    return cases_by_item.sort_values("cases", ascending=False, kind="stable", ignore_index=True)


def guides_not_claimed(items: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return unit, item_code, item_name, claim: guides whose item the unit has not claimed.

    Units without a list of claims are left out: nothing can be said of them.
    """
    listed = claims.drop_duplicates(["unit", "basic_code"], keep="last")[["unit", "basic_code", "claim"]]
    known = items[items["unit"].isin(claims["unit"].unique())]
    guides = known.assign(basic_code=basic_codes(known))[["unit", "item_code", "item_name", "basic_code"]]
    compared = guides[guides["basic_code"].notna()].merge(listed, on=["unit", "basic_code"], how="left")
    return compared[compared["claim"] != "已认领"].fillna({"claim": NOT_LISTED}).reset_index(drop=True)


def phones_shared(items: pd.DataFrame, at_least: int = MANY_ITEMS) -> pd.DataFrame:
    """Return phone, items (count), units (names): numbers for questions that so many items of different units give.
    Most items first.
    """
    numbers_of = {text: read_phones(text).numbers for text in items["phone"].dropna().unique()}
    given = (
        items.assign(number=items["phone"].map(numbers_of))[["unit", "item_code", "number"]]
        .explode("number")
        .dropna(subset="number")
    )
    given = given[given["number"].map(len) > HOTLINE]
    shared = (
        given.groupby("number", sort=False).agg(items=("item_code", "nunique"), units=("unit", _distinct)).reset_index()
    )
    many = shared[(shared["items"] >= at_least) & (shared["units"].map(len) > 1)]
    return many.rename(columns={"number": "phone"}).sort_values(
        "items", ascending=False, kind="stable", ignore_index=True
    )


def promised_differently(items: pd.DataFrame) -> pd.DataFrame:
    """Return item, item_name, shortest, longest (working days), units ((unit, days), shortest first): the same item
    with different promises.

    The same item is the same 基本编码, and where that is blank the same name.
    """
    basic = basic_codes(items)
    timed = items.assign(item=basic.where(basic.notna(), items["item_name"]), days=numbers(items["promised_days"]))
    timed = timed[timed["item"].notna() & timed["days"].notna()].sort_values("days", kind="stable")
    groups = timed.groupby("item", sort=False)
    differing = timed[(groups["days"].transform("nunique") > 1) & (groups["unit"].transform("nunique") > 1)]
    rows = [
        (
            item,
            rows["item_name"].iloc[0],
            rows["days"].iloc[0],
            rows["days"].iloc[-1],
            tuple(zip(rows["unit"], rows["days"], strict=True)),
        )
        for item, rows in differing.groupby("item", sort=False)
    ]
    promises = pd.DataFrame(rows, columns=["item", "item_name", "shortest", "longest", "units"])
    widest = (promises["longest"] - promises["shortest"]).sort_values(ascending=False, kind="stable").index
    return promises.loc[widest].reset_index(drop=True)


def walk_ins_of_online_items(items: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Return unit, item_code, item_name, cases, online_cases, walk_ins: 全程网办 items with cases handled otherwise.
    Most walk-ins first.

    Months whose online cases are blank are left out: missing is not zero.
    """
    online = items.loc[items["online_depth"] == "全程网办", ["unit", "item_code", "item_name"]].drop_duplicates(
        ["unit", "item_code"]
    )
    counted = cases.assign(cases=numbers(cases["cases"]), online_cases=numbers(cases["online_cases"])).dropna(
        subset=["cases", "online_cases"]
    )
    sums = counted.groupby(["unit", "item_code"], as_index=False, sort=False)[["cases", "online_cases"]].sum()
    walked_in = online.merge(sums, on=["unit", "item_code"])
    walked_in["walk_ins"] = walked_in["cases"] - walked_in["online_cases"]
    return walked_in[walked_in["walk_ins"] > 0].sort_values(
        "walk_ins", ascending=False, kind="stable", ignore_index=True
    )


def _distinct(names: pd.Series) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
