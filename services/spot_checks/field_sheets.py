"""Field sheets (现场表): made for whoever goes out, and recorded when they come back filled in, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from catalogue.spot_checks import LEDGERS
from data_access.database import Session, noting, reading, writing
from data_access.field_sheet import SheetColumn, SheetRow, field_sheet_workbook
from data_access.judging import understand_apart
from data_access.spot_checks import add_entries
from data_access.spreadsheets import read
from models.cells import Refused
from models.definitions import Kind
from models.people import Role
from models.spot_checks import Element, Record, SpotCheck, SpotCheckResultRow, State
from models.validation import Problem
from rules.as_of import EVER, SHANGHAI, day_of
from rules.intake import IntakeContext
from rules.numbering import number_printed
from rules.spot_checks.field_sheet import (
    TITLE,
    SheetTerms,
    annex_name,
    entry_problem,
    field_sheet,
    hidden_sheets,
    missing_headings,
    of_another_check,
    parse_hours,
    read_rows,
    with_plain_headings,
)
from rules.spot_checks.results import result_of
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import WHO_SUPERVISES, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import DistrictState, district_state
from services.figures.unit_names import names_of
from services.spot_checks.attachments import RESULT, Files, attach_in
from services.spot_checks.checks_as_of import spot_check_in
from services.spot_checks.populations import record_texts

OPEN_STATES = (State.DRAWN, State.RECORDING, State.COMPLETE)


@dataclass(frozen=True)
class RecordResult:
    """What became of an upload: nothing is stored unless `accepted`. `check` is as it stands after it."""

    check: SpotCheck
    accepted: bool
    problems: tuple[Problem, ...]


@requires_role(*WHO_SUPERVISES)
def sheet(number: str, *, reason: str, at: datetime | None = None) -> tuple[str, bytes]:
    """Return the field sheet's name and bytes; logged. `reason` is needed where it carries citizens' numbers.

    Raises RefusedRequest for an unknown or a voided check.
    """
    instant = at or present()
    with noting() as session:
        check = spot_check_in(session, number, district_state(session, instant + timedelta(microseconds=1)), EVER)
        _refuse_void(check)
        if check.kind.personal and not reason.strip():
            raise RefusedRequest("这张表有群众的姓名和电话，请写明用途后再下载。")
        taken_by = f"{current_user().name} {_clock(instant)}"
        content = _workbook(session, check, taken_by)
        log(
            session,
            "field sheet",
            f"spot-check {check.number}",
            detail={"reason": reason.strip(), "rows": len(check.elements), "at": instant.isoformat()},
        )
    return f"抽查{number}现场表.xlsx", content


def _workbook(session: Session, check: SpotCheck, taken_by: str) -> bytes:
    dataset = field_sheet(check.kind, check.masked)
    labels = {field.name: field.label for field in dataset.main.fields}
    columns = [
        SheetColumn("序号"),
        *(
            SheetColumn(field.label, field.kind is Kind.YES_NO and field.name != "claim", field.kind is Kind.DATETIME)
            for field in dataset.main.fields
        ),
    ]
    contents = contents_of(session, check.elements)
    rows = [
        SheetRow(
            (
                element.position,
                element.key,
                element.unit,
                contents[element.key],
                *(() if check.masked else (_claim(element.claim),)),
            ),
            frozenset(labels[question.code] for question in check.kind.questions if question not in element.questions),
        )
        for element in check.elements
    ]
    title = f"{number_printed(TITLE, check.number)} {check.kind.title}现场表"
    lines = head_lines(check, taken_by)
    return field_sheet_workbook(title, lines, columns, rows, _explained(check))


def _claim(claim: bool | None) -> str:
    return "" if claim is None else "是" if claim else "否"


def contents_of(session: Session, elements: Sequence[Element]) -> dict[str, str]:
    """Return key → what the sheet prints of it, citizens' names and numbers among it."""
    contents = {element.key: element.content for element in elements}
    for ledger in LEDGERS.values():
        elements_of_part = [
            element for element in elements if element.part == ledger.part and element.record_id is not None
        ]
        people = record_texts(
            session, ledger, ledger.tells_of_people, [element.record_id or 0 for element in elements_of_part]
        )
        for element, words in zip(elements_of_part, people, strict=True):
            contents[element.key] = "；".join(part for part in (element.content, words) if part)
    return contents


