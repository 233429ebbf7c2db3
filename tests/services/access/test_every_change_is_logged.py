"""Whatever in the services can write is listed here: tried, its entry tells who, from where and what; or the reason why
there is none.
"""

import ast
import importlib
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from data_access.database import noting, writing
from data_access.figures import note_folding
from data_access.settings import set_setting
from frame.files import routes
from models.audit import AuditQuestion, LoggedAct
from models.instructions import Subject
from models.meetings import Promise
from models.messages import Way
from models.notices import Level
from models.people import Person, Role
from models.rounds import AttachedKind, RoundKind
from models.single_sign_on import Vouched
from models.spot_checks import Record
from models.units import UnitChangeKind, UnitEntry
from rules.as_of import parse_instant
from services.access.current_user import acting_as
from services.access.personal_data import reveal
from services.access.refusal import RefusedRequest
from services.accounts.import_accounts import import_accounts, passwords_workbook
from services.accounts.register import (
    add_account,
    allow_single_sign_on,
    disable_account,
    enable_account,
    reset_password,
)
from services.accounts.sessions import FromWhere, sign_out, sign_out_everywhere, signed_in
from services.accounts.sign_in import change_password, demonstrate, sign_in
from services.accounts.single_sign_on import sign_in_vouched
from services.assessment.rules import import_rules
from services.audit.search import audit_workbook, find_acts
from services.bulletins.drafting import draft
from services.bulletins.way import co_sign, issue, object_to, send_back, settle_objection
from services.bulletins.way import submit as submit_bulletin
from services.figures.guide_rule_settings import change_rule
from services.figures.refold import refold, refold_where_needed
from services.guides.manual_checks import record
from services.guides.todo import todo_workbook
from services.instructions.instructions import InstructionNotes, enter_instruction
from services.intake.case_numbering import set_numbering
from services.intake.checked_workbook import Request
from services.intake.checking import confirm_column
from services.intake.files import uploaded_file
from services.intake.upload import withdraw_submission
from services.meetings.meetings import call_meeting, cancel_meeting, commit_at_meeting, enter_questions
from services.milestones.evidence import attach, evidence_content, take_back
from services.milestones.progress import ProgressEntry, assignments, report_progress
from services.milestones.verification import verify, verify_several
from services.notices.messages import send_message
from services.notices.notices import note_opened, receive_notice, send_notice
from services.notices.reminders import decline_suggestion, reminders_as_of
from services.operations.backup import back_up, back_up_routinely, restore
from services.operations.sample_district import restore_sample
from services.operations.set_up import PLAN_FILE, set_up
from services.operations.upgrade import bring_up_to_date
from services.plan.deadline_requests import ask_for_later_deadline, decide_deadline, request_document
from services.plan.decisions import import_units, set_target, settle
from services.plan.documents import attach_document, document_content
from services.plan.fields_read_again import read_fields_again
from services.plan.in_force import import_plan
from services.plan.versions import version_workbook
from services.rectifications.acts import (
    Opening,
    accept,
    answer,
    apply_for_extension,
    extend,
    open_rectification,
    refuse_extension,
    reopen,
    return_answer,
    withdraw,
)
from services.rectifications.course import answer_file, rectification_course
from services.reporting.exemptions import decide_exemption
from services.rounds.acts import (
    RoundPlan,
    attach_to_round,
    change_round,
    conclude_round,
    detach_from_round,
    drop_round,
    plan_round,
    start_round,
)
from services.settings.calendar import change_day, enter_year
from services.settings.register import change_setting
from services.spot_checks import acts as spot_check_acts
from services.spot_checks import drawing as spot_check_drawing
from services.spot_checks.attachments import attach_file, attached_file
from services.spot_checks.control_copy import control_copy
from services.spot_checks.drawing import DrawRequest
from services.spot_checks.field_sheets import record as record_sheet
from services.spot_checks.field_sheets import record_one, sheet
from services.spot_checks.showing import spot_check_now
from services.talks.talks import TalkNotes, decline_talk, record_talk
from services.units.changes import UnitChangeForm, enter_unit_change
from services.units.import_units import store_units
from services.units.register import add_unit, change_unit, register_as_of
from tests.permissions.services_walked import modules
from tests.services.assessment.rule_books import rules_workbook
from tests.services.conftest import send, workbook
from tests.services.guides.test_guide_todo import ITEM, STEP
from tests.services.notices.servers import robot
from tests.services.plan.test_fields_read_again import bounds_cut

ROOT = Path(__file__).resolve().parents[3]
UNIT, AT, DAY = "区人社局", parse_instant("2023-07-03T10:00"), date(2023, 7, 31)
WHO = Person("王华", Role.BUREAU, address="10.1.2.3", login="wanghua")
DESK = FromWhere("10.1.2.3")
NEW = "三月的风吹过东关街道"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
CLAIM = {"基本编码": "000101001000", "事项名称": "社保卡", "责任单位": UNIT, "认领状态": "已认领"}


