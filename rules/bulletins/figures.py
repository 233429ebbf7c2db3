"""The figures of a bulletin: from the board at A and, where compared, at C to one JSON document and its digest
(supervision.md 4.2, supervision_cli.md).

Every list is in the order of the plan, then of the register, then of months or numbers, so that the digest is one.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from models.bulletins import BoardAt, Checked, Figures, OwedReport, ReportState
from models.lamps import IndicatorResult, Lamp, MeasureLamp
from rules.lamp import meets, roll_up
from rules.ranking import Ranking, rank
from rules.working_days import Calendar

ROW = tuple[str, str | None]
"""(measure, unit)"""


def bulletin_figures(now: BoardAt, before: BoardAt | None, checked: Checked, calendar: Calendar) -> Figures:
    """Return the figures of a bulletin as of `now` compared with `before`. Raises CalendarMissing where a deadline
    passed in a year that is not entered.
    """
    return {
        "as_of": now.as_of.isoformat(),
        "compared": before and before.as_of.isoformat(),
        "reports": _reports(now),
        "lamps": {
            "counted": sum(row.lamp is not Lamp.NOT_APPLICABLE for row in now.lamps),
            "not_applicable": sum(row.lamp is Lamp.NOT_APPLICABLE for row in now.lamps),
            "now": counts(row.lamp for row in now.lamps),
            "before": counts(row.lamp for row in before.lamps) if before else None,
        },
        "tasks": [
            {"task": task, "area": rows[0].area, **_rolled_up(rows)}
            for task, rows in _grouped(now.lamps, "task").items()
        ],
        "areas": [{"area": area, **_rolled_up(rows)} for area, rows in _grouped(now.lamps, "area").items()],
        "indicators": list(_indicators(now, before)),
        "overdue": [_overdue(row, now.as_of, calendar) for row in now.lamps if row.lamp is Lamp.OVERDUE],
        "missing": reports_in_state(now.reports, ReportState.MISSING),
        **_ranking(now, before),
        "rectifications": dict(checked.rectifications),
        "spot_checks": [dict(check) for check in checked.spot_checks],
        "changes": _changes(now, before) if before else [],
    }


def digest_of(figures: Figures) -> str:
    """Return the SHA-256 of the figures, in hexadecimal digits: keys sorted, no blanks, UTF-8 as it is."""
    text = json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def counts(lamps: Iterable[Lamp]) -> dict[str, int]:
    """Return how many there are of each lamp, worst first; those that are not there and not_applicable are left out."""
    return {lamp.value: number for lamp, number in roll_up(lamps).counts.items() if number}


def silent_units(reports: Iterable[OwedReport]) -> list[str]:
    """Return the units that owe something and sent none of it, in the order in which they come."""
    owing: dict[str, bool] = {}
    for report in reports:
        owing[report.unit] = owing.get(report.unit, True) and report.state is ReportState.MISSING
    return [unit for unit, nothing_came in owing.items() if nothing_came]


def ranking_at(board: BoardAt) -> Ranking:
    """Return the ranking of a board by the one rule."""
    return rank(board.lamps, board.register, set(silent_units(board.reports)), board.minimum)


def _reports(board: BoardAt) -> dict[str, Any]:
    monthly = [report for report in board.reports if report.month]
    snapshots = [report for report in board.reports if not report.month]
    states = Counter(report.state for report in monthly)
    missing = sum(report.state is ReportState.MISSING for report in snapshots)
    silent = set(silent_units(board.reports))
    return {
        "owed": len(monthly),
        "on_time": states[ReportState.ON_TIME],
        "late": states[ReportState.LATE],
        "missing": states[ReportState.MISSING],
        "zero": sum(report.zero for report in monthly),
        "snapshots": {"owed": len(snapshots), "received": len(snapshots) - missing, "missing": missing},
        "silent": [unit for unit in board.register if unit in silent],
    }


def _grouped(rows: Iterable[MeasureLamp], what: str) -> dict[str, list[MeasureLamp]]:
    groups: dict[str, list[MeasureLamp]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, what)].append(row)
    return groups


def _rolled_up(rows: Iterable[MeasureLamp]) -> dict[str, Any]:
    lamps = [row.lamp for row in rows]
    return {"lamp": roll_up(lamps).worst.value, "counts": counts(lamps)}


def _indicators(now: BoardAt, before: BoardAt | None) -> Iterator[dict[str, Any]]:
    earlier = _results(before.lamps) if before else {}
    judged = {row.measure for row in now.lamps if row.lamp is not Lamp.DOUBT}
    for (measure, code), results in _results(now.lamps).items():
        if measure not in judged:
            continue
        figure = _figure(code, results, now)
        first = results[0]
        yield {
            "code": code,
            "measure": measure,
            **figure,
            "target": whole(first.target),
            "met": _meets(figure, first),
            "units": sum(result.reported for result in results),
            "units_met": sum(result.met is True for result in results),
            "before": _figure(code, earlier.get((measure, code), []), before) if before else None,
        }


def _figure(code: str, results: Sequence[IndicatorResult], board: BoardAt) -> dict[str, float | None]:
    """What several rows add up to; the district's own where they do not add up. Source: plans.md, section 3."""
    if code in board.whole and sum(result.reported for result in results) > 1:
        return _sum([replace(results[0], numerator=board.whole[code][0], denominator=board.whole[code][1])])
    return _sum(results)


