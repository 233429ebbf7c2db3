"""Create or upgrade the database: tables, calendar, plan, units, and on request the sample district."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from catalogue.settings import SETTINGS
from data_access.accounts import any_account
from data_access.calendar_days import seed_calendar
from data_access.database import Session, as_one_transaction, is_initialised, reading, upgrade, writing
from data_access.plan_store import is_untouched, plan_at, task_rows, units
from data_access.settings import set_setting, settings_at
from data_access.submissions import any_submission
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import acting_as, current_user
from services.access.permission import BUREAU_ALONE, requires_role
from services.access.refusal import RefusedRequest
from services.accounts.sessions import settings_now
from services.figures.refold import refold_where_needed
from services.intake.checking import is_month
from services.operations.sample_district import BUREAU, SAMPLES, Sample, restore_sample
from services.operations.upgrade import Say, bring_up_to_date
from services.plan.decisions import Imported, import_units
from services.plan.import_again import UnconfirmedChanges
from services.plan.in_force import import_plan
from services.units.import_units import read_units, store_units

PLAN_FILE, UNITS_FILE = SAMPLES["district"].plan, SAMPLES["district"].units
"""What ships: the plan of 2023, and the units of its sample."""


@dataclass(frozen=True)
class SetUp:
    tasks: int
    units: int
    submissions: int
    doubts: tuple[str, ...]


@requires_role(*BUREAU_ALONE)
def set_up(
    *,
    plan: Path | None = None,
    units_file: Path | None = None,
    district: str | None = None,
    first_month: str | None = None,
    sample: str = "",
    agreed: bool = False,
    reason: str = "",
    say: Say = lambda _: None,
) -> SetUp:
    """Make the database, or bring it up to date; what is there stays. All that is given goes in, or nothing does.

    The shipped plan goes into a new database for which none is given. `sample`: which of SAMPLES. Raises RefusedRequest
    with every error, also where sample and real data would mix.
    """
    loaded_sample = _sample_named(sample)
    was_there = is_initialised()
    given = [(name, path, _content(path)) for name, path in (("units", units_file), ("plan", plan)) if path is not None]
    if first_month is not None and not is_month(first_month):
        raise RefusedRequest(f"首个填报月份“{first_month}”不能识别，请写成 2023-06 的形式。")
    settings = {"district": district, "first_reporting_month": first_month}
    if was_there:
        bring_up_to_date(say)
    else:
        upgrade()
        refold_where_needed()
    if loaded_sample:
        _mark_as_sample()
    if _has_submissions():
        loaded_sample = None
    if loaded_sample and units_file is None:
        given.insert(0, ("units", loaded_sample.units, _content(loaded_sample.units)))
    if plan is None and (loaded_sample or not was_there):
        plan_file = loaded_sample.plan if loaded_sample else PLAN_FILE
        given.append(("plan", plan_file, _content(plan_file)))
    done = list[str]()
    with as_one_transaction():  # where one of the files is wrong nothing of the others is in
        with writing() as session:
            if not loaded_sample:
                _keep_apart(session, sample=False, real=bool(plan or units_file or district or first_month))
            seed_calendar(session)
            for name, value in settings.items():
                if value is not None:
                    _set(session, name, value, "初始化")
            has_plan = bool(task_rows(session))
        workbooks = given if not has_plan or plan else [workbook for workbook in given if workbook[0] == "units"]
        _import(workbooks, done.append, agreed=agreed, reason=reason)
    for line in done:
        say(line)
    if not was_there:
        say("数据库已是最新结构。")
    loaded = _load_sample(loaded_sample, say) if loaded_sample else 0
    with reading() as session:
        tasks = plan_at(session, present() + timedelta(microseconds=1)).tasks
        doubts = tuple(f"{task.code} {doubt}" for task in tasks for doubt in task.doubts)
        return SetUp(len(tasks), len(units(session)), loaded, doubts)


def _keep_apart(session: Session, *, sample: bool, real: bool) -> None:
    """A sample database is one from its first step on and stays one; its way in without an account must not open real
    data.
    """
    is_sample = settings_now(session)["sample_data"]
    if is_sample and real and not sample:
        raise RefusedRequest(
            "库中是示例数据，不能导入真实的方案、单位或区名。请另建数据库（移走 data 目录中的库文件，或以 DATABASE_URL 指定），再运行 init。"  # noqa: E501
        )
    if sample and not is_sample:
        if task_rows(session) or units(session) or any_account(session) or any_submission(session):
            raise RefusedRequest(
                "库中已有方案、单位、账号或报送，不是示例数据，不能装入示例区。要看示例的，请以 DATABASE_URL 指定另一个数据库。"  # noqa: E501
            )
        _set(session, "sample_data", True, "示例数据")


def _mark_as_sample() -> None:
    """Before anything of it goes in: what is broken off is a sample already."""
    with writing() as session:
        _keep_apart(session, sample=True, real=False)


def _set(session: Session, name: str, value: Any, reason: str) -> None:
    """A setting from the beginning on."""
    before = settings_at(session, present()).get(name)
    set_setting(session, name, value, since=None, reason=reason, by=current_user().name)
    log(
        session,
        "setting",
        SETTINGS[name].title if name in SETTINGS else name,
        before=before,
        after=value,
        detail={"setting": name, "reason": reason},
    )


def _has_submissions() -> bool:
    with reading() as session:
        return any_submission(session)


def _import(given: Sequence[tuple[str, Path, bytes]], say: Say, *, agreed: bool, reason: str) -> None:
    """Every file, or none: raises RefusedRequest with what is wrong in any of them, UnconfirmedChanges as it is."""
    refusals = []
    for name, path, content in given:
        try:
            if name == "units":
                _import_units(content, path.name, reason, say)
            else:
                _import_plan(content, path.name, say, agreed=agreed, reason=reason)
        except UnconfirmedChanges:
            raise
        except RefusedRequest as refused:
            refusals.append(str(refused))
    if refusals:
        raise RefusedRequest("\n".join([*refusals, "以上文件均未导入。"] if len(given) > 1 else refusals))


def _import_units(content: bytes, file_name: str, reason: str, say: Say) -> None:
    """Into a plan in use they come as a change from now on, as on screen."""
    with reading() as session:
        in_use = bool(task_rows(session)) and not is_untouched(session)
    if not in_use:
        done = import_units(content, file_name)
        if not done.units:
            raise RefusedRequest(f"“{file_name}”中没有填写责任单位，请填好后再导入。")
        say(f"已导入责任单位 {done.units} 个（{file_name}）。")
        _say_left_out(done, file_name, say)
        return
    units_read = read_units(content, file_name)
    if units_read.new or units_read.changed:
        store_units(content, file_name, reason=reason or f"导入 {file_name}")
    say(f"单位名册：新增 {len(units_read.new)} 个，变更 {len(units_read.changed)} 个，自现在起生效（{file_name}）。")


def _import_plan(content: bytes, file_name: str, say: Say, *, agreed: bool, reason: str) -> None:
    done = import_plan(content, file_name, agreed=agreed, reason=reason, alone=True)
    if not done.tasks:
        raise RefusedRequest(f"“{file_name}”中没有填写任务，请填好后再导入。")
    for line in done.changes:
        say(line)
    say(f"已导入方案：{done.tasks} 项任务、{done.measures} 项举措（{file_name}）。")
    _say_left_out(done, file_name, say)


def _say_left_out(done: Imported, file_name: str, say: Say) -> None:
    if done.left_out:
        say(f"“{file_name}”中没有采用的列：{'、'.join(done.left_out)}。")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RefusedRequest(f"打不开文件“{path}”，请检查路径。") from error


def _sample_named(name: str) -> Sample | None:
    if name and name not in SAMPLES:
        raise RefusedRequest(f"没有示例“{name}”，可用：{'、'.join(SAMPLES)}。")
    return SAMPLES.get(name)


def _load_sample(sample: Sample, say: Say) -> int:
    manifest = json.loads(sample.manifest.read_text(encoding="utf-8"))
    with acting_as(replace(BUREAU, login=current_user().login, address=current_user().address)):
        with writing() as session:
            for name, value in manifest["settings"].items():
                _set(session, name, value, "示例数据")
        return restore_sample(manifest["entries"], sample.folder, say)