def brought_up_to_date() -> None:
    claims()
    with noting() as session:
        note_folding(session, 0)
    bring_up_to_date()


def folded_by_an_earlier_version() -> None:
    claims()
    with noting() as session:
        note_folding(session, 0)
    refold_where_needed()


def claims() -> int:
    done = send(
        workbook("catalogue_claims", [CLAIM]), "认领.xlsx", Request("catalogue_claims", UNIT, False, None), at=AT
    )
    assert done.submission is not None
    return done.submission


def guides() -> None:
    send(workbook("guides", {"事项": [ITEM], "流程": [STEP]}), "指南.xlsx", Request("guides", UNIT, False, None), at=AT)


def milestone() -> str:
    return next(assignment.measure for assignment in assignments(DAY, UNIT))


def reported_done() -> str:
    code = milestone()
    report_progress(UNIT, "2023-06", ProgressEntry(code, "已完成", "办结", completed_on=date(2023, 6, 30)), at=AT)
    return code


def evidence() -> int:
    return attach(reported_done(), UNIT, "通知.pdf", PDF, at=AT)


def verified_together() -> int:
    code = reported_done()
    attach(code, UNIT, "通知.pdf", PDF, at=AT)
    return verify_several([(code, UNIT)], "材料齐全", at=AT)


def account(name: str = "zhangsan", **given: Any) -> str:
    return add_account(name, "张三", "unit", UNIT, **given).password


def token() -> str:
    return sign_in("zhangsan", account(), DESK)


def renamed() -> UnitEntry:
    return replace(next(unit.entry for unit in register_as_of(DAY) if unit.entry.name == UNIT), name="区人社保障局")


def changed_password() -> None:
    password = account()
    person = signed_in(sign_in("zhangsan", password, DESK))
    assert person is not None
    change_password(person.person, password, NEW, NEW, DESK)


def refused_password() -> None:
    with pytest.raises(RefusedRequest):
        sign_in("nobody", "wrong", DESK)


def let_in_by_provider() -> None:
    account(single_sign_on=True)
    sign_in_vouched(Vouched("https://sso 1", "zhangsan"), DESK)


def units_file() -> bytes:
    return workbook("units", [{"单位名称": UNIT, "单位类别": "部门", "别名": "社保局"}])


def restored(folder: Path) -> None:
    back_up(folder / "备份.sqlite3")
    restore(folder / "备份.sqlite3")


def opened() -> str:
    return open_rectification(Opening(UNIT, "窗口电话无人接听"), at=AT).number


def of_unit(act: Callable[[], object]) -> None:
    """What only the unit may do is done by its person."""
    with acting_as(replace(WHO, role=Role.UNIT, unit=UNIT)):
        act()


def answered(number: str | None = None) -> str:
    number = number or opened()
    of_unit(lambda: answer(number, text="已增设座席", files=[("值班表.pdf", PDF)], at=AT))
    return number


def applied() -> str:
    number = opened()
    of_unit(lambda: apply_for_extension(number, until=date(2023, 8, 31), reason="设备采购", at=AT))
    return number


def closed() -> str:
    accept(number := answered(), at=AT)
    return number


def matter() -> str:
    return next(step.matter.code for reminder in reminders_as_of(DAY, UNIT) for step in reminder.steps)


def sent() -> str:
    noon = parse_instant("2023-07-31T12:00")
    return send_notice(UNIT, Level.REMIND, [matter()], reply_by=date(2023, 8, 4), at=noon).number


ROUND = RoundPlan("八月督查", RoundKind.SPECIAL, date(2023, 7, 3), date(2023, 7, 7), [UNIT], "李样")


def planned_round() -> str:
    return plan_round(ROUND, at=AT)[0].number


def started_round() -> str:
    return start_round(planned_round(), at=AT).number


def round_with_rectification() -> tuple[str, str]:
    number, other = planned_round(), opened()
    attach_to_round(number, AttachedKind.RECTIFICATION, other, at=AT)
    return number, other


def called_meeting() -> str:
    return call_meeting("七月督查会议", date(2023, 7, 3), [UNIT], at=AT).number


def instruction() -> InstructionNotes:
    return InstructionNotes("区长", AT.date(), "抓紧整改", Subject.UNIT, [UNIT], date(2023, 7, 31))


def sent_by_robot() -> None:
    with robot():
        send_message(UNIT, Way.ROBOT, "请按期办理")


def file_of_answer() -> int:
    return rectification_course(answered(), DAY).entries[0].files[0].number