def _results(rows: Iterable[MeasureLamp]) -> dict[tuple[str, str], list[IndicatorResult]]:
    """(measure, indicator) → its result in every row."""
    results: dict[tuple[str, str], list[IndicatorResult]] = defaultdict(list)
    for row in rows:
        for result in row.indicators:
            results[row.measure, result.code].append(result)
    return results


def _sum(results: Sequence[IndicatorResult]) -> dict[str, float | None]:
    """Numerators and denominators added up over the rows with figures and something to count. None where no row has
    figures; 0, 0 and no value where what was reported holds nothing to count.
    """
    reported = [result for result in results if result.reported]
    counting = [result for result in reported if result.applies]
    if not reported:
        return {"numerator": None, "denominator": None, "value": None}
    numerator = sum(result.numerator or 0 for result in counting)
    denominators = [result.denominator for result in reported if result.denominator is not None]
    if not denominators:
        return {"numerator": whole(numerator), "denominator": None, "value": whole(numerator)}
    denominator = sum(denominators)
    value = numerator / denominator if denominator else None
    return {"numerator": whole(numerator), "denominator": whole(denominator), "value": whole(value)}


def _meets(figure: dict[str, float | None], against: IndicatorResult) -> bool | None:
    numerator = figure["numerator"]
    if numerator is None or figure["value"] is None or against.target is None:
        return None
    return meets(numerator, figure["denominator"], against.target, against.increases, against.at_most)


def whole(value: float | None) -> float | int | None:
    """Return a whole number without a decimal point, any other as it is."""
    return int(value) if value is not None and float(value).is_integer() else value


def _overdue(row: MeasureLamp, as_of: date, calendar: Calendar) -> dict[str, Any]:
    days = calendar.working_days_between(row.deadline, as_of) if row.deadline else None
    return {
        "measure": row.measure,
        "unit": row.unit,
        "deadline": row.deadline and row.deadline.isoformat(),
        "days": days,
    }


def reports_in_state(reports: Iterable[OwedReport], state: ReportState) -> list[dict[str, Any]]:
    """Return {"unit", "dataset", "months"} of those that stand so, in the order in which they come; no month of a
    snapshot.
    """
    months: dict[tuple[str, str], list[str]] = defaultdict(list)
    for report in reports:
        if report.state is state:
            months[report.unit, report.dataset].append(report.month)
    return [
        {"unit": unit, "dataset": dataset, "months": sorted(month for month in of_unit if month)}
        for (unit, dataset), of_unit in months.items()
    ]


def _ranking(now: BoardAt, before: BoardAt | None) -> dict[str, Any]:
    ranking = ranking_at(now)
    earlier = ranking_at(before) if before else None
    return {
        "ranking": [
            {
                "place": placed.place,
                "unit": placed.unit.unit,
                "counted": placed.unit.counted,
                "finished": placed.unit.finished,
                "overdue": placed.unit.overdue,
                "share": whole(placed.unit.share),
                "before": earlier.place_of(placed.unit.unit) if earlier else None,
            }
            for placed in ranking.places
        ],
        "unranked": [{"unit": tally.unit, "counted": tally.counted} for tally in ranking.unranked],
    }


def _changes(now: BoardAt, before: BoardAt) -> list[dict[str, Any]]:
    earlier: dict[ROW, Lamp] = {(row.measure, row.unit): row.lamp for row in before.lamps}
    return [
        {"measure": row.measure, "unit": row.unit, "before": lamp.value, "after": row.lamp.value}
        for row in now.lamps
        if (lamp := earlier.get((row.measure, row.unit))) not in (None, row.lamp) and lamp is not None
    ]
