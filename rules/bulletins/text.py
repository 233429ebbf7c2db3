"""The text of a bulletin: from its figures and particulars to the document, section by section (supervision.md 4.3).

It names units with their figures, never a person, and says nothing that the figures do not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from models.bulletins import Figures
from models.lamps import FACES, Lamp
from models.official_document import Block, DocumentTable, Heading, Level, OfficialDocument, Paragraph, Picture
from models.official_document import TableColumn as Column
from rules.bulletins.annexes import LAMPS_IN_ORDER, annexes_of
from rules.bulletins.particulars import Particulars
from rules.bulletins.words import (
    day_in_words,
    listed,
    more_or_less,
    named,
    number_in_words,
    share_in_words,
)

LAMPS_CHART, INDICATORS_CHART = "图1 红绿灯分布.png", "图2 指标达标情况.png"
PLACES = 5
MEASURES_LISTED = 3


def document_of(figures: Figures, particulars: Particulars) -> OfficialDocument:
    """Return the whole document, ready to be drawn."""
    return OfficialDocument(
        tuple(office.strip() for office in particulars.masthead.split("、") if office.strip()),
        particulars.document_number,
        (f"关于{particulars.year}年政务服务能力提升工作", f"进展情况的通报（截至{day_in_words(figures['as_of'])}）"),
        particulars.recipients,
        tuple(_body(figures, particulars)),
        particulars.issuer,
        day_in_words(particulars.day) if particulars.day else "　　年　月　日",
        particulars.copies,
        particulars.issuer,
        f"{day_in_words(particulars.day) if particulars.day else '　　年　月　日'}印发",
        annexes_of(figures, particulars),
    )


def _body(figures: Figures, particulars: Particulars) -> Iterator[Block]:
    yield Paragraph(_preamble(figures, particulars))
    sections = (
        ("总体情况", _overall),
        ("指标达标情况", _indicators),
        ("存在问题", _problems),
        ("单位排名", _ranking),
        ("下步要求", _requirements),
    )
    for ordinal, (title, section) in zip("一二三四五", sections, strict=True):
        yield Heading(Level.FIRST, f"{ordinal}、{title}")
        yield from section(figures, particulars)


def _preamble(figures: Figures, particulars: Particulars) -> str:
    reports = figures["reports"]
    snapshots = reports["snapshots"]
    correction = f"本通报更正{particulars.corrects}，与其不一致的以本通报为准。" if particulars.corrects else ""
    return (
        f"{correction}现将截至{day_in_words(figures['as_of'])}的工作进展通报如下。数据来自各责任单位报送并受理的工作簿、进展报告和核验记录："
        f"应报月度数据{_pieces(reports['owed'])}，收到{_pieces(reports['on_time'] + reports['late'])}，"
        f"其中按时{_pieces(reports['on_time'])}、迟报{_pieces(reports['late'])}；"
        f"应报一次性数据{_pieces(snapshots['owed'])}，收到{_pieces(snapshots['received'])}。"
    )


def _pieces(number: int) -> str:
    return f"{number_in_words(number)}份"


# 一、总体情况


def _overall(figures: Figures, particulars: Particulars) -> Iterator[Block]:
    lamps = figures["lamps"]
    parts = "，".join(
        f"{FACES[lamp].word}{number_in_words(lamps['now'].get(lamp.value, 0))}项" for lamp in LAMPS_IN_ORDER
    )
    beside = f"另有{number_in_words(lamps['not_applicable'])}项不适用，不计入。" if lamps["not_applicable"] else ""
    yield Paragraph(
        f"截至{day_in_words(figures['as_of'])}，{len(figures['tasks'])}项任务的各项举措按责任单位共判定"
        f"{number_in_words(lamps['counted'])}项：{parts}。{beside}"
    )
    if lamps["before"] is not None:
        yield Paragraph(_compared(figures))
    yield Paragraph(_worst_areas(figures, particulars))
    yield Picture(LAMPS_CHART, "图1　红绿灯分布（项）")


def _compared(figures: Figures) -> str:
    now, before = figures["lamps"]["now"], figures["lamps"]["before"]
    differences = "，".join(
        f"{FACES[lamp].word}{more_or_less(now.get(lamp.value, 0) - before.get(lamp.value, 0))}"
        for lamp in (Lamp.DONE, Lamp.OVERDUE, Lamp.NOT_REPORTED)
    )
    changes = figures["changes"]
    newly = sum(change["after"] == Lamp.OVERDUE.value for change in changes)
    cleared = sum(change["before"] == Lamp.OVERDUE.value for change in changes)
    return (
        f"与{day_in_words(figures['compared'])}相比，{differences}；状态有变化的{number_in_words(len(changes))}项，"
        f"其中新转为逾期的{number_in_words(newly)}项，不再逾期的{number_in_words(cleared)}项。"
    )


def _worst_areas(figures: Figures, particulars: Particulars) -> str:
    late = {area["area"]: area["counts"].get(Lamp.OVERDUE.value, 0) for area in figures["areas"]}
    worst = [area for area, number in sorted(late.items(), key=lambda pair: -pair[1]) if number][:3]
    if not worst:
        return "各领域均没有逾期。"
    return (
        f"逾期较多的领域是{listed(f'{particulars.areas[area]}（{number_in_words(late[area])}项）' for area in worst)}。"
    )


# 二、指标达标情况


def _indicators(figures: Figures, particulars: Particulars) -> Iterator[Block]:
    rows = figures["indicators"]
    if not rows:
        yield Paragraph("截至目前没有可判定的指标。")
        return
    met = [row for row in rows if row["met"]]
    short = [row for row in rows if row["met"] is False]
    empty = len(rows) - len(met) - len(short)
    yield Paragraph(
        f"按全区汇总，{len(rows)}项指标中达到目标的{len(met)}项，未达到的{len(short)}项"
        + (f"，没有数据可计算的{empty}项" if empty else "")
        + "。表中差距以百分点计。"
        + _farthest(short, particulars)
    )
    columns = (
        Column("举措", 4),
        Column("指标", 10),
        Column("分子÷分母", 10, True),
        Column("实际", 5, True),
        Column("目标", 5, True),
        Column("差距", 6, True),
        Column("达标单位", 5, True),
    )
    yield DocumentTable("", columns, tuple(_indicator_row(row, particulars) for row in rows))
    yield Picture(INDICATORS_CHART, "图2　指标实际值与目标值")


def _farthest(rows: Sequence[dict[str, Any]], particulars: Particulars) -> str:
    """Return which indicator the fewest of several units with figures meet, or nothing where all meet all."""
    of_several = (row for row in rows if row["units"] - row["units_met"] >= 2)
    row = min(of_several, key=lambda row: row["units_met"] / row["units"], default=None)
    if row is None:
        return ""
    return (
        f"达标单位最少的是{particulars.indicators[row['code']]}，有数据的{number_in_words(row['units'])}个单位中"
        f"{number_in_words(row['units_met'])}个达标。"
    )


def _indicator_row(row: dict[str, Any], particulars: Particulars) -> tuple[str, ...]:
    return (
        row["measure"],
        particulars.indicators[row["code"]],
        _ratio(row),
        _value(row["code"], row["value"], particulars, row["met"]),
        _target(row, particulars),
        _gap(row, particulars),
        f"{row['units_met']}/{row['units']}" if row["units"] else "无数据",
    )


def _ratio(row: dict[str, Any]) -> str:
    if row["numerator"] is None:
        return "无数据"
    if row["denominator"] is None:
        return number_in_words(row["numerator"])
    return f"{number_in_words(row['numerator'])}÷{number_in_words(row['denominator'])}"


def _value(code: str, value: float | None, particulars: Particulars, met: bool | None = None) -> str:
    if value is None:
        return "—"
    if code in particulars.counts:
        return number_in_words(value)
    return share_in_words(value, met=met, at_most=code in particulars.at_most)


def _target(row: dict[str, Any], particulars: Particulars) -> str:
    words = _value(row["code"], row["target"], particulars)
    if row["target"] is None:
        return words
    at_most = row["code"] in particulars.at_most
    if row["code"] in particulars.increases:
        return f"{'低于' if at_most else '高于'}{words}"
    return f"≤{words}" if at_most else words


def _gap(row: dict[str, Any], particulars: Particulars) -> str:
    if row["met"] is None:
        return "—"
    if row["met"]:
        return "达标"
    at_most = row["code"] in particulars.at_most
    short = row["value"] - row["target"] if at_most else row["target"] - row["value"]
    if short <= 0:
        return "未低于" if at_most else "未高于"
    way = "超" if at_most else "差"
    return way + (number_in_words(short) if row["code"] in particulars.counts else f"{max(short * 100, 0.1):.1f}点")


# 三、存在问题


def _problems(figures: Figures, particulars: Particulars) -> Iterator[Block]:
    sections = (
        ("逾期举措", _overdue),
        ("缺报和迟报", _missing),
        ("抽查不符", _spot_checks),
        ("整改逾期", _rectifications),
    )
    for ordinal, (title, section) in zip("一二三四", sections, strict=True):
        yield Heading(Level.SECOND, f"（{ordinal}）{title}")
        yield Paragraph(section(figures, particulars))
    for unit in particulars.objections:
        yield Paragraph(f"{unit}：对所列情况，该单位另有意见。")


def _overdue(figures: Figures, _: Particulars) -> str:
    rows = figures["overdue"]
    if not rows:
        return "没有逾期的举措。"
    days: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        days[row["unit"]].append(row["days"])
    units = listed(f"{unit}{len(late)}项（{max(late)}）" for unit, late in _most_first(days).items())
    return (
        f"共{number_in_words(len(rows))}项，涉及{len(days)}个单位，清单见附件2。括号内为最长的逾期工作日数：{units}。"
    )


def _most_first(lists: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Those with most first, equal ones as they come."""
    return dict(sorted(lists.items(), key=lambda pair: -len(pair[1])))