def head_lines(check: SpotCheck, taken_by: str = "") -> list[str]:
    """Return what is printed above the table and kept: all that a stranger needs to draw again."""
    months = f"{check.month_from or '年初'} 至 {check.month_to or '截至日期前最后一个整月'}"
    return [
        f"抽查对象：{check.kind.population}；截至 {check.as_of}",
        f"单位：{'、'.join(check.units) if check.units else '全部'}"
        + (f"；月份：{months}" if check.kind.monthly else ""),
        f"方法：{check.method.word}"
        + (f"，每单位至少 {check.minimum} 个" if check.method.value == "stratified" else "")
        + f"；种子：{check.seed}；置信度 {check.confidence.share:.0%}",
        f"总体 {check.population} 个，抽取 {len(check.elements)} 个；第 {check.attempt} 次抽取，{_clock(check.at)}",
        f"总体摘要（SHA-256）：{check.digest}",
        *([f"领取人和时间：{taken_by}"] if taken_by else []),
        "填写：问题填“是”或“否”；有“否”或无法核查的写明情况；填写核查人和核查时间。灰格不问。",
    ]


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def replay_line(check: SpotCheck, key: str) -> str:
    """Return the shell command with which a stranger makes the ticket of a key."""
    return f"printf '%s' {_quoted(f'{check.seed}|{key}')} | sha256sum"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _explained(check: SpotCheck) -> list[str]:
    lines = [
        "怎样重做这次抽取：",
        "1. 每个对象的号 = 对“种子|编号”取 SHA-256；号从小到大排列，抽取最小的。",
        "   分层的在每个单位内抽取；按风险加权的以号除以权重排列，必抽的在前。",
        "2. 核对一个号：在任一台电脑上运行下面的命令，应得出表中的号。",
        *([f"   {replay_line(check, check.elements[0].key)}"] if check.elements else []),
        "3. 总体摘要 = 全部编号按字符编码排序、用换行连接后取 SHA-256；按风险加权的每行为“编号|权重”。",
        f"4. 附件：{annex_name(check.number)}（抽取总体），可从抽查页面下载；文件的 SHA-256 应为",
        f"   {check.population_file}",
        "",
        "序号、编号、号的前 16 位：",
    ]
    return lines + [f"{element.position}  {element.key}  {element.drawn.ticket[:16]}" for element in check.elements]


@requires_role(Role.INSPECTOR)
def record(number: str, content: bytes, file_name: str, *, at: datetime | None = None) -> RecordResult:
    """Store the filled sheet, wholly or not at all. Raises RefusedRequest where it is no field sheet of this check."""
    instant = at or present()
    end = instant + timedelta(microseconds=1)
    with reading() as session:
        state = district_state(session, end)
        check, seen = spot_check_in(session, number, state, end), spot_check_in(session, number, state, EVER)
        refuse_unless_open(seen)
        records, problems = _read(content, file_name, check, _terms(check, state, instant), state)
    if any(problem.severity == "error" for problem in problems):
        return RecordResult(check, False, problems)
    with writing() as session:
        now = spot_check_in(session, number, state, EVER)
        refuse_unless_open(now)
        by_key = {element.key: element for element in now.elements}
        seen_records = {element.key: len(element.records) for element in seen.elements}
        for record in records:
            _refuse_overtaken(now, by_key[record.key], record, seen_records[record.key])
        _store_records(session, spot_check_in(session, number, state, end), records, instant)
        return RecordResult(spot_check_in(session, number, state, end), True, problems)


@requires_role(Role.INSPECTOR)
def record_one(number: str, record: Record, seen: int, *, files: Files = (), at: datetime | None = None) -> SpotCheck:
    """Store one element's record entered on screen, with photographs, recordings and papers.

    `seen`: how many records of it whoever enters had before them.

    Raises RefusedRequest, naming who was first where another record came meanwhile.
    """
    instant = at or present()
    end = instant + timedelta(microseconds=1)
    with writing() as session:
        state = district_state(session, end)
        check = spot_check_in(session, number, state, EVER)
        refuse_unless_open(check)
        element = check.element(record.key)
        if element is None:
            raise RefusedRequest(f"抽查 {number} 没有抽到“{record.key}”。")
        user = current_user()
        if check.double and user.account is not None and record.checker != user.name:
            raise RefusedRequest(f"两人分别核查的，由各人用自己的账号录入；核查人应为{user.name}。")
        _refuse_overtaken(check, element, record, seen)
        wrong = entry_problem(record, element.questions, _terms(check, state, instant))
        if wrong is not None:
            raise RefusedRequest(wrong)
        _store_records(session, check, [record], instant)
        attach_in(session, check, element, files, RESULT, instant)
        return spot_check_in(session, number, state, end)


