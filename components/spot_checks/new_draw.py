"""A new draw in four steps: whom, how, how many with the margin as one types, and the seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from catalogue.spot_checks import KINDS
from components.elements import cache
from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.file_types import WORKBOOKS
from components.elements.forms import ask_once_more, draw_question
from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.uploader import file_uploader
from models.spot_checks import CONFIDENCES, Method, Size, SpotCheckKind
from rules.as_of import day_of
from rules.duty import last_whole_month, months
from rules.spot_checks.draws import LONGEST_SEED, least_stratified
from rules.spot_checks.sizes import margin_reached, resized, size_by_margin, size_by_number, size_by_tolerable
from services.access.refusal import RefusedRequest
from services.spot_checks.drawing import DrawRequest, draw, population_sizes
from services.spot_checks.measures import kinds_of

SIZES = {"number": "按数量", "margin": "按误差", "tolerable": "发现抽样", "all": "全部（普查）"}
EVEN = 0.5  # the share expected where none is typed: the widest margin
METHODS = {
    Method.SIMPLE: "每个对象机会相同，可以推断总体",
    Method.STRATIFIED: "按单位大小分配，每个单位都抽到，可以推断总体",
    Method.RISK: "风险高的多抽，找问题用，不推断总体",
}


def new_draw(here: PageContext) -> None:
    """Draw the four steps; the last asks once more what will be stored."""
    request = _whom(here)
    if request is None:
        return
    request = _how(request)
    try:
        sizes = cache.answer(population_sizes, request)
    except RefusedRequest as refused:
        st.warning(plain(refused))
        return
    sized = _how_many(request, sizes)
    if sized is None:
        return
    request, size = sized
    request = _seed_and_checkers(request)
    if st.button("抽取", type="primary", key="draw_now"):
        ask_once_more(
            "new draw",
            f"将从 {sum(sizes.values()):,} 个{KINDS[request.kind].element}中抽取 {size.n:,} 个"
            f"（{Method(request.method).word}）；抽取后即存档编号，只能作废，不能删除。",
            lambda: _drawn(request, here),
            yes="确认抽取",
        )
    draw_question("new draw")


def _drawn(request: DrawRequest, here: PageContext) -> str:
    result = draw(request, at=here.now)
    return "".join((f"已抽取，编号 {result.check.number}，样本 {len(result.check.elements)} 个。", *result.remarks))


def _whom(here: PageContext) -> DrawRequest | None:
    """Draw step 1. Return None while what is needed is not there yet."""
    st.markdown("**一、抽查对象**")
    first, second = st.columns([2, 1])
    code = first.selectbox(
        "对象", kinds_of(here.district.plan), format_func=lambda code: KINDS[code].title, key="draw_kind"
    )
    kind = KINDS[code]
    last = day_of(here.now) - timedelta(days=1)
    as_of = second.date_input("截至日期（须已过完）", value=last, max_value=last, format="YYYY-MM-DD", key="draw_as_of")
    if not isinstance(as_of, date):
        return None
    render(note(f"总体：{kind.population}。"))
    names = [unit.name for unit in here.district.plan.units.values()]
    units = st.multiselect("单位（不选为全部）", names, key="draw_units", placeholder="全部单位")
    request = DrawRequest(code, as_of=as_of, units=tuple(units) or None)
    if kind.monthly:
        request = _months(request, as_of, here)
    if code not in KINDS.shipped:
        typed = st.text_area("核查内容（一行一项，不填为“与报送内容一致”）", key=f"draw_questions_{code}")
        request = replace(request, questions=tuple(line.strip() for line in typed.splitlines() if line.strip()))
    if code == "list":
        upload = file_uploader("名单（列名：责任单位、编号、内容、自报）", type=WORKBOOKS, key="draw_list")
        if upload is None:
            return None
        request = replace(request, list_content=upload.getvalue(), list_name=upload.name)
    return request


def _months(request: DrawRequest, as_of: date, here: PageContext) -> DrawRequest:
    first, second = st.columns(2)
    over = list(months(f"{here.district.plan.year}-01", last_whole_month(as_of)))
    start = first.selectbox("自报送月份", over, index=None, placeholder="年初", key="draw_from")
    until = second.selectbox("至报送月份", over, index=None, placeholder="最后一个整月", key="draw_to")
    return replace(request, month_from=start, month_to=until)


def _how(request: DrawRequest) -> DrawRequest:
    """Draw step 2."""
    st.markdown("**二、抽取方法**")
    method = st.radio(
        "方法",
        list(Method),
        format_func=lambda method: f"{method.word}：{METHODS[method]}",
        key="draw_method",
        label_visibility="collapsed",
    )
    minimum = 1
    if method == Method.STRATIFIED:
        minimum = int(st.number_input("每单位至少", min_value=0, max_value=1000, value=1, key="draw_minimum"))
    return replace(request, method=str(method), minimum=minimum)


def _how_many(request: DrawRequest, sizes: dict[str, int]) -> tuple[DrawRequest, Size] | None:
    """Draw step 3: the size that follows from what is typed, with the margin it reaches."""
    st.markdown("**三、样本数量**")
    whole, kind = sum(sizes.values()), KINDS[request.kind]
    first, second, third = st.columns(3)
    by = first.selectbox("算法", list(SIZES), format_func=SIZES.__getitem__, key="draw_by")
    share = second.selectbox(
        "置信度", list(CONFIDENCES), index=1, format_func=lambda c: f"{c:.0%}", key="draw_confidence"
    )
    confidence, request = CONFIDENCES[share], replace(request, confidence=share)
    if by == "number":
        n = int(third.number_input("抽取数量", min_value=1, value=min(60, whole), key="draw_size"))
        request, size = replace(request, size=n), size_by_number(n, whole, confidence)
    elif by == "margin":
        margin = third.number_input("误差（±%）", 0.5, 50.0, 10.0, 0.5, key="draw_margin") / 100
        expected = third.number_input("预计合格的比例（%）", 1.0, 99.0, 50.0, 1.0, key="draw_expected") / 100
        request = replace(request, margin=margin, expected=expected)
        size = size_by_margin(margin, whole, confidence, expected)
    elif by == "tolerable":
        tolerable = third.number_input("可容忍的不合格（%）", 0.5, 99.0, 5.0, 0.5, key="draw_tolerable") / 100
        request, size = replace(request, tolerable=tolerable), size_by_tolerable(tolerable, whole, confidence)
    else:
        size = size_by_number(None, whole, confidence)
    if request.method == Method.STRATIFIED.value:
        least = least_stratified(sizes.values(), request.minimum)
        size = resized(size, max(size.n, least), whole, confidence, _expected(request))
    render(note(_told(kind, request, size, whole, len(sizes), confidence.share)))
    return request, size


def _told(kind: SpotCheckKind, request: DrawRequest, size: Size, whole: int, units: int, share: float) -> str:
    """Return “总体 1,240 个号码（53 个单位），抽取 120 个；误差 ±8.5%（95% 置信）”."""
    start = f"总体 {whole:,} 个{kind.element}（{units} 个单位），抽取 {size.n:,} 个"
    if size.n >= whole:
        return f"{start}，全部核查，没有抽样误差。"
    if request.method == Method.RISK.value:
        return f"{start}；按风险抽取的样本不推断总体，只说找到多少问题。"
    margin = margin_reached(size.n, whole, CONFIDENCES[share], _expected(request))
    return f"{start}；合格率的误差约 ±{margin:.1%}（{share:.0%} 置信，按 {_expected(request):.0%} 合格计）。"


def _expected(request: DrawRequest) -> float:
    return EVEN if request.expected is None else request.expected


def _seed_and_checkers(request: DrawRequest) -> DrawRequest:
    """Draw step 4."""
    st.markdown("**四、种子和核查人**")
    first, second = st.columns(2)
    seed = first.text_input(
        "种子（可留空由程序产生）", max_chars=LONGEST_SEED, key="draw_seed", help="同一种子和总体总得出同一样本"
    )
    checkers = second.text_input("核查人（用顿号隔开，可不填）", key="draw_checkers")
    names = tuple(name.strip() for name in checkers.replace("，", "、").replace(",", "、").split("、") if name.strip())
    sealed = st.checkbox(
        "告知前保密：责任单位不知道有这次抽查", value=KINDS[request.kind].sealed, key=f"draw_sealed_{request.kind}"
    )
    masked = st.checkbox("现场表不显示自报情况", value=True, key="draw_masked")
    double = st.checkbox("两人分别核查，不一致的由第三人核定", value=False, key="draw_double")
    return replace(request, seed=seed.strip() or None, checkers=names, sealed=sealed, masked=masked, double=double)