def asked_for_deadline() -> int:
    numbers: list[int] = []
    of_unit(
        lambda: numbers.append(
            ask_for_later_deadline(
                "1.1", UNIT, until=date(2023, 11, 30), reason="系统改造", file_name="请示.pdf", content=PDF, at=AT
            )
        )
    )
    return numbers[0]


def attached_text() -> int:
    return attach_document("2023", 1, "方案.pdf", PDF, at=AT)


def drafted() -> int:
    return draft(date(2023, 6, 30), at=AT)


def submitted() -> int:
    submit_bulletin(number := drafted(), at=AT)
    return number


def objected() -> int:
    number = submitted()
    of_unit(lambda: object_to(number, UNIT, reason="该项已办结", at=AT))
    return number


def of_inspector(act: Callable[[int], object]) -> int:
    """What only the inspector may do with a bulletin that was submitted."""
    number = submitted()
    with acting_as(replace(WHO, role=Role.INSPECTOR)):
        act(number)
    return number


def co_signed() -> int:
    return of_inspector(lambda number: co_sign(number, at=AT))


LATER = parse_instant("2023-07-20T10:00")
KEY = f"{UNIT}|A1"


def by_inspector(act: Callable[[], Any]) -> Any:
    """What only the supervision office may do is done by its person."""
    with acting_as(replace(WHO, role=Role.INSPECTOR)):
        return act()


def drawn() -> str:
    """A check of the one guide, drawn at LATER."""
    guides()
    request = DrawRequest("guides", checkers=("甲", "乙"))
    return str(by_inspector(lambda: spot_check_drawing.draw(request, at=LATER)).check.number)


def voided() -> None:
    number = drawn()
    by_inspector(lambda: spot_check_acts.void(number, reason="误抽", at=LATER))


def stood_aside() -> None:
    number = drawn()
    by_inspector(lambda: spot_check_acts.withdraw_checker(number, "甲", key=None, reason="亲属", at=LATER))


def extended() -> None:
    rows = {"事项": [ITEM, ITEM | {"实施编码": "A2"}], "流程": [STEP]}
    send(workbook("guides", rows), "指南.xlsx", Request("guides", UNIT, False, None), at=AT)
    number = by_inspector(lambda: spot_check_drawing.draw(DrawRequest("guides", size=1), at=LATER)).check.number
    by_inspector(lambda: spot_check_drawing.extend(number, 1, at=LATER))


def found_wrong(number: str | None = None) -> str:
    number = number or drawn()
    answers = {"q1": True, "q2": False, "q3": True}
    wrong = Record(KEY, "甲", LATER, answers, note="材料不一致")
    by_inspector(lambda: record_one(number, wrong, 0, at=LATER))
    return number


def told_units() -> str:
    number = found_wrong()
    by_inspector(lambda: spot_check_acts.release(number, at=LATER))
    return number


def responded() -> str:
    number = told_units()
    of_unit(lambda: spot_check_acts.respond(number, KEY, accepts=True, at=LATER))
    return number


def confirmed() -> str:
    number = responded()
    spot_check_acts.decide(number, KEY, confirms=True, at=LATER)
    return number


def sheet_recorded() -> None:
    number = drawn()
    head = ["编号", "问1", "问2", "问3", "问4", "无法核查", "情况说明", "核查人", "核查时间"]
    book = Workbook()
    book.active.append(head)
    book.active.append([KEY, "是", "是", "是", None, None, None, "甲", "2023-07-20 10:00"])
    content = BytesIO()
    book.save(content)
    by_inspector(lambda: record_sheet(number, content.getvalue(), "现场表.xlsx", at=LATER))


def file_attached() -> int:
    number = drawn()
    by_inspector(lambda: attach_file(number, KEY, "照片.pdf", PDF, at=LATER))
    check = spot_check_now(number)
    return check.elements[0].files[0].number


BY_WHO = ("王华", "wanghua")
BY_NOBODY = ("未登录", "")
BY_OWNER = ("张三", "zhangsan")

