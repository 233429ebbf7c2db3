"""方案清单: the plans on the board with their days, and the workbooks by which they came."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements.context import PLAN, PageContext
from components.elements.links import download
from components.elements.offered_files import offered_address
from components.elements.phrases import lines, quiet
from components.elements.table import Column, Kind, Table, Width, table_markup
from components.plan.documents import texts_in_words
from rules.as_of import day_of
from services.plan.documents import plan_documents
from services.plan.in_force import ListedPlan
from services.plan.versions import KeptVersion, plan_versions, version_workbook


def plans_table(plans: Sequence[ListedPlan], current: str | None, here: PageContext) -> Markup:
    """Return the plans, each with the way to it. `current`: the code of the one that the day has."""

    def address(plan: ListedPlan) -> str:
        code = plan.facts.code
        return here.same_page(**{PLAN: None if code == current else code})

    versions = {plan.facts.code: plan_versions(plan.facts.code, here.day) for plan in plans}
    texts = {plan.facts.code: plan_documents(plan.facts.code, here.day) for plan in plans}
    columns = (
        Column[ListedPlan]("code", "编号", lambda plan: plan.facts.code, width=Width.UNBROKEN, href=address),
        Column[ListedPlan]("title", "名称", lambda plan: plan.facts.title, drawn=lambda plan: _title(plan, current)),
        Column[ListedPlan]("begins", "起", lambda plan: plan.facts.begins, Kind.DAY, Width.UNBROKEN),
        Column[ListedPlan]("ends", "止", lambda plan: plan.facts.ends, Kind.DAY, Width.UNBROKEN),
        Column[ListedPlan]("since", "生效", _since, width=Width.UNBROKEN),
        Column[ListedPlan]("tasks", "任务", lambda plan: plan.tasks, Kind.NUMBER),
        Column[ListedPlan]("measures", "举措", lambda plan: plan.measures, Kind.NUMBER),
        Column[ListedPlan](
            "workbooks",
            "导入的工作簿",
            lambda plan: "、".join(version.file_name for version in versions[plan.facts.code]),
            drawn=lambda plan: _workbooks(plan.facts.code, versions[plan.facts.code]),
        ),
        Column[ListedPlan](
            "texts",
            "方案原文",
            lambda plan: "、".join(text.file_name for text in texts[plan.facts.code]),
            drawn=lambda plan: texts_in_words(plan.facts.code, texts[plan.facts.code]),
        ),
    )
    return table_markup(Table("plans", "方案清单", columns, counted="个方案", page_size=None), plans, here)


def _title(plan: ListedPlan, current: str | None) -> Markup:
    beside = [words for words in ("现行" if plan.facts.code == current else "", plan.facts.document) if words]
    return lines((plan.facts.title, *map(quiet, beside)))


def _since(plan: ListedPlan) -> str:
    return "建立看板时" if plan.in_force_since is None else day_of(plan.in_force_since).isoformat()


def _workbooks(plan: str, versions: Sequence[KeptVersion]) -> Markup:
    return lines(_workbook(plan, version) for version in versions) if versions else quiet("未保存")


def _workbook(plan: str, version: KeptVersion) -> Markup:
    """As it was imported, byte for byte."""
    href = offered_address(
        f"{plan} {version.number}", version.file_name, lambda: version_workbook(plan, version.number)[1]
    )
    words = f"，{version.reason}" if version.reason else ""
    return Markup("{} {}").format(
        download(f"第 {version.number} 版", href, version.file_name), quiet(f"{day_of(version.at)} 导入{words}")
    )
