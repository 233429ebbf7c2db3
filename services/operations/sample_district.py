"""From the entries of the sample's manifest to the district with its history: every report, file and decision at its
own time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from catalogue.datasets import dataset_named
from data_access.database import ROOT, as_one_transaction
from models.corrections import CellCorrection
from models.definitions import Reporter
from models.notices import Level
from models.people import Person, Role
from models.validation import ValidationReport
from rules.as_of import parse_instant
from services.access.current_user import acting_as, current_user
from services.access.permission import BUREAU_ALONE, requires_role
from services.access.refusal import RefusedRequest
from services.assessment.rules import import_rules
from services.bulletins.drafting import draft
from services.bulletins.way import co_sign, issue, object_to
from services.bulletins.way import submit as submit_bulletin
from services.guides.manual_checks import record
from services.intake.checked_workbook import CheckedWorkbook, Request
from services.intake.checking import check
from services.intake.corrections import correct
from services.intake.upload import submit, withdraw_submission
from services.milestones.evidence import attach, take_back
from services.milestones.verification import verify
from services.notices.notices import note_opened, receive_notice, send_notice
from services.operations.sample_rounds import KINDS, go_round
from services.operations.sample_spot_checks import inspect
from services.plan.decisions import set_target, settle
from services.rectifications.acts import (
    Opening,
    accept,
    answer,
    apply_for_extension,
    extend,
    open_rectification,
    reopen,
    return_answer,
    withdraw,
)
from services.rectifications.course import unit_of
from services.reporting.exemptions import decide_exemption


@dataclass(frozen=True)
class Sample:
    """A sample district of `sample_data/`. `folder` holds its manifest, and the files that the manifest names."""

    plan: Path
    units: Path
    folder: Path

    @property
    def manifest(self) -> Path:
        return self.folder / "manifest.json"


SAMPLE_DATA = ROOT / "sample_data"
SAMPLES = {
    "district": Sample(SAMPLE_DATA / "2023年任务分解表.xlsx", SAMPLE_DATA / "责任单位.xlsx", SAMPLE_DATA / "district"),
    "business": Sample(
        SAMPLE_DATA / "business" / "2024年营商环境方案.xlsx",
        SAMPLE_DATA / "business" / "责任单位.xlsx",
        SAMPLE_DATA / "business",
    ),
}
"""By their names: the district of 政务服务 in 2023, the zone of 营商环境 in 2024."""
BUREAU = Person("管理局", Role.BUREAU)
"""Who decides in the sample district."""
INSPECTOR = Person("督查室", Role.INSPECTOR)
"""Who looks at guides there."""

Say = Callable[[str], None]
Entry = dict[str, Any]
Restored = dict[str, int]
"""File of the manifest → the number it got, for the entries that take it back."""
Opened = dict[str, str]
"""What the manifest calls a rectification or a spot check → the number it got."""


@requires_role(*BUREAU_ALONE)
def restore_sample(entries: Sequence[Entry], folder: Path, say: Say) -> int:
    """Return how many workbooks were submitted when the sample was loaded into a database with its plan and units;
    `folder`: where the files that the entries name lie. Raises RefusedRequest.
    """
    accepted = [
        entry | ({"path": folder / entry["file"]} if "file" in entry else {})
        for entry in entries
        if entry.get("expect", "accepted") == "accepted"
    ]
    restored: Restored = {}
    opened: Opened = {}
    with (
        acting_as(_as(BUREAU)),
        ThreadPoolExecutor(max_workers=2) as readers,
    ):  # files are read ahead in processes of their own
        ahead = [
            readers.submit(copy_context().run, _read, entry) if _is_workbook(entry) else None for entry in accepted
        ]
        with as_one_transaction():
            for number, (entry, reading_) in enumerate(zip(accepted, ahead, strict=True), 1):
                if reading_ is not None:
                    restored[entry["file"]] = _submit(entry, reading_.result())
                else:
                    _act(entry, restored, opened)
                if number % 50 == 0 or number == len(accepted):
                    say(f"示例数据：{number}/{len(accepted)}")
    return sum(map(_is_workbook, accepted))


def _is_workbook(entry: Entry) -> bool:
    return bool(entry["kind"] == "submit")


def _read(entry: Entry) -> CheckedWorkbook:
    """Without its cells: many wait for their turn."""
    path, dataset = entry["path"], dataset_named(entry["dataset"])
    request = Request(
        dataset.code if dataset else entry["dataset"], entry["unit"], entry["unit"] is None, entry.get("month")
    )
    workbook = check(_content(path), path.name, request)
    corrections = [CellCorrection(**values) for values in entry.get("corrections", ())]
    return replace(correct(workbook, corrections) if corrections else workbook, cells=None)


def _submit(entry: Entry, workbook: CheckedWorkbook) -> int:
    with acting_as(_sender(entry)):
        done = submit(workbook, at=parse_instant(entry["at"]), explanation=entry.get("explanation", ""))
    if done.submission is None:
        raise RefusedRequest(f"示例文件“{entry['file']}”未通过检查：{_first_error(done.report)}")
    return done.submission


def _sender(entry: Entry) -> Person:
    """The unit itself; the bureau where it reports that dataset alone, or for the whole district."""
    unit, dataset = entry["unit"], entry.get("dataset")  # what is attached or taken back names none
    known = dataset and dataset_named(dataset)
    reports_itself = unit and not (known and known.reporter is Reporter.BUREAU)
    return _as(Person(unit, Role.UNIT, unit) if reports_itself else BUREAU)


def _as(person: Person) -> Person:
    """Somebody of the sample, played by whoever restores it: the log tells both."""
    return replace(person, login=current_user().login, address=current_user().address)


def _first_error(report: ValidationReport) -> str:
    if report.refused is not None:
        return report.refused.message
    return next(f"{problem.cell or ''} {problem.message}" for problem in report.problems if problem.severity == "error")


def _act(entry: Entry, restored: Restored, opened: Opened) -> None:
    """Everything but a workbook, by whoever may do it."""
    match entry["kind"]:
        case "verify" | "settle" | "target" | "exempt":
            _decide(entry)
        case "attach" | "take back" | "withdraw":
            with acting_as(_sender(entry)):
                _attach_or_take_back(entry, restored)
        case "find":
            with acting_as(_as(INSPECTOR)):
                record(
                    rule=entry["rule"],
                    unit=entry["unit"],
                    item=entry["item"],
                    passed=entry["passed"],
                    note=entry["note"],
                    at=parse_instant(entry["at"]),
                )
        case "rectify":
            _rectify(entry, opened)
        case "inspect":
            inspect(entry, opened)
        case "assess":
            content = _content(entry["path"])
            name, at = Path(entry["file"]).name, parse_instant(entry["at"])
            import_rules(content, name, reason=entry["reason"], at=at)
        case "notify" | "receive":
            _notify(entry)
        case kind if kind in KINDS:
            go_round(entry)
        case kind if kind.endswith(" bulletin"):
            _act_on_bulletin(entry)
        case kind:
            raise RefusedRequest(f"示例清单中有不认识的条目“{kind}”。")


def _decide(entry: Entry) -> None:
    """A decision of the bureau: verification, ruling, target or exemption."""
    at = parse_instant(entry["at"])
    match entry["kind"]:
        case "verify":
            verify(entry["measure"], entry["unit"], returned=entry.get("return"), at=at)
        case "settle":
            deadline = entry.get("deadline")
            settle(
                entry["task"],
                deadline=date.fromisoformat(deadline) if deadline else None,
                unit_words=entry.get("units"),
                reason=entry["reason"],
                at=at,
            )
        case "target":
            set_target(
                entry["indicator"],
                target=entry.get("value"),
                baseline=entry.get("baseline"),
                reason=entry["reason"],
                at=at,
            )
        case "exempt":
            decide_exemption(entry["unit"], entry["dataset"], exempt=entry["exempt"], reason=entry["reason"], at=at)


def _rectify(entry: Entry, opened: Opened) -> None:
    """The inspectors open and decide, the unit answers and asks for more time."""
    at, case, text = parse_instant(entry["at"]), entry["case"], entry.get("text") or ""
    due = date.fromisoformat(entry["due"]) if entry.get("due") else None
    if entry["act"] == "open":
        opening = Opening(
            entry["unit"], entry["issue"], source=entry["source"], days=entry["days"], measure=entry["measure"]
        )
        with acting_as(_as(INSPECTOR)):
            opened[case] = open_rectification(opening, at=at).number
        return
    number = opened[case]
    unit = unit_of(number)
    of_unit = entry["act"] in ("answer", "apply")
    with acting_as(_as(Person(unit, Role.UNIT, unit) if of_unit else INSPECTOR)):
        match entry["act"]:
            case "answer":
                completed = entry.get("completed")
                completed_on = date.fromisoformat(completed) if completed else None
                answer(number, text=text, completed_on=completed_on, cause=entry["cause"], at=at)
            case "accept":
                accept(number, remark=text, at=at)
            case "return":
                return_answer(number, reason=text, due=due, at=at)
            case "withdraw":
                withdraw(number, reason=text, at=at)
            case "apply" if due:
                apply_for_extension(number, until=due, reason=text, at=at)
            case "extend" if due:
                extend(number, until=due, reason=text, at=at)
            case "reopen" if due:
                reopen(number, due=due, reason=text, at=at)


def _notify(entry: Entry) -> None:
    at, unit = parse_instant(entry["at"]), entry["unit"]
    if entry["kind"] == "notify":
        with acting_as(_as(BUREAU)):
            send_notice(
                unit,
                Level(entry["level"]),
                entry["matters"],
                reply_by=date.fromisoformat(entry["reply_by"]),
                text=entry["text"],
                at=at,
            )
        return
    with acting_as(_as(Person(unit, Role.UNIT, unit))):
        note_opened(entry["number"], at=at)
        receive_notice(entry["number"], unit, at=at)


def _act_on_bulletin(entry: Entry) -> None:
    """A step on the way of a bulletin, by the office whose it is."""
    number, at = entry["bulletin"], parse_instant(entry["at"])
    match entry["kind"]:
        case "draft bulletin":
            draft(date.fromisoformat(entry["as_of"]), at=at)
        case "submit bulletin":
            submit_bulletin(number, at=at)
        case "object to bulletin":
            with acting_as(_sender(entry)):
                object_to(number, entry["unit"], reason=entry["reason"], at=at)
        case "co-sign bulletin":
            with acting_as(_as(INSPECTOR)):
                co_sign(number, at=at)
        case "issue bulletin":
            issue(number, at=at)


def _attach_or_take_back(entry: Entry, restored: Restored) -> None:
    at, file = parse_instant(entry["at"]), entry["file"]
    match entry["kind"]:
        case "attach":
            path = entry["path"]
            restored[file] = attach(entry["measure"], entry["unit"], path.name, _content(path), at=at)
        case "take back":
            take_back(restored[file], at=at)
        case "withdraw":
            withdraw_submission(restored[file], reason=entry["reason"], at=at)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RefusedRequest(f"打不开文件“{path}”，请检查路径。") from error
