"""A draw: what is asked for in; checked, drawn, stored with its number; tried first without storing; drawn again to
verify; extended.
"""

from __future__ import annotations

import io
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from catalogue.datasets import dataset_named
from catalogue.spot_checks import KINDS
from catalogue.spot_checks.listed import SPOT_CHECK_LIST
from catalogue.spot_checks.of_datasets import code_of, with_questions
from data_access.accounts import accounts_listed
from data_access.database import Session, noting, reading, version_seen, writing
from data_access.judging import understand_apart
from data_access.numbering import next_serial
from data_access.spot_checks import add_entries, add_spot_check, draws_alike
from data_access.spreadsheets import read
from data_access.submissions import file_content, keep_file
from models.cells import Refused
from models.people import Role
from models.spot_checks import (
    CONFIDENCES,
    Confidence,
    Draw,
    DrawnElement,
    Method,
    Signal,
    Size,
    SpotCheck,
    SpotCheckAct,
    SpotCheckElementRow,
    SpotCheckKind,
    SpotCheckRow,
    State,
)
from rules.as_of import EVER, day_of, end_of_day
from rules.intake import IntakeContext
from rules.numbering import number_of
from rules.spot_checks.checkers import assigned
from rules.spot_checks.draws import (
    LONGEST_SEED,
    digest,
    draw_by_risk,
    draw_simple,
    draw_stratified,
    joined,
    least_stratified,
)
from rules.spot_checks.sizes import resized, size_by_margin, size_by_number, size_by_tolerable
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import WHO_SUPERVISES, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import DistrictState, district_state, plan_on_board
from services.figures.unit_names import names_of, unit_ids_named
from services.spot_checks.checks_as_of import drawn_check, refuse_earlier_act, spot_check_in
from services.spot_checks.populations import Details, Population, Scope

QUOTE = '"'
SPECIAL = (QUOTE.encode(), b",", b"\r")
MOST_QUESTIONS, LONGEST_QUESTION = 8, 60
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True)
class DrawRequest:
    """What is asked for. Of `size`, `margin` and `tolerable` at most one; none of them takes all."""

    kind: str
    method: str = Method.SIMPLE.value
    as_of: date | None = None  # default: the day before the draw
    size: int | None = None
    margin: float | None = None
    expected: float | None = None
    tolerable: float | None = None
    confidence: float = 0.95
    seed: str | None = None
    units: tuple[str, ...] | None = None
    month_from: str | None = None
    month_to: str | None = None
    minimum: int = 1
    checkers: tuple[str, ...] = ()
    list_content: bytes | None = None
    list_name: str = ""
    sealed: bool | None = None  # default: the kind's
    masked: bool = True
    double: bool = False
    questions: tuple[str, ...] = ()  # typed in, of a dataset that a plan declares


@dataclass(frozen=True)
class DrawResult:
    """A draw and what comes next in its order; `remarks` are sentences for whoever drew. A try has the number ""."""

    check: SpotCheck
    reserve: tuple[DrawnElement, ...]
    remarks: tuple[str, ...]


@requires_role(Role.INSPECTOR)
def draw(request: DrawRequest, *, at: datetime | None = None) -> DrawResult:
    """Return what was drawn, stored at once. Raises RefusedRequest and CalendarMissing; then nothing is stored.

    A draw from a million takes seconds, so it is made before others are kept from writing, and again only where one of
    them wrote meanwhile.
    """
    with reading() as session:
        version, drawing = version_seen(session), _Drawing(session, request, at or present())
    with writing() as session:
        if version_seen(session) != version:
            drawing = _Drawing(session, request, drawing.at)
        return drawing.store(session)


@requires_role(Role.INSPECTOR)
def try_draw(request: DrawRequest, *, at: datetime | None = None) -> DrawResult:
    """Return what `draw` would give with this seed; nothing is stored. Raises as `draw`."""
    with reading() as session:
        return _Drawing(session, request, at or present()).result(session)


