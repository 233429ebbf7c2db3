"""What may be said of a check: the claim in words, a picture of the interval, tables by unit and by question."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import note, section
from components.elements.rendering import Content, Parts, parts_of
from components.elements.table import Column, Kind, Share, Table, Width, table_parts
from components.elements.templates import from_template
from models.spot_checks import Interval, Method, Result
from services.spot_checks.estimating import Estimate, QuestionCount, UnitEstimate

WHY_NOT = {
    "incomplete": "还有对象没有录入，暂不推断总体。",
    "too-many-unable": "无法核查的超过上限，不推断总体。",
    "risk": "按风险抽取，只说找到多少问题，不推断总体，各单位不排名。",
}


def headline(estimate: Estimate) -> str:
    """Return “1,240 个号码抽查 120 个，103 个合格；全部号码中合格的至少 976 个、至多 1,131 个”."""
    check, interval = estimate.check, estimate.interval
    noun, passes = check.kind.element, check.kind.passes
    passed = estimate.results[Result.PASS]
    drawn = f"{check.population:,} 个{noun}抽查 {len(check.elements):,} 个"
    start = f"{drawn}，已核查 {estimate.checked:,} 个，{passed:,} 个{passes}"
    if interval is None:
        return f"{start}。{WHY_NOT.get(estimate.why or '', '')}"
    if interval.low_count is None or interval.high_count is None:
        return f"{start}；推断全部{noun}中{passes}的占 {interval.low:.1%} 至 {interval.high:.1%}。"
    if interval.low_count == interval.high_count:
        return f"{start}（全部核查）。"
    return f"{start}；全部{noun}中{passes}的至少 {interval.low_count:,} 个、至多 {interval.high_count:,} 个。"


def figures(estimate: Estimate, here: PageContext) -> Parts:
    """Return the whole section of figures."""
    contents: list[Content] = [section("结果", f"截至 {estimate.as_of}"), note(headline(estimate))]
    contents += [note(sentence) for sentence in _sentences(estimate)]
    contents.append(_picture(estimate))
    if estimate.units:
        contents.append(table_parts(_unit_table(estimate.check.method), list(estimate.units), here))
    contents.append(table_parts(_question_table(), list(estimate.questions), here))
    return parts_of(contents)


def _sentences(estimate: Estimate) -> list[str]:
    sentences, results = [], estimate.results
    if results[Result.UNABLE]:
        sentences.append(f"无法核查 {results[Result.UNABLE]} 个，视为与其余相同，数字一并列出。")
    if estimate.silent_strata and estimate.claim == "population":
        sentences.append(f"没有核查到的单位：{'、'.join(estimate.silent_strata)}。")
    report = estimate.self_report
    if report.claimed or report.understated:
        rate = "" if report.false_rate is None else f"，报而不实率 {report.false_rate:.1%}"
        sentences.append(
            f"与自报对照：自报“是”的 {report.claimed} 个，属实 {report.borne_out} 个，"
            f"报而不实 {report.false} 个{rate}；少报 {report.understated} 个。"
        )
    if estimate.weighted is not None:
        interval, effective = estimate.weighted
        sentences.append(
            f"加权估计（近似）：{interval.rate:.1%}，{interval.low:.1%} 至 {interval.high:.1%}"
            f"（有效样本 {effective:.1f} 个），只供内部参考。"
        )
    if estimate.agreed is not None:
        equal, twice = estimate.agreed
        sentences.append(f"两人分别核查 {twice} 个，结果一致 {equal} 个。")
    return sentences


def _picture(estimate: Estimate) -> Markup:
    """Return the intervals of all and of each unit on one scale."""
    if estimate.interval is None:
        return Markup("")
    share = estimate.check.confidence.share
    rows: list[dict[str, Any]] = [_row("全部", estimate.interval)]
    rows += [_row(unit.unit, unit.interval) for unit in estimate.units if unit.interval and unit.ranked]
    title = f"合格率及其区间（{share:.0%} 置信）：竖线为样本合格率，灰带为总体可能的范围"
    return from_template("spot_checks/interval.html", title=title, rows=rows)


def _row(name: str, interval: Interval) -> dict[str, Any]:
    counts = f"（{interval.low_count:,}—{interval.high_count:,} 个）" if interval.low_count is not None else ""
    words = f"{interval.rate:.1%}，{interval.low:.1%}—{interval.high:.1%}{counts}"
    return {"name": name, "low": interval.low, "high": interval.high, "rate": interval.rate, "words": words}


def _unit_table(method: Method) -> Table[UnitEstimate]:
    of_population: tuple[Column[UnitEstimate], ...] = (
        Column("range", "总体合格数", _range, width=Width.UNBROKEN),
        Column("ranked", "排名", lambda unit: "" if unit.ranked else "核查数少，不排名"),
    )
    return Table(
        "units",
        "各单位",
        (
            Column("unit", "责任单位", lambda unit: unit.unit, Kind.UNIT, Width.UNBROKEN),
            Column("population", "总体", lambda unit: unit.population, Kind.NUMBER, unit=" 个"),
            Column("sample", "抽取", lambda unit: unit.sample, Kind.NUMBER, unit=" 个"),
            Column("rate", "合格率", lambda unit: Share(unit.results[Result.PASS], unit.checked), Kind.SHARE),
            Column("fail", "不合格", lambda unit: unit.results[Result.FAIL], Kind.NUMBER, unit=" 个"),
            Column("unable", "无法核查", lambda unit: unit.results[Result.UNABLE], Kind.NUMBER, unit=" 个", folds=True),
            *(() if method is Method.RISK else of_population),
        ),
        counted="个单位",
        page_size=None,
    )


def _range(unit: UnitEstimate) -> str:
    interval = unit.interval
    return "" if interval is None else f"{interval.low_count}—{interval.high_count} 个"


def _question_table() -> Table[QuestionCount]:
    return Table(
        "questions",
        "各核查项",
        (
            Column("text", "核查项", lambda question: question.text),
            Column("yes", "是", lambda question: Share(question.yes, question.yes + question.no), Kind.SHARE),
            Column("no", "否", lambda question: question.no, Kind.NUMBER, unit=" 个"),
        ),
        counted="项",
        page_size=None,
    )
