"""Bounds that an earlier version of the program cut are those of the plan's kept workbook again after an upgrade."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from catalogue.datasets import DATASETS
from data_access.database import noting, reading, writing
from data_access.figures import note_folding
from models.definitions import Field
from models.tables import DeclarationEntry, PlanVersion, StoredFile
from services.audit.search import AuditQuestion, find_acts
from services.operations.upgrade import bring_up_to_date
from services.plan.fields_read_again import read_fields_again
from tests.services.conftest import Report
from tests.services.plan.test_declared_dataset import LEDGER, SHEETS, code, imported

FEE = {"数据": LEDGER, "字段": "工本费", "类型": "小数", "必填": "可空", "最小": "0.5", "最大": "99.5", "默认": "1.5"}
COPIES = {"数据": "月度办件统计", "字段": "容缺件数", "类型": "整数", "必填": "可空", "最大": "500"}
FIELDS = [*(row for row in SHEETS["字段"] if row["字段"] not in ("工本费", "容缺件数")), FEE, COPIES]


def bounds_cut() -> None:
    """A plan with bounds, and these as an earlier version stored them: no fraction, no default, nothing added."""
    imported(字段=FIELDS)
    with writing() as session:
        for entry in session.exec(
            select(DeclarationEntry).where(col(DeclarationEntry.kind).in_(["dataset", "fields"]))
        ):
            entry.declared, entry.at = cut(entry.declared), entry.at + timedelta(seconds=1)


def cut(declared: Any) -> Any:
    if isinstance(declared, Mapping):
        shorter = {name: cut(value) for name, value in declared.items()}
        return shorter | {"minimum": 0, "maximum": None, "default": None} if "minimum" in shorter else shorter
    return [cut(value) for value in declared] if isinstance(declared, list) else declared


def field(dataset: str, label: str) -> Field:
    with reading():
        return next(each for each in DATASETS[dataset].main.fields if each.label == label)


def bounds(dataset: str, label: str) -> tuple[object, ...]:
    known = field(dataset, label)
    return known.minimum, known.maximum, known.default


@pytest.mark.long
def test_an_upgrade_reads_the_bounds_of_fields_again_from_the_kept_workbook(report: Report) -> None:
    bounds_cut()
    assert bounds(code(), "工本费") == (0, None, None)
    with noting() as session:
        note_folding(session, 0)
    said: list[str] = []
    bring_up_to_date(said.append)
    assert "方案 2024-YS 有 2 个字段的默认、最小、最大或长度已按保存的工作簿改正。" in said
    assert bounds(code(), "工本费") == (0.5, 99.5, 1.5)
    assert bounds("monthly_cases", "容缺件数") == (0, 500, None)
    entry = next(entry for entry in find_acts(AuditQuestion()).acts if entry.action == "upgrade")
    assert entry.subject == "方案 2024-YS"


@pytest.mark.long
def test_where_they_are_as_the_workbook_says_nothing_is_entered(report: Report) -> None:
    imported(字段=FIELDS)
    assert read_fields_again() == []
    assert bounds(code(), "工本费") == (0.5, 99.5, 1.5)


def test_a_kept_workbook_that_is_not_understood_any_more_is_named_and_changes_nothing(report: Report) -> None:
    bounds_cut()
    with writing() as session:
        session.add(StoredFile(sha256="0" * 64, size=5, content=b"early"))
        session.flush()
        (version,) = session.exec(select(PlanVersion).where(PlanVersion.plan == "2024-YS"))
        version.sha256 = "0" * 64
    (sentence,) = read_fields_again()
    assert sentence.startswith("方案 2024-YS 保存的工作簿")
    assert bounds(code(), "工本费") == (0, None, None)