@requires_role(Role.INSPECTOR)
def population_sizes(request: DrawRequest) -> dict[str, int]:
    """Return unit → elements of what would be drawn from, whatever method and size; `as_of` must be given.

    Raises RefusedRequest where there is nothing to draw.
    """
    assert request.as_of is not None
    plain = DrawRequest(
        request.kind,
        as_of=request.as_of,
        units=request.units,
        month_from=request.month_from,
        month_to=request.month_to,
        list_content=request.list_content,
        list_name=request.list_name,
    )
    with reading() as session:
        return dict(_Drawing(session, plain, end_of_day(request.as_of)).population.strata)


class _Drawing:
    """One draw from its request: checked when made, so that only a draw that can be made exists."""

    def __init__(self, session: Session, request: DrawRequest, at: datetime) -> None:
        self.request, self.at = request, at
        self.remarks: list[str] = []
        self.kind, self.method = _kind(request), _method(request.method)
        self.confidence = _confidence(request.confidence)
        if any(not name.strip() for name in request.checkers):
            raise RefusedRequest("核查人的姓名不能为空。")
        self.expected = _checked_sizing(request)
        self.seed = _seed(request.seed)
        self.as_of = request.as_of or day_of(at) - timedelta(days=1)
        if self.as_of >= day_of(at):
            raise RefusedRequest(
                f"截至日期 {self.as_of} 尚未过完，抽取总体还会变动；"
                f"最早 {self.as_of + timedelta(days=1)} 可以按这一天抽取。"
            )
        self.state = district_state(session, end_of_day(self.as_of))
        if self.as_of.year < self.state.plan.year:
            raise RefusedRequest(
                f"截至日期 {self.as_of} 早于方案年度，最早可按 {self.state.plan.year}-01-01 的情况抽取。"
            )
        self.scope = self._scope()
        self.population = Population(session, self.scope, self.state, self.method is Method.RISK)
        if self.population.elements.empty:
            raise RefusedRequest(self._nothing(session))
        self.weights = self.population.weights if self.method is Method.RISK else None
        self.digest = digest_of(self.population, self.weights)
        self.size = self._size()
        self.draw = drawn(self.method, self.population, self.weights, self.size.n, self.seed, request.minimum)
        self.details = self.population.details(element.key for element in self.draw.sample)
        self.belongs = _units_of(session, request.checkers) if request.checkers else []
        self._refuse_without_checker()

    def store(self, session: Session) -> DrawResult:
        """Keep the population as a file, the draw and its elements."""
        year = day_of(self.at).year
        row = self._row(session, year, next_serial(session, SpotCheckRow, year))
        row.population_file = keep_file(session, population_file(self.population, self.weights))
        if self.request.list_content is not None:
            row.listed, row.listed_name = keep_file(session, self.request.list_content), self.request.list_name
        elements = self._elements(row.plan)
        add_spot_check(session, row, elements)
        number = number_of(year, row.serial)
        log(
            session,
            "draw spot check",
            f"spot-check {number}",
            after={"population": row.population, "sample": len(elements), "attempt": row.attempt},
            detail={
                "kind": self.kind.title,
                "method": self.method.word,
                "as_of": row.as_of.isoformat(),
                "seed": row.seed,
                "sha256": row.digest,
                "at": self.at.isoformat(),
            },
        )
        return self._answer(drawn_check(row, elements, self.state))

    def result(self, session: Session) -> DrawResult:
        row = self._row(session, day_of(self.at).year, 0)
        return self._answer(replace(drawn_check(row, self._elements(row.plan), self.state), number=""))

    def _answer(self, check: SpotCheck) -> DrawResult:
        return DrawResult(check, self.draw.reserve, tuple(self.remarks))

    def _row(self, session: Session, year: int, serial: int) -> SpotCheckRow:
        request, size = self.request, self.size
        row = SpotCheckRow(
            plan=self.state.plan.code,
            year=year,
            serial=serial,
            kind=self.kind.code,
            method=self.method.value,
            as_of=self.as_of,
            at=self.at,
            by=current_user().name,
            seed=self.seed,
            confidence=self.confidence.share,
            expected=self.expected,
            size_by=size.by,
            size_asked=size.requested,
            size_typed=size.n,
            units=None if self.scope.unit_ids is None else list(self.scope.unit_ids),
            month_from=request.month_from,
            month_to=request.month_to,
            minimum=request.minimum,
            sealed=self.kind.sealed if request.sealed is None else request.sealed,
            masked=request.masked,
            double=request.double,
            checkers=list(dict.fromkeys(request.checkers)),
            questions=[question.text for question in self.kind.questions] if request.questions else None,
            belongs=[list(pair) for pair in self.belongs],
            population=len(self.population.keys),
            digest=self.digest,
            strata=[
                [self.state.plan.unit_id(unit), size_of_unit] for unit, size_of_unit in self.population.strata.items()
            ],
            population_file="",
            attempt=0,
        )
        alike = draws_alike(session, row)
        row.attempt = len(alike) + 1
        if any(other.seed == self.seed and other.digest == self.digest for other in alike):
            self.remarks.append(f"种子“{self.seed}”对同一总体已经用过，抽取结果与那一次相同或相连。")
        return row

    def _elements(self, plan: str) -> list[SpotCheckElementRow]:
        return [
            element_row(plan, element, self.details[element.key], self.state, self._signals_of(element.key), self.at)
            for element in self.draw.sample
        ]

    def _signals_of(self, key: str) -> tuple[Signal, ...]:
        if self.weights is None:
            return ()
        return self.population.signals_of(key)

    def _scope(self) -> Scope:
        request, listed = self.request, None
        if request.month_from or request.month_to:
            _check_months(request, self.kind.monthly)
        if self.kind.code == "list":
            if request.list_content is None:
                raise RefusedRequest("自备名单须上传名单工作簿，列名为：责任单位、编号、内容、自报。")
            listed = listed_rows(request.list_content, request.list_name, self.state)
        elif request.list_content is not None:
            raise RefusedRequest(f"“{self.kind.title}”从报送的数据中抽取，不用名单；名单只用于“自备名单”。")
        return Scope(
            self.kind, self.as_of, _unit_ids(request.units, self.state), request.month_from, request.month_to, listed
        )

    def _size(self) -> Size:
        request, whole = self.request, len(self.population.keys)
        if request.margin is not None:
            size = size_by_margin(request.margin, whole, self.confidence, self.expected)
        elif request.tolerable is not None:
            size = size_by_tolerable(request.tolerable, whole, self.confidence)
        else:
            size = size_by_number(request.size, whole, self.confidence, self.expected)
            if size.by == "all":
                self.remarks.append(
                    f"总体只有 {whole} 个，全部核查（普查）。" if request.size else f"全部 {whole} 个（普查）。"
                )
        if self.method is Method.STRATIFIED:
            least = least_stratified(self.population.strata.values(), request.minimum)
            if size.n < least:
                self.remarks.append(f"每个单位至少抽 {request.minimum} 个，样本由 {size.n} 个增至 {least} 个。")
                size = resized(size, least, whole, self.confidence, self.expected)
        return size

    def _refuse_without_checker(self) -> None:
        """Raises RefusedRequest where every checker belongs to an element's unit."""
        barred = set(self.belongs)
        elements = [(element.position, element.key, self.details[element.key].unit) for element in self.draw.sample]
        given = assigned(self.request.checkers, self.seed, elements, lambda name, _, unit: (name, unit) in barred)
        if self.request.checkers and None in given:
            *_, unit = elements[given.index(None)]
            raise RefusedRequest(f"核查人都属于{unit}，须回避，请增加其他单位的核查人。")

    def _nothing(self, session: Session) -> str:
        """What is there instead."""
        everything = replace(self.scope, unit_ids=None, month_from=None, month_to=None)
        others = Population(session, everything, self.state, True)  # with the months, which else need not be read
        nothing = f"截至 {self.as_of}，所选范围内没有可抽查的{self.kind.element}"
        if others.elements.empty:
            return f"{nothing}；抽取总体为“{self.kind.population}”，目前各单位都没有，请先报送有关数据或另选截至日期。"
        if self.kind.monthly and (self.request.month_from or self.request.month_to):
            months = sorted(set(others.elements["month"]))
            return f"{nothing}；有数据的月份：{'、'.join(months)}。"
        units = "、".join(f"{unit} {size} 个" for unit, size in list(others.strata.items())[:10])
        return f"{nothing}；有{self.kind.element}的单位：{units}。"


