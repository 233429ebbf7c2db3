"""数据目录: every dataset with its columns, and the indicators that count it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS, datasets_of
from components.elements.context import PageContext
from components.elements.links import address
from components.elements.phrases import lines, quiet
from components.elements.rendering import Parts
from components.elements.table import Column, Table, table_parts
from models.definitions import Dataset, Field, Frequency


def dataset_table(datasets: Sequence[Dataset], here: PageContext) -> Parts:
    """Return the datasets in the order of the catalogue; a title gives its template."""
    counting = _counting()
    columns = (
        Column[Dataset](
            "title", "数据", lambda dataset: dataset.title, href=lambda dataset: address(f"templates/{dataset.code}")
        ),
        Column[Dataset]("frequency", "频次", _frequency),
        Column[Dataset]("fields", "列", lambda dataset: "、".join(_labels(dataset)), drawn=_fields),
        Column[Dataset](
            "indicators", "用于指标", lambda dataset: "、".join(counting.get(dataset.code, ())) or "没有指标数它"
        ),
        Column[Dataset](
            "declared", "来源", lambda dataset: "方案声明" if dataset.is_declared else "系统自带", is_filter=True
        ),
    )
    return table_parts(
        Table("datasets", "数据目录", columns, counted="种数据", page_size=None, css="data-catalogue"), datasets, here
    )


def _counting() -> dict[str, list[str]]:
    """Dataset → the titles of the indicators that count it."""
    counting: dict[str, list[str]] = {}
    for key, indicator in INDICATORS.items():
        for code in datasets_of(key):
            titles = counting.setdefault(code, [])
            if indicator.title not in titles:
                titles.append(indicator.title)
    return counting


def _frequency(dataset: Dataset) -> str:
    if dataset.frequency is Frequency.SNAPSHOT:
        return "现行全部"
    return "每季" if dataset.quarterly else "每月"


def _labels(dataset: Dataset) -> list[str]:
    return [field.label for part in dataset.parts for field in part.fields]


def _fields(dataset: Dataset) -> Markup:
    """Of several sheets each by itself; what a plan added to a shipped one apart."""
    return lines(
        (
            *(
                f"{part.title}：{_listed(part.fields)}" if len(dataset.parts) > 1 else _listed(part.fields)
                for part in dataset.parts
            ),
            *(quiet(f"方案增加：{added}") for added in [_added(dataset)] if added),
        )
    )


def _listed(fields: Sequence[Field]) -> str:
    return "、".join(field.label + ("（必填）" if field.required else "") for field in fields)


def _added(dataset: Dataset) -> str:
    if dataset.is_declared:
        return ""
    shipped = {field.name for field in DATASETS.shipped[dataset.code].main.fields}
    return "、".join(field.label for field in dataset.main.fields if field.name not in shipped)
