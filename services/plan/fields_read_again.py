"""From the workbook of a plan that is kept to the bounds of its fields: earlier versions of the program cut 默认, 最小,
最大 and 长度 as they read them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from data_access.database import Session, reading, writing
from data_access.declarations import DATASET, FIELDS
from data_access.plan_store import plans_on_board, versions_of
from data_access.submissions import file_content
from models.definitions import Field
from models.plan_declarations import PlanDeclarations
from models.tables import DeclarationEntry, PlanRow
from services.access.audit_log import log
from services.access.clock import present
from services.access.permission import BUREAU_ALONE, requires_role
from services.access.refusal import RefusedRequest
from services.plan.declarations import standing_declarations, store_declarations
from services.plan.preview import preview_plan

Bounds = tuple[str, tuple[object, ...]]
"""Part and label of a field, and its default, least, most, length and longest text."""


@requires_role(*BUREAU_ALONE)
def read_fields_again() -> list[str]:
    """Enter the bounds of fields as the last workbook of each plan says them, from now on, where they are stored
    otherwise; return a sentence a plan of which they were, or whose workbook is no longer understood, of which nothing
    is changed.
    """
    with reading() as session:
        workbooks = [
            (plan, versions[-1].file_name, file_content(session, versions[-1].sha256), versions[-1].since)
            for plan in plans_on_board(session)
            if (versions := versions_of(session, plan.code))
        ]
    sentences: list[str] = []
    for plan, file_name, content, since in workbooks:
        declarations = None if content is None else _declarations(content, file_name, plan.code)
        if declarations is None:
            sentences += _not_understood(plan, file_name)
        elif number := _enter(plan, declarations, since):
            sentences.append(f"方案 {plan.code} 有 {number} 个字段的默认、最小、最大或长度已按保存的工作簿改正。")
    return sentences


def _declarations(content: bytes, file_name: str, plan: str) -> PlanDeclarations | None:
    try:
        preview = preview_plan(content, file_name)
    except RefusedRequest:
        return None
    is_same_plan = preview.declarations.facts.code == plan
    return preview.declarations if is_same_plan and not preview.errors else None


def _not_understood(plan: PlanRow, file_name: str) -> Iterator[str]:
    """What to do, where the plan has fields of its own at all."""
    with reading() as session:
        has_fields = any(True for _ in _bounds_stored(session, plan.code))
    if has_fields:
        yield (
            f"方案 {plan.code} 保存的工作簿“{file_name}”按本版规则有误，字段的默认、最小、最大和长度没有核对；"
            "请在“方案与存疑”重新上传这个方案，按提示改正。"
        )


def _enter(plan: PlanRow, declarations: PlanDeclarations, since: datetime | None) -> int:
    """Return how many fields were stored with other bounds."""
    with writing() as session:
        before = dict(_bounds_stored(session, plan.code))
        after = {name: bounds for name, bounds in _bounds_read(declarations) if name in before}
        changed = [name for name, bounds in after.items() if before[name] != bounds]
        if changed:
            now = present()
            store_declarations(session, plan, declarations, max(now, since or now))
            log(
                session,
                "upgrade",
                f"方案 {plan.code}",
                before={name: before[name] for name in changed},
                after={name: after[name] for name in changed},
            )
    return len(changed)


def _bounds_stored(session: Session, plan: str) -> Iterator[Bounds]:
    for (kind, _), entry in standing_declarations(session, plan).of_plan.items():
        if kind in ("dataset", "fields"):
            for part, fields in _fields_stored(entry).items():
                yield from _bounds(part, fields)


def _fields_stored(entry: DeclarationEntry) -> Mapping[str, Sequence[Field]]:
    if entry.kind == "fields":
        return {entry.key: FIELDS.validate_python(entry.declared)}
    return {part.code: part.fields for part in DATASET.validate_python(entry.declared).parts}


def _bounds_read(declarations: PlanDeclarations) -> Iterator[Bounds]:
    for dataset in declarations.datasets:
        for part in dataset.parts:
            yield from _bounds(part.code, part.fields)
    for code, fields in declarations.new_fields.items():
        yield from _bounds(code, fields)


def _bounds(part: str, fields: Sequence[Field]) -> Iterator[Bounds]:
    for field in fields:
        bounds = (field.default, field.minimum, field.maximum, field.length, field.longest)
        yield f"{part} {field.label}", bounds