def _kind(request: DrawRequest) -> SpotCheckKind:
    """By its code, or by the dataset that is drawn from, with the questions typed in. Raises RefusedRequest."""
    dataset = dataset_named(request.kind)
    kind = KINDS.get(request.kind) or (KINDS.get(code_of(dataset.code)) if dataset else None)
    if kind is None:
        kinds = "、".join(f"{kind.code}（{kind.title}）" for kind in KINDS.values())
        raise RefusedRequest(f"没有名为“{request.kind}”的抽查对象，可用：{kinds}。")
    questions = [question.strip() for question in request.questions if question.strip()]
    if questions and kind.code in KINDS.shipped:
        raise RefusedRequest(f"“{kind.title}”的核查内容是固定的；只有“数据抽查”可以另写核查内容。")
    if len(questions) > MOST_QUESTIONS or any(len(question) > LONGEST_QUESTION for question in questions):
        raise RefusedRequest(f"核查内容最多 {MOST_QUESTIONS} 项，每项不超过 {LONGEST_QUESTION} 个字，请精简。")
    return with_questions(kind, questions)


def drawn(method: Method, population: Population, weights: np.ndarray | None, n: int, seed: str, minimum: int) -> Draw:
    """Return the sample of so many elements by the method."""
    if method is Method.STRATIFIED:
        return draw_stratified(population.keys, population.units, n, seed, minimum)
    if method is Method.RISK:
        return draw_by_risk(population.keys, () if weights is None else weights, n, seed)
    return draw_simple(population.keys, n, seed)