WRITES: dict[str, tuple[str, tuple[str, str], Callable[[Path], object]]] = {
    "accounts.import_accounts.import_accounts": (
        "import accounts",
        BY_WHO,
        lambda _: import_accounts("账号,姓名,角色,责任单位\njia,甲,领导,\n".encode(), "账号.csv"),
    ),
    "accounts.import_accounts.passwords_workbook": (
        "download passwords",
        BY_WHO,
        lambda _: passwords_workbook((add_account("jia", "甲", "leader"),)),
    ),
    "accounts.register.add_account": ("add account", BY_WHO, lambda _: account()),
    "accounts.register.allow_single_sign_on": (
        "single sign-on",
        BY_WHO,
        lambda _: (account(), allow_single_sign_on("zhangsan", allowed=True)),
    ),
    "accounts.register.disable_account": (
        "disable account",
        BY_WHO,
        lambda _: (account(), disable_account("zhangsan")),
    ),
    "accounts.register.enable_account": (
        "enable account",
        BY_WHO,
        lambda _: (account(), disable_account("zhangsan"), enable_account("zhangsan")),
    ),
    "accounts.register.reset_password": ("reset password", BY_WHO, lambda _: (account(), reset_password("zhangsan"))),
    "accounts.attempts.failed": ("sign-in failed", BY_NOBODY, lambda _: refused_password()),
    "audit.search.audit_workbook": ("export audit", BY_WHO, lambda _: audit_workbook(AuditQuestion())),
    "operations.backup.back_up": ("back up", BY_WHO, lambda folder: back_up(folder / "备份.sqlite3")),
    "operations.backup.back_up_routinely": ("back up", BY_WHO, lambda folder: back_up_routinely(folder, 1)),
    "operations.backup.restore": ("restore", BY_WHO, restored),
    "settings.calendar.change_day": (
        "calendar day",
        BY_WHO,
        lambda _: change_day(date(2023, 7, 3), working=False, reason="国办发明电"),
    ),
    "settings.calendar.enter_year": (
        "calendar year",
        BY_WHO,
        lambda _: enter_year(2031, days_off="1月1日", make_up_days="", reason="国办发明电"),
    ),
    "intake.checking.confirm_column": (
        "confirm column",
        BY_WHO,
        lambda _: confirm_column(UNIT, "catalogue_claims", "catalogue_claims", "认领与否", "认领状态"),
    ),
    "intake.case_numbering.set_numbering": (
        "set numbering",
        BY_WHO,
        lambda _: set_numbering(UNIT, "help_cases", by_month=True),
    ),
    "rounds.acts.plan_round": ("plan round", BY_WHO, lambda _: planned_round()),
    "rounds.acts.change_round": (
        "change round",
        BY_WHO,
        lambda _: change_round(planned_round(), replace(ROUND, leader="王样"), at=AT),
    ),
    "rounds.acts.start_round": ("start round", BY_WHO, lambda _: started_round()),
    "rounds.acts.conclude_round": (
        "conclude round",
        BY_WHO,
        lambda _: conclude_round(started_round(), {UNIT: "规范"}, at=AT),
    ),
    "rounds.acts.drop_round": ("drop round", BY_WHO, lambda _: drop_round(planned_round(), reason="改期", at=AT)),
    "rounds.acts.attach_to_round": ("attach round", BY_WHO, lambda _: round_with_rectification()),
    "rounds.acts.detach_from_round": (
        "detach round",
        BY_WHO,
        lambda _: (
            (pair := round_with_rectification()),
            detach_from_round(pair[0], AttachedKind.RECTIFICATION, pair[1], at=AT),
        ),
    ),
    "meetings.meetings.call_meeting": ("call meeting", BY_WHO, lambda _: called_meeting()),
    "meetings.meetings.enter_questions": (
        "edit questions",
        BY_WHO,
        lambda _: enter_questions(called_meeting(), UNIT, ["何时完成？"], at=AT),
    ),
    "meetings.meetings.cancel_meeting": (
        "cancel meeting",
        BY_WHO,
        lambda _: cancel_meeting(called_meeting(), reason="改期", at=AT),
    ),
    "meetings.meetings.commit_at_meeting": (
        "commit at meeting",
        BY_WHO,
        lambda _: commit_at_meeting(called_meeting(), [Promise(UNIT, "增设座席", date(2023, 7, 31))], at=AT),
    ),
    "talks.talks.record_talk": (
        "record talk",
        BY_WHO,
        lambda _: record_talk(TalkNotes(UNIT, AT.date(), "李样、王样", "多项逾期", "要求限期完成"), at=AT),
    ),
    "talks.talks.decline_talk": ("decline talk", BY_WHO, lambda _: decline_talk(UNIT, reason="已电话沟通", at=AT)),
    "instructions.instructions.enter_instruction": (
        "enter instruction",
        BY_WHO,
        lambda _: enter_instruction(instruction(), at=AT),
    ),
    "notices.messages.send_message": ("send message", BY_WHO, lambda _: sent_by_robot()),
    "notices.notices.send_notice": ("send notice", BY_WHO, lambda _: sent()),
    "notices.notices.note_opened": (
        "open notice",
        BY_WHO,
        lambda _: (number := sent(), of_unit(lambda: note_opened(number))),
    ),
    "notices.notices.receive_notice": (
        "receive notice",
        BY_WHO,
        lambda _: (number := sent(), of_unit(lambda: receive_notice(number))),
    ),
    "notices.reminders.decline_suggestion": (
        "decline suggestion",
        BY_WHO,
        lambda _: decline_suggestion(UNIT, matter(), reason="已电话沟通", at=parse_instant("2023-07-31T12:00")),
    ),
    "plan.deadline_requests.ask_for_later_deadline": ("ask for deadline", BY_WHO, lambda _: asked_for_deadline()),
    "plan.deadline_requests.decide_deadline": (
        "decide deadline",
        BY_WHO,
        lambda _: decide_deadline(asked_for_deadline(), granted=True, reason="同意", at=AT),
    ),
    "plan.deadline_requests.request_document": (
        "download file",
        BY_WHO,
        lambda _: request_document(asked_for_deadline()),
    ),
    "assessment.rules.import_rules": (
        "import assessment",
        BY_WHO,
        lambda _: import_rules(rules_workbook(), "考核规则.xlsx", reason="会议议定", at=AT),
    ),
    "bulletins.drafting.draft": ("draft bulletin", BY_WHO, lambda _: drafted()),
    "bulletins.way.submit": ("submit bulletin", BY_WHO, lambda _: submitted()),
    "bulletins.way.object_to": ("object to bulletin", BY_WHO, lambda _: objected()),
    "bulletins.way.settle_objection": (
        "settle objection",
        BY_WHO,
        lambda _: settle_objection(objected(), UNIT, reason="已核实", at=AT),
    ),
    "bulletins.way.co_sign": ("co-sign bulletin", BY_WHO, lambda _: co_signed()),
    "bulletins.way.send_back": (
        "return bulletin",
        BY_WHO,
        lambda _: of_inspector(lambda number: send_back(number, reason="补充抽查情况", at=AT)),
    ),
    "bulletins.way.issue": (
        "issue bulletin",
        BY_WHO,
        lambda _: issue(co_signed(), skip_fact_check="会议急用", at=AT),
    ),
    "rectifications.acts.open_rectification": ("open rectification", BY_WHO, lambda _: opened()),
    "rectifications.acts.answer": ("answer rectification", BY_WHO, lambda _: answered()),
    "rectifications.acts.apply_for_extension": ("ask for extension", BY_WHO, lambda _: applied()),
    "rectifications.acts.accept": ("close rectification", BY_WHO, lambda _: closed()),
    "rectifications.acts.return_answer": (
        "return rectification",
        BY_WHO,
        lambda _: return_answer(answered(), reason="没有记录", at=AT),
    ),
    "rectifications.acts.extend": (
        "extend rectification",
        BY_WHO,
        lambda _: extend(applied(), until=date(2023, 8, 31), reason="设备采购", at=AT),
    ),
    "rectifications.acts.refuse_extension": (
        "refuse extension",
        BY_WHO,
        lambda _: refuse_extension(applied(), reason="可以先行解决", at=AT),
    ),
    "rectifications.acts.reopen": (
        "reopen rectification",
        BY_WHO,
        lambda _: reopen(closed(), due=date(2023, 8, 31), reason="反弹", at=AT),
    ),
    "rectifications.acts.withdraw": (
        "end rectification",
        BY_WHO,
        lambda _: withdraw(opened(), reason="误立", at=AT),
    ),
    "rectifications.course.answer_file": ("download evidence", BY_WHO, lambda _: answer_file(file_of_answer())),
    "spot_checks.drawing.draw": ("draw spot check", BY_WHO, lambda _: drawn()),
    "spot_checks.drawing.extend": ("extend spot check", BY_WHO, lambda _: extended()),
    "spot_checks.drawing.population_content": (
        "spot check population",
        BY_WHO,
        lambda _: spot_check_drawing.population_content(drawn()),
    ),
    "spot_checks.control_copy.control_copy": ("control copy", BY_WHO, lambda _: control_copy(drawn(), at=LATER)),
    "spot_checks.field_sheets.sheet": ("field sheet", BY_WHO, lambda _: sheet(drawn(), reason="核查", at=LATER)),
    "spot_checks.field_sheets.record": ("record spot check", BY_WHO, lambda _: sheet_recorded()),
    "spot_checks.field_sheets.record_one": ("record spot check", BY_WHO, lambda _: found_wrong()),
    "spot_checks.acts.release": ("release spot check", BY_WHO, lambda _: told_units()),
    "spot_checks.acts.respond": ("respond to finding", BY_WHO, lambda _: responded()),
    "spot_checks.acts.decide": ("decide finding", BY_WHO, lambda _: confirmed()),
    "spot_checks.acts.settle": (
        "settle finding",
        BY_WHO,
        lambda _: spot_check_acts.settle(confirmed(), KEY, reason="已改好", at=LATER),
    ),
    "spot_checks.acts.void": (
        "void spot check",
        BY_WHO,
        lambda _: voided(),
    ),
    "spot_checks.acts.withdraw_checker": (
        "withdraw checker",
        BY_WHO,
        lambda _: stood_aside(),
    ),
    "spot_checks.attachments.attach_file": ("attach to spot check", BY_WHO, lambda _: file_attached()),
    "spot_checks.attachments.attached_file": (
        "download evidence",
        BY_WHO,
        lambda _: attached_file(file_attached()),
    ),
    "milestones.evidence.attach": ("attach evidence", BY_WHO, lambda _: evidence()),
    "milestones.evidence.evidence_content": ("download evidence", BY_WHO, lambda _: evidence_content(evidence())),
    "milestones.evidence.take_back": ("take back evidence", BY_WHO, lambda _: take_back(evidence(), at=AT)),
    "reporting.exemptions.decide_exemption": (
        "exempt",
        BY_WHO,
        lambda _: decide_exemption(UNIT, "reviews", exempt=True, reason="无窗口", at=AT),
    ),
    "intake.files.uploaded_file": ("download file", BY_WHO, lambda _: uploaded_file(claims())),
    "guides.manual_checks.record": (
        "hand finding",
        BY_WHO,
        lambda _: (guides(), record("G111", UNIT, "A1", passed=True, note="", at=AT)),
    ),
    "figures.guide_rule_settings.change_rule": (
        "guide rule",
        BY_WHO,
        lambda _: change_rule("G106", enabled=False, severity="error", reason="暂缓", at=AT),
    ),
    "guides.todo.todo_workbook": ("download todo", BY_WHO, lambda _: (guides(), todo_workbook(UNIT, DAY))),
    "milestones.verification.verify": ("verify", BY_WHO, lambda _: verify(reported_done(), UNIT, returned=None, at=AT)),
    "milestones.verification.verify_several": ("verify", BY_WHO, lambda _: verified_together()),
    "access.personal_data.reveal": (
        "reveal",
        BY_WHO,
        lambda _: reveal("catalogue_claims", [(claims(), "catalogue_claims", 2)], "核实案件"),
    ),
    "plan.in_force.import_plan": (
        "import plan",
        BY_WHO,
        lambda _: import_plan(PLAN_FILE.read_bytes(), PLAN_FILE.name),
    ),
    "plan.documents.attach_document": ("attach plan text", BY_WHO, lambda _: attached_text()),
    "plan.documents.document_content": ("download file", BY_WHO, lambda _: document_content(attached_text())),
    "plan.versions.version_workbook": ("download file", BY_WHO, lambda _: version_workbook("2023", 1)),
    "plan.decisions.import_units": ("import units", BY_WHO, lambda _: import_units(units_file(), "名册.xlsx")),
    "plan.decisions.set_target": (
        "target",
        BY_WHO,
        lambda _: set_target("help_on_time_rate", target=0.9, baseline=None, reason="按月推进", at=AT),
    ),
    "plan.decisions.settle": (
        "settle",
        BY_WHO,
        lambda _: settle("2.1", deadline=date(2023, 9, 30), unit_words=[UNIT], reason="会议确定", at=AT),
    ),
    "plan.fields_read_again.read_fields_again": ("upgrade", BY_WHO, lambda _: (bounds_cut(), read_fields_again())),
    "milestones.progress.report_progress": ("import at", BY_WHO, lambda _: reported_done()),
    "figures.refold.refold": ("refold", BY_WHO, lambda _: refold()),
    "figures.refold.refold_where_needed": ("refold", BY_WHO, lambda _: folded_by_an_earlier_version()),
    "operations.sample_district.restore_sample": (
        "target",
        ("管理局", "wanghua"),
        lambda _: restore_sample(
            [
                {
                    "kind": "target",
                    "indicator": "help_on_time_rate",
                    "value": 0.9,
                    "reason": "按月推进",
                    "at": "2023-07-03T10:00",
                }
            ],
            ROOT,
            lambda _: None,
        ),
    ),
    "accounts.sessions.sign_out": ("sign out", BY_OWNER, lambda _: sign_out(token())),
    "accounts.sessions.sign_out_everywhere": ("sign out everywhere", BY_OWNER, lambda _: sign_out_everywhere(token())),
    "operations.upgrade.bring_up_to_date": ("refold", BY_WHO, lambda _: brought_up_to_date()),
    "operations.set_up.set_up": ("setting", BY_WHO, lambda _: set_up(district="某某区")),
    "settings.register.change_setting": (
        "setting",
        BY_WHO,
        lambda _: change_setting("idle_hours", 3, reason="会议决定"),
    ),
    "accounts.sign_in.change_password": ("change password", BY_OWNER, lambda _: changed_password()),
    "accounts.sign_in.demonstrate": ("sign in", ("管理局（演示）", "演示"), lambda _: demonstrated()),
    "accounts.sign_in.sign_in": ("sign in", BY_OWNER, lambda _: token()),
    "accounts.single_sign_on.sign_in_vouched": ("bind", BY_OWNER, lambda _: let_in_by_provider()),
    "units.import_units.store_units": (
        "import units",
        BY_WHO,
        lambda _: store_units(units_file(), "名册.xlsx", reason="区划调整"),
    ),
    "units.register.add_unit": (
        "add unit",
        BY_WHO,
        lambda _: add_unit(UnitEntry("西关街道", "镇街"), reason="区划调整"),
    ),
    "units.changes.enter_unit_change": (
        "rename unit",
        BY_WHO,
        lambda _: enter_unit_change(
            UnitChangeForm(UnitChangeKind.RENAME, (UNIT,), ("新城街道",), date(2023, 9, 1), "机构改革")
        ),
    ),
    "units.register.change_unit": ("change unit", BY_WHO, lambda _: change_unit(UNIT, renamed(), reason="更名")),
    "intake.upload.submit": ("import at", BY_WHO, lambda _: claims()),
    "intake.upload.withdraw_submission": ("withdraw", BY_WHO, lambda _: withdraw_submission(claims(), reason="重报")),
}
"""Use case → its entry: action, name and account of whoever did it; and a way to do it. All from 10.1.2.3."""