def _missing(figures: Figures, particulars: Particulars) -> str:
    reports = figures["reports"]
    lacking, late = reports["missing"] + reports["snapshots"]["missing"], reports["late"]
    if not lacking and not late:
        return "没有缺报和迟报。"
    silent = set(reports["silent"])
    units = "、".join(
        f"{unit}{number}份" + ("（未报送任何数据）" if unit in silent else "")
        for unit, number in _reports_by_unit(figures["missing"]).most_common()
    )
    words = f"缺报{_pieces(lacking)}，迟报{_pieces(late)}，零报告{_pieces(reports['zero'])}。"
    words += f"缺报的单位：{units}。" if units else ""
    if late_units := _reports_by_unit(particulars.late).most_common():
        words += f"迟报的单位：{listed(f'{unit}{number}份' for unit, number in late_units)}。"
    return f"{words}清单见附件2。" if units or late_units else words


def _reports_by_unit(rows: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Unit → how many reports; a snapshot is one."""
    pieces: Counter[str] = Counter()
    for row in rows:
        pieces[row["unit"]] += max(len(row["months"]), 1)
    return pieces


def _spot_checks(figures: Figures, particulars: Particulars) -> str:
    checks = figures["spot_checks"]
    if not checks:
        return "本期没有完成的抽查。"
    return "".join(_spot_check(check, particulars) for check in checks) + "结果见附件3。"


def _spot_check(check: dict[str, Any], particulars: Particulars) -> str:
    again = f"（第{check['attempt']}次抽取）" if check["attempt"] > 1 else ""
    words = (
        f"抽查{check['number']}号{particulars.kinds[check['kind']]}{again}，从{number_in_words(check['population'])}个对象中"
        f"抽取{check['sample']}个，核查{check['checked']}个，相符{check['pass']}个，不符{check['fail']}个"
    )
    if check["unable"]:
        words += f"，无法核查{check['unable']}个"
    if check["rate"] is not None:
        low, high = share_in_words(check["low"]), share_in_words(check["high"])
        words += f"，推断总体相符率{share_in_words(check['rate'])}（{low}至{high}）"
    report = check.get("self_report")
    if report and report["false"]:
        words += f"；自报完成的{report['claimed']}个中不实{report['false']}个"
    return f"{words}。{_units_failed(check, particulars)}"


def _units_failed(check: Mapping[str, Any], particulars: Particulars) -> str:
    if check["number"] in particulars.untold:
        return "该次抽查尚未告知各责任单位，不列单位。" if check["fail"] else ""
    failed = Counter(row["unit"] for row in particulars.failed if row["check"] == check["number"])
    return f"不符的单位：{listed(f'{unit}{number}个' for unit, number in failed.most_common())}。" if failed else ""


def _rectifications(figures: Figures, particulars: Particulars) -> str:
    overdue = figures["rectifications"]["overdue"]
    if not overdue:
        return "没有逾期的整改事项。"
    numbers: dict[str, list[str]] = defaultdict(list)
    for row in particulars.ledger:
        if row["number"] in overdue:
            numbers[row["unit"]].append(f"整改{row['number']}号")
    units = listed(f"{unit}{len(late)}件（{listed(late)}）" for unit, late in _most_first(numbers).items())
    units = units or listed(f"整改{number}号" for number in overdue)
    return f"整改事项逾期{len(overdue)}件：{units}。情况见附件4。"


# 四、单位排名


def _ranking(figures: Figures, particulars: Particulars) -> Iterator[Block]:
    rows = figures["ranking"]
    rule = (
        f"按完成率（已完成和逾期完成÷应计举措）由高到低排列，完成率相同的，逾期率低者在前，两者都相同的并列。"
        f"不适用和存疑的举措不计；应计举措不足{particulars.minimum}项的{len(figures['unranked'])}个单位不参加排名。"
    )
    if not rows:
        yield Paragraph(f"{rule}没有单位参加排名。")
        return
    yield Paragraph(f"{rule}参加排名的共{len(rows)}个单位。{_praise(figures)}")
    columns = (
        Column("名次", 3, True),
        Column("责任单位", 8),
        Column("已完成÷应计", 6, True),
        Column("完成率", 4, True),
        Column("逾期", 3, True),
        Column("上期名次", 4, True),
    )
    if len(rows) <= 2 * PLACES:
        yield DocumentTable("排名", columns, tuple(_place(row) for row in rows))
    else:
        yield DocumentTable(f"前{PLACES}名", columns, tuple(_place(row) for row in rows[:PLACES]))
        yield DocumentTable(f"后{PLACES}名", columns, tuple(_place(row) for row in rows[-PLACES:]))
    if figures["reports"]["silent"]:
        yield Paragraph(f"未报送任何数据、不计完成率的单位：{listed(figures['reports']['silent'])}。")
    if figures.get("assessment"):
        yield Paragraph("各单位考核赋分及其规则、扣分依据见附件5。")


def _place(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        str(row["place"]),
        row["unit"],
        f"{row['finished']}÷{row['counted']}",
        share_in_words(row["share"]),
        str(row["overdue"]),
        "—" if row["before"] is None else str(row["before"]),
    )


def _praise(figures: Figures) -> str:
    rows = figures["ranking"]
    first = [row for row in rows if row["place"] == 1 and row["finished"]]
    words = ""
    if first:
        words = f"位列第一的是{named([row['unit'] for row in first])}，完成率{share_in_words(first[0]['share'])}。"
    mended = Counter(
        change["unit"] for change in figures["changes"] if change["before"] == Lamp.OVERDUE.value and change["unit"]
    )
    if mended:
        most = max(mended.values())
        units = [unit for unit, number in mended.items() if number == most]
        words += f"与上期相比，减少逾期最多的是{named(units)}，{'各' if len(units) > 1 else ''}减少{most}项。"
    return words


# 五、下步要求


def _requirements(figures: Figures, particulars: Particulars) -> Iterator[Block]:
    matters = requirements(figures, particulars)
    if not matters:
        yield Paragraph("没有须限期办理的事项，各责任单位按方案继续推进。")
        return
    when = f"自印发之日起{particulars.days_to_mend}个工作日内"
    yield Paragraph(f"下列单位应{when}办理所列事项，并报送结果和佐证材料；逾期未办的，按规定督办。")
    columns = (Column("责任单位", 6), Column("事项", 18), Column("时限", 5))
    limit = f"{particulars.days_to_mend}个工作日"
    yield DocumentTable("", columns, tuple((unit, matter, limit) for unit, matter in matters))


def requirements(figures: Figures, particulars: Particulars) -> list[tuple[str, str]]:
    """Return (unit, matter) for every unit that has something to put right, as they come in the figures."""
    overdue: dict[str, list[str]] = defaultdict(list)
    for row in figures["overdue"]:
        overdue[row["unit"]].append(row["measure"])
    lacking = _reports_by_unit(figures["missing"])
    late = Counter(row["unit"] for row in particulars.ledger if row["number"] in figures["rectifications"]["overdue"])
    words = []
    for unit in dict.fromkeys([*(row["unit"] for row in figures["ranking"]), *overdue, *lacking, *late]):
        matters = [f"完成逾期举措{_measures(overdue[unit])}"] if unit in overdue else []
        matters += [f"补报缺报数据{lacking[unit]}份"] if unit in lacking else []
        matters += [f"完成逾期整改{late[unit]}件（见附件4）"] if unit in late else []
        if matters:
            words.append((unit, "；".join(matters)))
    return words


def _measures(codes: list[str]) -> str:
    return listed(codes) if len(codes) <= MEASURES_LISTED else f"{len(codes)}项（见附件2）"
