"""The rules of the assessment: an empty workbook out, a filled-in one in, every version kept with time and author."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from catalogue.datasets.assessment_rules import ASSESSMENT_RULES
from data_access.assessment import add_version, version_numbered, versions_until
from data_access.database import Session, reading, writing
from data_access.submissions import file_content, keep_file
from data_access.templates import template_workbook
from models.assessment import AssessmentVersion, RulesInForce
from models.plan import Plan
from models.validation import Problem
from rules.as_of import end_of_day
from rules.assessment.declared import rule_of, wrong_in
from rules.assessment.words import rule_in_words, rules_as_json, rules_of_json
from rules.intake.context import Understanding
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import BUREAU_ALONE, EVERYONE, requires_role
from services.access.refusal import RefusedRequest
from services.assessment.scopes import scope_of, subjects
from services.figures.district_state import plan_asked_about
from services.plan.decisions import read_own_workbook

EXAMPLE = {
    "name": "例：好差评按期整改",
    "subject": "领域：好差评",
    "full": "10",
    "overdue": "2",
    "case": "0.5",
    "missing": "1",
    "floor": "0",
    "note": "本行为示例，导入时不读取",
}


@requires_role(*EVERYONE)
def rules_template() -> bytes:
    """Return the workbook to fill in, with every subject of the plan to choose from and an example row."""
    with reading() as session:
        plan = plan_asked_about(session, present())
    choices = dict.fromkeys(subjects(plan), ())
    [part] = ASSESSMENT_RULES.parts
    offered = [replace(field, choices=choices) if field.name == "subject" else field for field in part.fields]
    dataset = replace(ASSESSMENT_RULES, parts=(replace(part, fields=tuple(offered)),))
    return template_workbook(dataset, example=EXAMPLE)


@requires_role(*BUREAU_ALONE)
def import_rules(content: bytes, file_name: str, *, reason: str, at: datetime) -> RulesInForce:
    """Put the rules of a workbook in force from `at` on; what was in force before stays as it was. Raises
    RefusedRequest with every wrong cell.
    """
    if not reason.strip():
        raise RefusedRequest("请写明依据或理由。")
    with writing() as session:
        plan = plan_asked_about(session, at + timedelta(microseconds=1))
        understood = read_own_workbook(
            content, file_name, ASSESSMENT_RULES, lambda reading: _problems(reading, plan), "assessment template"
        )
        rules = tuple(rule_of(row) for row in _rows(understood))
        if not rules:
            raise RefusedRequest(f"“{file_name}”中没有一条规则，请在模板中逐行填写后再导入。")
        before = versions_until(session, at + timedelta(microseconds=1))
        if before and before[0].at == at:
            raise RefusedRequest("同一时间已有一版考核规则，请稍后再导入。")
        version = AssessmentVersion(
            plan=plan.code,
            sha256=keep_file(session, content),
            file_name=file_name,
            rules=rules_as_json(rules),
            reason=reason.strip(),
            at=at,
            by=current_user().name,
        )
        number = add_version(session, version)
        log(
            session,
            "import assessment",
            file_name,
            before=_told(before[0]) if before else None,
            after=_told(version),
            detail={"reason": reason.strip(), "version": number, "at": at.isoformat()},
        )
        return _in_force(version)


def _rows(understood: Understanding) -> list[dict[str, Any]]:
    frame = understood.frames["assessment_rules"]
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    return [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in rows]


def _problems(understood: Understanding, plan: Plan) -> Iterator[Problem]:
    """What no reading of single cells tells: numbers out of range, subjects that are not there."""
    letters = {column.name: column.column for sheet in understood.sheets for column in sheet.columns}
    labels = {field.name: field.label for field in ASSESSMENT_RULES.main.fields}
    for row in _rows(understood):
        if row["subject"] is None or row["full"] is None:  # told already: a blank cell that must be filled in
            continue
        for name, sentence in wrong_in(row, scope_of(row["subject"], plan)):
            yield Problem(
                row["_sheet"],
                int(row["_row"]),
                letters.get(name),
                labels[name],
                "bad-value",
                "error",
                row[name],
                sentence,
            )


def _told(version: AssessmentVersion) -> dict[str, str]:
    return {rule.name: f"{rule.subject}：{rule_in_words(rule)}" for rule in rules_of_json(version.rules)}


def rules_in(session: Session, end: datetime) -> RulesInForce | None:
    """Return the rules in force just before `end`, or None where there are none; within a transaction."""
    versions = versions_until(session, end)
    return _in_force(versions[0]) if versions else None


@requires_role(*EVERYONE)
def rule_versions(as_of: date) -> tuple[RulesInForce, ...]:
    """Return every version entered by the end of a day, the newest first."""
    with reading() as session:
        return tuple(map(_in_force, versions_until(session, end_of_day(as_of))))


@requires_role(*EVERYONE)
def rules_file(number: int) -> bytes:
    """Return the workbook of a version as it was taken in. Raises RefusedRequest."""
    with reading() as session:
        version = version_numbered(session, number)
        content = file_content(session, version.sha256) if version else None
    if content is None:
        raise RefusedRequest(f"没有编号为 {number} 的考核规则。")
    return content


def _in_force(version: AssessmentVersion) -> RulesInForce:
    return RulesInForce(
        version.id or 0, rules_of_json(version.rules), version.file_name, version.reason, version.at, version.by
    )