NO_ENTRY = {
    "plan.in_force.put_in_force": "import_plan, which it asks, leaves the entry",
    "operations.sample_rounds.go_round": "each act in the sample leaves its own entry",
    "operations.sample_spot_checks.inspect": "each act of a spot check in the sample leaves its own entry",
    "accounts.attempts.begin_attempt": "counts; what comes of the attempt is entered by failed, sign_in and tidy",
    "accounts.sessions.signed_in": "notes when somebody was last seen, once a minute",
    "operations.verify_backup.verify_backup": "writes into a copy that goes again",
    "accounts.single_sign_on.come_back": "asks the provider, then sign_in_vouched",
}

OF_A_FILE = {"operations.backup.back_up", "operations.backup.back_up_routinely", "operations.backup.restore"}

NOT_LOGGED_DOWNLOADS = {
    "assessment.rules.rules_file": "the bureau's own rules, which stand on screen for everyone",
    "assessment.rules.rules_template": "an empty workbook",
    "bulletins.register.bulletin_files": "what stands on screen for whoever may open it; of units, not of people",
    "cases.caseload.closed_cases": "the cases as they stand on screen, masked as there",
    "intake.marking.mark": "made of the file that whoever takes it has just sent; nothing of it is stored",
    "notices.documents.pack_file": "the pages as they stand on screen, masked as there",
    "notices.documents.notice_file": "the notice as it stands on screen, masked as there",
    "notices.deadline_calendar.calendar_file": "due days that stand on screen, no personal data",
    "plan.workbook.plan_workbook": "the plan as it stands on screen for everyone, no personal data",
    "rectifications.workbook.ledger_workbook": "the ledger as it stands on screen, masked as there",
    "reporting.workbook.reporting_workbook": "who reported what and when: no rows, no personal data, on screen for everyone",  # noqa: E501
    "intake.templates.template": "an empty workbook",
}


