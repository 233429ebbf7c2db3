"""Accounts from a workbook (账号 姓名 角色 责任单位): all of them, or none and a sentence for every wrong cell."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from catalogue.datasets.accounts import ACCOUNTS
from data_access.database import noting, reading
from data_access.judging import understand_apart
from data_access.plan_store import units
from data_access.spreadsheets import read
from data_access.table_workbook import SheetTable, table_workbook
from models.cells import Refused
from models.people import WORDS, Role
from models.validation import Problem
from rules.intake import IntakeContext, Understanding
from services.access.audit_log import log
from services.access.permission import requires_role
from services.access.refusal import RefusedRequest
from services.accounts.register import NewAccount, new_account
from services.accounts.sessions import settings_now
from services.figures.unit_names import unit_names

SHOWN = 20  # sentences
ROLES = {word: role for role, word in WORDS.items()}


@requires_role(Role.BUREAU)
def import_accounts(content: bytes, file_name: str) -> tuple[NewAccount, ...]:
    """Return the new accounts with their one-time passwords. Raises RefusedRequest; then none was added."""
    rows = _understood(content, file_name)
    sheet = {part.name: {column.name: column.column for column in part.columns} for part in rows.sheets}
    added, wrong, after = [], [], {}
    with noting() as session:
        for row in rows.frames[ACCOUNTS.main.code].to_dict("records"):
            try:
                new = new_account(session, *_typed(row), single_sign_on=row["single_sign_on"] is True)
                added.append(new)
                after[new.name] = dict(zip(("person", "role", "unit"), _typed(row)[1:], strict=True)) | {
                    "single_sign_on": row["single_sign_on"] is True
                }
            except RefusedRequest as refused:
                column = "unit" if "单位" in str(refused) else "account"
                wrong.append(f"工作表“{row['_sheet']}”{sheet[row['_sheet']].get(column, '')}{row['_row']}：{refused}")
        if wrong or not added:
            raise RefusedRequest(_told(file_name, wrong))
        log(session, "import accounts", file_name, after=after)
    return tuple(added)


@requires_role(Role.BUREAU)
def passwords_workbook(added: tuple[NewAccount, ...]) -> bytes:
    """Names and one-time passwords on one sheet, to be handed over; made when it is asked for, which is logged, and
    kept nowhere.
    """
    with noting() as session:
        log(session, "download passwords", "account", detail={"accounts": [account.name for account in added]})
    rows = [(account.name, account.person, account.password) for account in added]
    return table_workbook([SheetTable("一次性密码", ("账号", "姓名", "一次性密码"), rows)])


def _typed(row: dict[Any, Any]) -> tuple[str, str, str, str | None]:
    unit = row["unit"]
    return str(row["account"]), str(row["person"]), ROLES[row["role"]], unit if isinstance(unit, str) else None


def _understood(content: bytes, file_name: str) -> Understanding:
    with reading() as session:
        names = unit_names(units(session), settings_now(session)["district"])
    context = IntakeContext(units=names, plan_year=datetime.now(UTC).year, district=True)
    try:
        understanding = understand_apart(read(content, file_name), [ACCOUNTS], context)
    except Refused as refused:
        raise RefusedRequest(f"“{file_name}”{refused.refusal.message}") from refused
    if understanding.refusal is not None:
        raise RefusedRequest(f"“{file_name}”{understanding.refusal.message}")
    errors = [problem for problem in understanding.problems if problem.severity == "error"]
    if errors:
        raise RefusedRequest(_told(file_name, [_place(problem) + problem.message for problem in errors]))
    return understanding


def _place(problem: Problem) -> str:
    return f"工作表“{problem.sheet}”{problem.cell or ''}：" if problem.sheet else ""


def _told(file_name: str, wrong: list[str]) -> str:
    if not wrong:
        return f"“{file_name}”中没有账号。"
    rest = [f"另有 {len(wrong) - SHOWN} 处。"] if len(wrong) > SHOWN else []
    return "\n".join([f"“{file_name}”共有 {len(wrong)} 处错误，一个账号也没有导入：", *wrong[:SHOWN], *rest])