def _refuse_overtaken(check: SpotCheck, element: Element, record: Record, seen: int) -> None:
    """Raises RefusedRequest where another has recorded the element after `seen` records of it were read."""
    if check.double or len(element.records) <= seen or _is_known(record, element):
        return
    last = element.records[-1]
    raise RefusedRequest(
        f"“{record.key}”刚才已由{last.by}录入（核查人{last.checker}），您的没有保存；请看过后再决定是否更正。"
    )


def _terms(check: SpotCheck, state: DistrictState, at: datetime) -> SheetTerms:
    return SheetTerms(
        check.kind,
        {element.key: element.questions for element in check.elements},
        day_of(check.at),
        day_of(at),
        parse_hours(state.settings["phone_hours"]),
        state.calendar,
    )


def _read(
    content: bytes, file_name: str, check: SpotCheck, terms: SheetTerms, state: DistrictState
) -> tuple[list[Record], tuple[Problem, ...]]:
    names = names_of(state)
    dataset = field_sheet(check.kind, masked=False)
    context = IntakeContext(units=names, plan_year=terms.drawn_on.year, district=True, file_name=file_name)
    try:
        workbook = with_plain_headings(read(content, file_name), check.kind)
        understood = understand_apart(workbook, [dataset], context)
    except Refused as refused:
        raise RefusedRequest(f"“{file_name}”{refused.refusal.message}") from refused
    if understood.refusal is not None or not understood.sheets:
        raise RefusedRequest(
            f"“{file_name}”不是抽查 {check.number} 的现场表，请用本次抽查下载的表填写后上传。"
            + "".join(problem.message for problem in hidden_sheets(workbook.hidden_sheets))
        )
    problems = [problem for problem in understood.problems if problem.code != "zero-report"]
    problems += hidden_sheets(workbook.hidden_sheets)
    field_names = {field.label: field.name for field in dataset.main.fields}
    records: list[Record] = []
    for reading_of_sheet in understood.sheets:
        missing = list(missing_headings(check.kind, reading_of_sheet))
        if missing:
            problems += missing
            continue
        wrong = {
            (problem.row, field_names[problem.field])
            for problem in problems
            if problem.sheet == reading_of_sheet.name and problem.row and problem.field in field_names
        }
        of_sheet, more = read_rows(reading_of_sheet, wrong, terms)
        records += of_sheet
        problems += more
    if all(problem.severity != "error" for problem in problems):
        problems += of_another_check(workbook, {of_sheet.name for of_sheet in understood.sheets}, check.number)
    order = sorted(problems, key=lambda problem: (problem.sheet or "", problem.row or 0, problem.column or ""))
    return records, tuple(order)


def _store_records(session: Session, check: SpotCheck, records: Iterable[Record], at: datetime) -> None:
    """Store those that say something new; the same record again is no revision."""
    elements = {element.key: element for element in check.elements}
    user = current_user()
    new = [record for record in records if not _is_known(record, elements[record.key])]
    add_entries(
        session,
        [
            SpotCheckResultRow(
                plan=check.plan,
                element_id=elements[record.key].id,
                checker=record.checker,
                checked_at=record.checked_at,
                answers=dict(record.answers),
                unable=record.unable,
                result=result_of(elements[record.key].questions, record.answers, record.unable).value,
                note=record.note,
                first_call=record.calls[0],
                second_call=record.calls[1],
                at=at,
                by=user.name,
                account_id=user.account,
            )
            for record in new
        ],
    )
    log(
        session,
        "record spot check",
        f"spot-check {check.number}",
        detail={"rows": len(new), "at": at.isoformat()},
        before={"records": check.recorded},
        after={"keys": [record.key for record in new]},
    )


def _is_known(record: Record, element: Element) -> bool:
    bare = replace(record, at=None, by="", account=None)
    earlier = [other for other in element.records if other.checker == record.checker]
    return bool(earlier) and replace(earlier[-1], at=None, by="", account=None) == bare


def refuse_unless_open(check: SpotCheck) -> None:
    """Raises RefusedRequest where no result may be entered any more."""
    _refuse_void(check)
    if check.state not in OPEN_STATES:
        raise RefusedRequest(f"抽查 {check.number} 已告知各单位，结果不能再改；有误的请在认定时不予认定并写明理由。")


def _refuse_void(check: SpotCheck) -> None:
    if check.state is State.VOID:
        raise RefusedRequest(f"抽查 {check.number} 已作废（{check.void_reason}）。")