def demonstrated() -> None:
    with writing() as session:
        set_setting(session, "sample_data", True, since=None, reason="试", by="试")
    demonstrate("bureau", None, DESK)


def key(function: Callable[..., Any]) -> str:
    return f"{function.__module__.removeprefix('services.')}.{function.__name__}"


def asks(function: Callable[..., Any]) -> Iterator[Any]:
    """What stands by its name in a function of the services."""
    known = vars(importlib.import_module(function.__module__))
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function))))):
        if isinstance(node, ast.Name) and node.id in known:
            yield known[node.id]


def can_write(function: Callable[..., Any], seen: set[str]) -> bool:
    """Whether it opens a transaction that is kept, itself or by another function of the services."""
    seen.add(key(function))
    for called in asks(function):
        if called in (writing, noting):
            return True
        if (
            inspect.isfunction(called)
            and called.__module__.startswith("services.")
            and key(called) not in seen
            and can_write(called, seen)
        ):
            return True
    return False


def writers() -> set[str]:
    functions = {
        function
        for module in modules()
        for function in vars(module).values()
        if inspect.isfunction(function) and function.__module__ == module.__name__
    }
    return {
        key(function) for function in functions if not function.__name__.startswith("_") and can_write(function, set())
    }


@pytest.mark.long
def test_whatever_can_write_is_listed_with_its_entry_or_with_the_reason_why_it_has_none() -> None:
    assert writers() == WRITES.keys() | NO_ENTRY.keys()


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.embedded if name in OF_A_FILE else ()) for name in WRITES],
)
def test_it_leaves_an_entry_of_who_when_where_and_what(name: str, district: None, tmp_path: Path) -> None:
    action, by, do = WRITES[name]
    with acting_as(WHO):
        before = find_acts(AuditQuestion()).acts[0].number
        do(tmp_path)
        entries = [act for act in find_acts(AuditQuestion()).acts if act.number > before]
    assert any((act.action, (act.by, act.account), act.address) == (action, by, "10.1.2.3") for act in entries), [
        (act.action, act.by, act.account, act.address) for act in entries
    ]


