"""The rules in force, the versions before them, and the bureau's form for another one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.elements.context import PageContext
from components.elements.empty_state import note, section
from components.elements.facts import clock
from components.elements.file_types import WORKBOOKS
from components.elements.forms import entry_form, submit
from components.elements.offered_files import offer_file
from components.elements.rendering import render
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.elements.uploader import file_uploader
from models.assessment import AssessmentRule, RulesInForce
from rules.assessment.words import rule_in_words
from services.assessment.rules import import_rules, rules_file, rules_template

RULES: Table[AssessmentRule] = Table(
    "rules",
    "考核规则",
    (
        Column("name", "规则名称", lambda rule: rule.name, width=Width.UNBROKEN),
        Column("subject", "考核对象", lambda rule: rule.subject),
        Column("how", "赋分办法", rule_in_words, width=Width.REASON),
        Column("note", "依据和说明", lambda rule: rule.note, width=Width.PROSE),
    ),
    counted="条",
    page_size=None,
)
VERSIONS: Table[RulesInForce] = Table(
    "versions",
    "考核规则版本",
    (
        Column("number", "版本", lambda version: version.number, Kind.NUMBER),
        Column("at", "生效时间", lambda version: version.at, Kind.MOMENT),
        Column("rules", "规则", lambda version: len(version.rules), Kind.NUMBER, unit="条"),
        Column("file", "工作簿", lambda version: version.file_name),
        Column("by", "导入人", lambda version: version.by),
        Column("reason", "依据或理由", lambda version: version.reason, width=Width.PROSE),
    ),
    counted="版",
    page_size=None,
)


def draw_rules(rules: RulesInForce, here: PageContext) -> None:
    """Draw the rules in force: no points are told without them."""
    render(
        section("赋分规则", f"{clock(rules.at)} 起生效，{rules.by}：{rules.reason}"),
        table_parts(RULES, rules.rules, here),
        note(
            "期限未到的指标不扣分。单位没有承担考核对象，或没有数据、案件可供计算的，该条规则不计入其满分；各单位按得分率比较。"
            "不适用和存疑的举措不扣分。"
        ),
    )


def draw_versions(versions: Sequence[RulesInForce], here: PageContext) -> None:
    """Draw every version with its workbook as it was taken in."""
    render(section("历次规则", "以前的截至日期按当时生效的规则计分"), table_parts(VERSIONS, versions, here))
    for version in versions:
        label = f"下载第 {version.number} 版工作簿"
        render(offer_file(label, version.file_name, lambda number=version.number: rules_file(number)))  # type: ignore[misc]


def draw_import(here: PageContext) -> None:
    """Draw the bureau's form for another version."""
    render(offer_file("下载考核规则模板", "考核规则.xlsx", rules_template))
    with entry_form("import assessment", clear_on_submit=False):
        file = file_uploader("考核规则工作簿（.xlsx .xlsm .xls .xlsb .ods .csv）", type=WORKBOOKS)
        reason = st.text_input("依据或理由（必填，存入记录）", max_chars=200)
        if st.form_submit_button("导入并自此生效"):
            if file is None:
                st.warning("请先选择填好的考核规则工作簿。")
            else:
                content, name = file.getvalue(), file.name
                submit(lambda: _import(content, name, reason, here))


def _import(content: bytes, name: str, reason: str, here: PageContext) -> str:
    version = import_rules(content, name, reason=reason, at=here.now)
    return f"已导入“{name}”：{len(version.rules)} 条规则，自此生效；以前的截至日期不变。"