def digest_of(population: Population, weights: np.ndarray | None) -> str:
    """Return the digest of the population, of a risk draw with its weights."""
    return digest(population.keys, weights)


def element_row(
    plan: str,
    element: DrawnElement,
    details: Details,
    state: DistrictState,
    signals: Iterable[object],
    at: datetime,
) -> SpotCheckElementRow:
    """Return an element as it is stored; the draw's id is still to come."""
    return SpotCheckElementRow(
        plan=plan,
        spot_check_id=0,
        position=element.position,
        key=element.key,
        unit_id=state.plan.unit_id(details.unit) or 0,
        ticket=element.ticket,
        weight=element.weight,
        signals=[getattr(signal, "code", "") for signal in signals],
        certain=element.certain,
        probability=element.probability,
        claim=details.claim,
        questions=list(details.questions),
        content=details.content,
        part=details.part,
        record_id=details.record_id,
        drawn_at=at,
    )


def population_file(population: Population, weights: np.ndarray | None) -> bytes:
    """Return the whole population as CSV by key: 编号, and of a risk draw 权重 and 风险信号."""
    keys, text = population.keys, joined(population.keys, "\n")
    if any(sign in text for sign in SPECIAL) or text.count(b"\n") != len(keys) - 1:
        keys = pa.array(map(_quoted, keys.to_pylist()), pa.string())
        text = joined(keys, "\n")
    if weights is None:
        return "编号\n".encode("utf-8-sig") + text + b"\n"
    lines = pc.binary_join_element_wise(keys, population.told_weights, "")
    return "编号,权重,风险信号\n".encode("utf-8-sig") + joined(lines, "\n") + b"\n"


def _quoted(key: str) -> str:
    """As CSV has a key that holds a comma, a quotation mark or a line break."""
    return f'"{key.replace(QUOTE, QUOTE * 2)}"'


@dataclass(frozen=True)
class KeptPopulation:
    """A population as it was kept: keys in order, weights and codes of signals of a risk draw."""

    keys: tuple[str, ...]
    weights: tuple[int, ...] | None = None
    signals: tuple[str, ...] | None = None


def kept_population(session: Session, sha256: str) -> KeptPopulation:
    """Return the population of a draw from its file."""
    content = file_content(session, sha256) or b""
    table = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    keys = tuple(table["编号"])
    if "权重" not in table:
        return KeptPopulation(keys)
    return KeptPopulation(keys, tuple(map(int, table["权重"])), tuple(table["风险信号"]))


