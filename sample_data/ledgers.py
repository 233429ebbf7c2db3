"""The whole-district ledgers that the bureau exports from the city's systems, and their supplements for the late
units.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from catalogue.datasets import DATASETS
from sample_data.district_units import DISTRICT, UNIT, UNITS, Unit
from sample_data.engineering_rows import approvals, market_figures, utility_figures
from sample_data.guide_rows import guide
from sample_data.help_rows import help_rows
from sample_data.hotline_rows import CENTRE, calls, tickets
from sample_data.layout import Layout, Record
from sample_data.ledger_time import as_known, still_open
from sample_data.list_rows import claims, problems
from sample_data.own_workbooks import own_post
from sample_data.post import Post, moment, sheets_of
from sample_data.progress_rows import progress_rows, reports_progress
from sample_data.rating_rows import month_of_cases
from sample_data.story import (
    LATE,
    MONTHS,
    OWN_PROGRESS,
    OWN_REVIEWS,
    OWN_WORKBOOKS,
    SILENT,
    ZERO,
    quality,
    reporting_units,
    reports,
)

NO_GUIDES = ("区消防大队", "榆树镇")
"""Never sent a guide list."""
EXPORTED_NAMES = {unit.name: unit.aliases[0] for unit in UNITS if unit.kind != "镇街" and unit.number % 3 == 0} | {
    unit.name: f"{DISTRICT}{unit.name}" for unit in UNITS if unit.kind == "镇街" and unit.number % 4 == 0
}
SENT = {"2023-06": (moment(7, 4), moment(7, 12)), "2023-07": (moment(8, 4), moment(8, 14))}
"""Month → when the ledger was sent, when its supplement."""

Rows = Callable[[Unit, str], list[Record]]


def ledger_posts() -> list[Post]:
    return [*_guides(), *_monthly(), *_cases(), *_hotline(), *_engineering(), *_lists()]


def _ledger(dataset: str, month: str, at: datetime, parts: dict[str, list[Record]], remark: str = "") -> Post:
    title = DATASETS[dataset].title
    dates = ("cell",) if dataset != "help_cases" else ("slash", "chinese", "cell")
    layout = Layout(
        above=(f"{DISTRICT}{title}{remark}（系统导出）",),
        unit_names=EXPORTED_NAMES,
        dates=dates,
        serial=dataset in ("approvals", "help_cases"),
        skip_empty=dataset == "hotline_tickets",
    )
    name = f"{at:%m}月/全区{int(month[5:])}月{title}{remark}.xlsx"
    return Post(name, dataset, None, month, at, sheets_of(dataset, parts, layout))


def _guides() -> list[Post]:
    exported = [unit for unit in reporting_units("2023-06") if unit.name not in (*OWN_WORKBOOKS, *NO_GUIDES)]
    groups = {
        "（镇街）": (moment(6, 15), [u for u in exported if u.kind == "镇街" and u.name not in LATE]),
        "（部门）": (moment(6, 16), [u for u in exported if u.kind == "部门" and u.name not in LATE]),
        "（补报）": (moment(6, 28), [u for u in exported if u.name in LATE]),
    }
    return [
        _ledger("guides", "2023-06", at, _joined(guide(unit, quality(unit)) for unit in units), remark)
        for remark, (at, units) in groups.items()
    ]


def _joined(guides: Iterable[dict[str, list[Record]]]) -> dict[str, list[Record]]:
    parts: dict[str, list[Record]] = {"事项": [], "材料": [], "流程": []}
    for parts_of_guide in guides:
        for part, rows in parts_of_guide.items():
            parts[part] += rows
    return parts


def _monthly() -> list[Post]:
    sources: dict[str, tuple[Rows, Sequence[str]]] = {
        "monthly_cases": (lambda unit, month: month_of_cases(unit, month).monthly_cases, OWN_WORKBOOKS),
        "reviews": (lambda unit, month: month_of_cases(unit, month).reviews, OWN_REVIEWS),
        "progress": (_progress, OWN_PROGRESS),
    }
    return [
        post
        for month in MONTHS
        for dataset, (rows, own) in sources.items()
        for post in _in_two(dataset, month, rows, own)
    ]


def _progress(unit: Unit, month: str) -> list[Record]:
    return progress_rows(unit, month) if reports_progress(unit, month) else []


def _in_two(dataset: str, month: str, rows: Rows, own: Sequence[str]) -> list[Post]:
    """The ledger in time, then its supplement for those who were late."""
    units = [unit for unit in UNITS if (reports(unit, month) or unit.name in ZERO) and unit.name not in own]
    in_time = [
        row
        for unit in units
        if unit.name not in (*LATE, *ZERO) or (unit.name in ZERO and dataset == "progress")
        for row in rows(unit, month)
    ]
    late = [row for unit in units if unit.name in LATE for row in rows(unit, month)]
    first, second = SENT[month]
    return [
        _ledger(dataset, month, first, {dataset: in_time}),
        _ledger(dataset, month, second, {dataset: late}, "（补报）"),
    ]


def _cases() -> list[Post]:
    """Ledgers of cases: what was open when June's was sent stands in July's again."""
    bad: Rows = lambda unit, month: month_of_cases(unit, month).bad_reviews  # noqa: E731
    return [*_carried("bad_reviews", bad, OWN_WORKBOOKS), *_carried("help_cases", help_rows, ())]


def _carried(dataset: str, rows: Rows, own: Sequence[str]) -> list[Post]:
    posts = []
    for late, remark in ((False, ""), (True, "（补报）")):
        earlier: list[Record] = []
        for month in MONTHS:
            at = SENT[month][late]
            units = [u for u in reporting_units(month) if u.name not in own and (u.name in LATE) == late]
            of_month = [row for unit in units for row in rows(unit, month)]
            carried = [row for row in earlier if reports(UNIT[str(row["unit"])], month)]
            posts.append(
                _ledger(dataset, month, at, {dataset: as_known(dataset, carried + of_month, at.date())}, remark)
            )
            earlier = still_open(dataset, of_month, at.date())
    return posts


def _hotline() -> list[Post]:
    reporters = [unit for unit in UNITS if unit.kind != "其他"]
    earlier: list[Record] = []
    posts: list[Post] = []
    for month in MONTHS:
        at, of_month = SENT[month][0], tickets(month, reporters)
        posts.append(
            _ledger(
                "hotline_tickets",
                month,
                at,
                {"hotline_tickets": as_known("hotline_tickets", earlier + of_month, at.date())},
            )
        )
        posts.append(
            own_post(UNIT[CENTRE], "hotline_calls", month, at.replace(hour=14), {"hotline_calls": calls(month)})
        )
        earlier = still_open("hotline_tickets", of_month, at.date())
    return posts


def _engineering() -> list[Post]:
    earlier: list[Record] = []
    posts: list[Post] = []
    for month in MONTHS:
        at, of_month = SENT[month][0], approvals(month)
        posts.append(
            _ledger("approvals", month, at, {"approvals": as_known("approvals", earlier + of_month, at.date())})
        )
        for unit, rows in (("区发改局", market_figures(month)), ("区工改办", utility_figures(month))):
            posts.append(
                own_post(UNIT[unit], "engineering_monthly", month, at.replace(hour=15), {"engineering_monthly": rows})
            )
        earlier = still_open("approvals", of_month, at.date())
    return posts


def _lists() -> list[Post]:
    units = [unit for unit in reporting_units("2023-06") if unit.name not in SILENT]
    claimed = [row for unit in units for row in claims(unit)]
    return [
        _ledger("catalogue_claims", "2023-06", moment(6, 20), {"catalogue_claims": claimed}),
        _problems(units, moment(6, 26), "2023-06"),
        _problems(units, moment(8, 18), "2023-08"),
    ]


def _problems(units: Sequence[Unit], at: datetime, month: str) -> Post:
    as_of: date = at.date()
    return _ledger(
        "assessment_problems",
        month,
        at,
        {"assessment_problems": [row for unit in units for row in problems(unit, as_of)]},
    )