CHANGES = {
    "assessment.rules.import_rules",
    "plan.documents.attach_document",
    "plan.deadline_requests.ask_for_later_deadline",
    "plan.deadline_requests.decide_deadline",
    "bulletins.drafting.draft",
    "bulletins.way.submit",
    "bulletins.way.co_sign",
    "bulletins.way.send_back",
    "bulletins.way.issue",
    "spot_checks.acts.release",
    "spot_checks.acts.void",
    "rounds.acts.start_round",
    "rounds.acts.conclude_round",
    "rounds.acts.drop_round",
    "meetings.meetings.enter_questions",
    "meetings.meetings.cancel_meeting",
    "rectifications.acts.accept",
    "rectifications.acts.answer",
    "rectifications.acts.extend",
    "rectifications.acts.open_rectification",
    "rectifications.acts.reopen",
    "rectifications.acts.return_answer",
    "rectifications.acts.withdraw",
    "accounts.register.add_account",
    "accounts.import_accounts.import_accounts",
    "accounts.register.allow_single_sign_on",
    "settings.calendar.change_day",
    "settings.calendar.enter_year",
    "reporting.exemptions.decide_exemption",
    "figures.guide_rule_settings.change_rule",
    "plan.decisions.import_units",
    "plan.decisions.set_target",
    "plan.decisions.settle",
    "settings.register.change_setting",
    "accounts.single_sign_on.sign_in_vouched",
    "units.register.add_unit",
    "units.register.change_unit",
    "units.import_units.store_units",
    "intake.upload.withdraw_submission",
    "milestones.evidence.attach",
    "milestones.evidence.take_back",
    "milestones.verification.verify",
    "milestones.verification.verify_several",
    "intake.case_numbering.set_numbering",
    "intake.checking.confirm_column",
    "guides.manual_checks.record",
    "operations.set_up.set_up",
    "accounts.register.disable_account",
    "accounts.register.enable_account",
    "accounts.register.reset_password",
}
"""Those of which what was there is told beside what is."""


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_change_tells_what_was_before_and_after(name: str, district: None, tmp_path: Path) -> None:
    action, _, do = WRITES[name]
    with acting_as(WHO):
        do(tmp_path)
        act: LoggedAct = find_acts(AuditQuestion(action=action)).acts[0]
    assert act.before != act.after and act.after is not None