def listed_rows(content: bytes, file_name: str, state: DistrictState) -> pd.DataFrame:
    """Return the rows of an uploaded list. Raises RefusedRequest with its first wrong cell."""
    names = names_of(state)
    context = IntakeContext(units=names, plan_year=state.plan.year, district=True, file_name=file_name)
    try:
        understood = understand_apart(read(content, file_name), [SPOT_CHECK_LIST], context)
    except Refused as refused:
        raise RefusedRequest(f"“{file_name}”{refused.refusal.message}") from refused
    if understood.refusal is not None:
        raise RefusedRequest(f"“{file_name}”中没有名单：应有列名 责任单位、编号、内容（自报可空），每行一个对象。")
    errors = [problem for problem in understood.problems if problem.severity == "error"]
    if errors:
        first = errors[0]
        more = f"（共 {len(errors)} 处错误）" if len(errors) > 1 else ""
        place = f"工作表“{first.sheet}”{first.cell or ''}：" if first.sheet else ""
        raise RefusedRequest(f"“{file_name}”{place}{first.message}{more}")
    return understood.frames[SPOT_CHECK_LIST.main.code]


@requires_role(*WHO_SUPERVISES)
def population_content(number: str) -> bytes:
    """Return the file in which the whole population is kept; logged. Raises RefusedRequest for an unknown number."""
    with noting() as session:
        check = spot_check_in(session, number, district_state(session, present()), EVER)
        log(
            session,
            "spot check population",
            f"spot-check {check.number}",
            detail={"sha256": check.population_file, "rows": check.population},
        )
        return file_content(session, check.population_file) or b""


@requires_role(*WHO_SUPERVISES)
def reproduced(number: str) -> bool:
    """Return whether the records as they are now give the same population and the same sample again."""
    with reading() as session:
        return _is_reproduced(session, number)


def _is_reproduced(session: Session, number: str) -> bool:
    known_now = district_state(session, present())
    check = spot_check_in(session, number, known_now, EVER)
    state = district_state(session, end_of_day(check.as_of), plan=plan_on_board(session, check.plan))
    listed = None
    if check.listed is not None:
        listed = listed_rows(file_content(session, check.listed) or b"", check.listed_name or "", state)
    unit_ids = _unit_ids(check.units, state)
    scope = Scope(check.kind, check.as_of, unit_ids, check.month_from, check.month_to, listed)
    population = Population(session, scope, state, check.method is Method.RISK)
    if population.elements.empty:
        return False
    weights = population.weights if check.method is Method.RISK else None
    if digest_of(population, weights) != check.digest:
        return False
    again = drawn(check.method, population, weights, len(check.elements), check.seed, check.minimum)
    return again.sample == tuple(element.drawn for element in check.elements)


@requires_role(Role.INSPECTOR)
def extend(number: str, by: int, *, at: datetime | None = None) -> SpotCheck:
    """Draw so many more, the next in order of the same list; what was drawn stays. Raises RefusedRequest."""
    instant = at or present()
    end = instant + timedelta(microseconds=1)
    with writing() as session:
        check = spot_check_in(session, number, district_state(session, end), EVER)
        state = district_state(session, end_of_day(check.as_of), plan=plan_on_board(session, check.plan))
        _refuse_extension(check, by)
        refuse_earlier_act(check, instant)
        population = kept_population(session, check.population_file)
        n = min(len(check.elements) + by, check.population)
        more = draw_simple(population.keys, n, check.seed).sample[len(check.elements) :]
        listed = None
        if check.listed is not None:
            listed = listed_rows(file_content(session, check.listed) or b"", check.listed_name or "", state)
        unit_ids = _unit_ids(check.units, state)
        scope = Scope(check.kind, check.as_of, unit_ids, check.month_from, check.month_to, listed)
        details = Population(session, scope, state, False).details(element.key for element in more)
        gone = [element.key for element in more if element.key not in details]
        if gone:
            raise RefusedRequest(
                f"截至 {check.as_of} 的数据已补录或撤回，总体与抽取时不同（如缺“{gone[0]}”），不能再抽。"
            )
        rows = [element_row(check.plan, element, details[element.key], state, (), instant) for element in more]
        for row in rows:
            row.spot_check_id = check.id
        user = current_user()
        act = SpotCheckAct(
            plan=check.plan, spot_check_id=check.id, act="extend", detail={"by": len(rows)}, at=instant, by=user.name
        )
        add_entries(session, [*rows, act])
        log(
            session,
            "extend spot check",
            f"spot-check {check.number}",
            before={"sample": len(check.elements)},
            after={"sample": n},
            detail={"at": instant.isoformat()},
        )
        return spot_check_in(session, number, state, end)


