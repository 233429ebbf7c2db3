"""The annexes of a bulletin: from figures to tables of tasks, lists, checks and rectifications (supervision.md 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.bulletins import Figures
from models.lamps import FACES, Lamp
from models.official_document import Annex, Block, DocumentTable, Heading, Level, Paragraph
from models.official_document import TableColumn as Column
from models.rectifications import RectificationState
from models.spot_checks import Method
from rules.bulletins.assessment import assessment_annex
from rules.bulletins.particulars import Particulars
from rules.bulletins.words import day_in_words, listed, months_in_words, number_in_words, share_in_words, shortened

LAMPS_IN_ORDER = (
    Lamp.DONE,
    Lamp.DONE_LATE,
    Lamp.ON_TRACK,
    Lamp.DUE_SOON,
    Lamp.TO_VERIFY,
    Lamp.NOT_REPORTED,
    Lamp.DOUBT,
    Lamp.OVERDUE,
)


def annexes_of(figures: Figures, particulars: Particulars) -> tuple[Annex, ...]:
    """Return the annexes in their order: four, and the points where rules for them were in force."""
    points = assessment_annex(figures)
    return (
        Annex("任务完成情况", (_tasks(figures, particulars),)),
        Annex("逾期和缺报清单", tuple(_lists(figures, particulars))),
        Annex("抽查结果和问题清单", tuple(_spot_check_table(figures, particulars))),
        Annex("整改台账", tuple(_rectification_table(figures, particulars))),
        *((points,) if points else ()),
    )


def _tasks(figures: Figures, particulars: Particulars) -> DocumentTable:
    columns = (
        Column("任务", 3),
        Column("任务名称", 15),
        Column("领域", 7),
        Column("状态", 4),
        Column("合计", 4, True),
        *(Column(FACES[lamp].word, 5 if len(FACES[lamp].word) > 3 else 4, True) for lamp in LAMPS_IN_ORDER),
    )
    rows = tuple(
        (
            task["task"],
            particulars.tasks[task["task"]],
            particulars.areas[task["area"]],
            FACES[Lamp(task["lamp"])].word,
            number_in_words(sum(task["counts"].values())),
            *(number_in_words(task["counts"].get(lamp.value, 0)) for lamp in LAMPS_IN_ORDER),
        )
        for task in figures["tasks"]
    )
    return DocumentTable("", columns, rows)


def _lists(figures: Figures, particulars: Particulars) -> Iterator[Block]:
    yield Heading(Level.SECOND, "（一）逾期举措")
    yield _overdue(figures, particulars) if figures["overdue"] else Paragraph("没有逾期的举措。")
    yield Heading(Level.SECOND, "（二）缺报数据")
    yield (
        _not_in_time(figures["missing"], "缺报月份", particulars)
        if figures["missing"]
        else Paragraph("没有缺报的数据。")
    )
    if particulars.late:
        yield Heading(Level.SECOND, "（三）迟报数据")
        yield _not_in_time(particulars.late, "迟报月份", particulars)


def _overdue(figures: Figures, particulars: Particulars) -> DocumentTable:
    """A row for each measure: its units have the same deadline and are late by as many days."""
    units: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for row in figures["overdue"]:
        units[row["measure"], row["deadline"], row["days"]].append(row["unit"])
    columns = (
        Column("举措", 4),
        Column("举措名称", 12),
        Column("完成时限", 11),
        Column("逾期工作日", 7, True),
        Column("单位数", 5, True),
        Column("责任单位", 32),
    )
    return DocumentTable(
        "",
        columns,
        tuple(
            (
                measure,
                particulars.measures[measure],
                day_in_words(deadline),
                str(days),
                str(len(late)),
                listed(late),
            )
            for (measure, deadline, days), late in units.items()
        ),
    )


def _not_in_time(rows: Sequence[Mapping[str, Any]], title: str, particulars: Particulars) -> DocumentTable:
    """A row for each dataset and the months of it, the longest row of months first."""
    units: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for row in rows:
        units[row["dataset"], tuple(row["months"])].append(row["unit"])
    order = list(dict.fromkeys(dataset for dataset, _ in units))
    ordered = sorted(units.items(), key=lambda pair: (order.index(pair[0][0]), -len(pair[0][1])))
    return DocumentTable(
        "",
        (Column("数据", 10), Column(title, 16), Column("单位数", 5, True), Column("责任单位", 32)),
        tuple(
            (particulars.datasets[dataset], months_in_words(list(months)), str(len(named)), listed(named))
            for (dataset, months), named in ordered
        ),
    )


def _spot_check_table(figures: Figures, particulars: Particulars) -> Iterator[Block]:
    if not figures["spot_checks"]:
        yield Paragraph("本期没有完成的抽查。")
        return
    columns = (
        Column("抽查编号", 4),
        Column("类别", 7),
        Column("方法", 5),
        Column("第几次抽取", 4, True),
        Column("总体", 4, True),
        Column("样本", 3, True),
        Column("核查", 3, True),
        Column("相符", 3, True),
        Column("不符", 3, True),
        Column("无法核查", 3, True),
        Column("推断相符率", 8),
        Column("自报不实", 4, True),
    )
    yield DocumentTable("", columns, tuple(_spot_check_row(check, particulars) for check in figures["spot_checks"]))
    yield from _failed_table(particulars)
    if particulars.untold:
        numbers = listed(f"抽查{number}号" for number in particulars.untold)
        yield Paragraph(f"{numbers}尚未告知各责任单位，问题不在此列出。")


def _failed_table(particulars: Particulars) -> Iterator[Block]:
    """问题清单: every element that did not bear out what was reported."""
    if not particulars.failed:
        return
    columns = (
        Column("抽查编号", 5),
        Column("责任单位", 7),
        Column("对象编号", 11),
        Column("内容", 18),
        Column("不符的核查项", 13),
        Column("认定", 4),
        Column("整改编号", 5),
    )
    yield Paragraph(f"问题清单，共{number_in_words(len(particulars.failed))}个：")
    yield DocumentTable(
        "",
        columns,
        tuple(
            (
                row["check"],
                row["unit"],
                row["key"],
                shortened(row["content"]),
                "；".join(row["questions"]),
                "已认定" if row["confirmed"] else "待认定",
                row["rectification"] or "—",
            )
            for row in particulars.failed
        ),
    )


def _spot_check_row(check: dict[str, Any], particulars: Particulars) -> tuple[str, ...]:
    rate = "不推断总体"
    if check["rate"] is not None:
        rate = f"{share_in_words(check['rate'])}（{share_in_words(check['low'])}至{share_in_words(check['high'])}）"
    report = check.get("self_report")
    return (
        check["number"],
        particulars.kinds[check["kind"]],
        Method(check["method"]).word,
        str(check["attempt"]),
        number_in_words(check["population"]),
        *(number_in_words(check[key]) for key in ("sample", "checked", "pass", "fail", "unable")),
        rate,
        f"{report['false']}÷{report['claimed']}" if report and report["claimed"] else "—",
    )


def _rectification_table(figures: Figures, particulars: Particulars) -> Iterator[Block]:
    known = figures["rectifications"]
    if not known["counts"]:
        yield Paragraph("没有整改事项。")
        return
    since = f"{day_in_words(figures['compared'])}以后" if figures["compared"] else "截至目前"
    yield Paragraph(f"{since}立项{number_in_words(known['opened'])}件，销号{number_in_words(known['closed'])}件。")
    rows = tuple(
        (FACES[Lamp(lamp)].word, number_in_words(number))
        for lamp, number in sorted(known["counts"].items(), key=lambda pair: list(Lamp).index(Lamp(pair[0])))
    )
    yield DocumentTable("", (Column("状态", 6), Column("件数", 4, True)), rows)
    if known["overdue"]:
        yield Paragraph(f"逾期的整改编号：{listed(known['overdue'])}。")
    if particulars.ledger:
        yield _ledger(particulars)


def _ledger(particulars: Particulars) -> DocumentTable:
    """Every rectification, those that are over too."""
    columns = (
        Column("整改编号", 5),
        Column("责任单位", 7),
        Column("问题", 12),
        Column("来源", 7),
        *(Column(title, 7) for title in ("立项日期", "时限", "答复日期", "销号日期")),
        Column("灯", 5),
    )
    return DocumentTable(
        "",
        columns,
        tuple(
            (
                row["number"],
                row["unit"],
                shortened(row["issue"]),
                shortened(row["source"]),
                *(row[name] or "—" for name in ("opened_on", "due", "answered_on", "closed_on")),
                lamp_in_words(row),
            )
            for row in particulars.ledger
        ),
    )


def lamp_in_words(row: Mapping[str, Any]) -> str:
    """Return the lamp of a rectification; one that was withdrawn has none and says so."""
    state = RectificationState(row["state"])
    return state.word if state is RectificationState.WITHDRAWN else FACES[Lamp(row["lamp"])].word