def offers() -> Iterator[set[str]]:
    """Every place that offers a file to be made, by our own part or by Streamlit's button: the services that its
    content is made of.
    """
    for path in (
        *(ROOT / "pages").rglob("*.py"),
        *(ROOT / "components").rglob("*.py"),
        *(ROOT / "frame").rglob("*.py"),
    ):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = dict(services_imported(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in {
                "offer_file",
                "download_button",
            }:
                yield {known[name.id] for name in ast.walk(node) if isinstance(name, ast.Name) and name.id in known} - {
                    "access.current_user.current_user"
                }


def services_imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What a file imports from the services: its name there and the function's key."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("services."):
            for alias in node.names:
                if inspect.isfunction(function := getattr(importlib.import_module(node.module), alias.name)):
                    yield alias.asname or alias.name, key(function)


@pytest.mark.long
def test_every_download_is_logged_or_listed_with_the_reason_why_not() -> None:
    offered = list(offers())
    taken = set().union(*offered)
    assert len(offered) >= 5 and all(offered) and taken <= WRITES.keys() | NOT_LOGGED_DOWNLOADS.keys()
    by_route = {
        "/files/{number}": "intake.files.uploaded_file",
        "/evidence/{number}": "milestones.evidence.evidence_content",
        "/answer-files/{number}": "rectifications.course.answer_file",
        "/spot-check-files/{number}": "spot_checks.attachments.attached_file",
        "/templates/{code}": "intake.templates.template",
    }
    assert {route.path for route in routes()} == by_route.keys() | {"/made/{number}"}  # what was offered, counted above
    assert taken | set(by_route.values()) >= NOT_LOGGED_DOWNLOADS.keys()
    assert set(by_route.values()) <= WRITES.keys() | NOT_LOGGED_DOWNLOADS.keys()