def _refuse_extension(check: SpotCheck, by: int) -> None:
    if check.method is not Method.SIMPLE:
        raise RefusedRequest(f"只有简单随机抽取的可以续抽；抽查 {check.number} 是{check.method.word}，请另行抽取。")
    if check.state not in (State.DRAWN, State.RECORDING, State.COMPLETE):
        raise RefusedRequest(f"抽查 {check.number} {check.state.word}，不能续抽。")
    if by < 1:
        raise RefusedRequest("续抽的数量应为 1 以上的整数。")
    if len(check.elements) >= check.population:
        raise RefusedRequest(f"总体 {check.population} 个已全部抽取，没有可以续抽的。")


def _method(text: str) -> Method:
    try:
        return Method(text)
    except ValueError:
        raise RefusedRequest(
            f"抽取方法“{text}”不能识别，可用：simple（简单随机）、stratified（按单位分层）、risk（按风险加权）。"
        ) from None


def _confidence(share: float) -> Confidence:
    for confidence in CONFIDENCES.values():
        if abs(confidence.share - share) < 1e-9:
            return confidence
    raise RefusedRequest("置信度只能是 0.90、0.95 或 0.99。")


def _checked_sizing(request: DrawRequest) -> float:
    """Return the expected share. Raises RefusedRequest, naming the range."""
    given = [value for value in (request.size, request.margin, request.tolerable) if value is not None]
    if len(given) > 1:
        raise RefusedRequest("样本数量、误差、可容忍比例只能给一种。")
    if request.size is not None and request.size < 1:
        raise RefusedRequest("样本数量应为 1 以上的整数。")
    if request.margin is not None and not 0 < request.margin <= 0.5:
        raise RefusedRequest("误差应大于 0、不超过 0.5（50%）。")
    if request.tolerable is not None and not 0 < request.tolerable < 1:
        raise RefusedRequest("可容忍比例应大于 0、小于 1（100%）。")
    if request.expected is not None and request.margin is None:
        raise RefusedRequest("预计比例只与误差一起使用，请同时给出误差。")
    if request.expected is not None and not 0 < request.expected < 1:
        raise RefusedRequest("预计比例应大于 0、小于 1（100%）。")
    if request.minimum < 0:
        raise RefusedRequest("每单位最少抽取数应为 0 以上的整数。")
    return 0.5 if request.expected is None else request.expected


def _seed(typed: str | None) -> str:
    if typed is None:
        return secrets.token_hex(8)
    seed = typed.strip()
    if not 1 <= len(seed) <= LONGEST_SEED:
        raise RefusedRequest(f"种子应为 1 至 {LONGEST_SEED} 个字，可以留空由程序产生。")
    return seed


def _check_months(request: DrawRequest, monthly: bool) -> None:
    if not monthly:
        raise RefusedRequest("这类抽查对象取各单位最近一次报送，不分月份，请不要填月份。")
    for month in (request.month_from, request.month_to):
        if month is not None and not MONTH.fullmatch(month):
            raise RefusedRequest(f"月份“{month}”不能识别，请写成 2023-06 的形式。")
    if request.month_from and request.month_to and request.month_from > request.month_to:
        raise RefusedRequest(f"起始月份 {request.month_from} 晚于截止月份 {request.month_to}，请对调。")


def _unit_ids(units: Sequence[str] | None, state: DistrictState) -> tuple[int, ...] | None:
    if not units:
        return None
    return tuple(unit_ids_named(state, units))


def _units_of(session: Session, checkers: Iterable[str]) -> list[tuple[str, str]]:
    """(checker, unit) of those who have an account of a unit."""
    named = set(checkers)
    return [(account.person, unit) for account, unit in accounts_listed(session) if unit and account.person in named]
