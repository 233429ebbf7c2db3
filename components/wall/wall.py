"""The three screens of the wall as whole pages: an overview, units by areas, rectifications and spot checks.

Nothing personal is on them: no person, no text that somebody entered, no check that is sealed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from markupsafe import Markup

from catalogue.areas import areas_of_plan
from components.elements import cache
from components.elements.bars import lamp_bar
from components.elements.lamp import COUNTED as COUNTED_LAMPS
from components.elements.lamp import css_class, tally
from components.elements.links import address
from components.elements.templates import from_template
from models.lamps import FACES, Lamp, LampFace, MeasureLamp
from models.rectifications import Rectification
from models.rounds import RoundState
from models.spot_checks import SpotCheckSummary
from rules.as_of import SHANGHAI
from services.access.permission import WHO_SEES_ALL, only
from services.meetings.meetings import meetings_as_of
from services.rounds.rounds import rounds_as_of
from services.spot_checks.summaries import spot_checks_as_of

WEEK = timedelta(days=7)
COUNTED = (Lamp.OVERDUE, Lamp.NOT_REPORTED, Lamp.DUE_SOON, Lamp.TO_VERIFY, Lamp.DONE)
OF_RECTIFICATIONS = (Lamp.OVERDUE, Lamp.DUE_SOON, Lamp.TO_VERIFY, Lamp.ON_TRACK, Lamp.DONE)
PRESSING = (Lamp.OVERDUE, Lamp.DUE_SOON)
FINISHED = (Lamp.DONE, Lamp.DONE_LATE)
DEADLINES, RECTIFICATIONS, CHECKS, AHEAD, COLUMNS = 4, 9, 4, 3, 3
"""How many lines and columns fit."""


class Screen(StrEnum):
    OVERVIEW = "overview"
    MATRIX = "matrix"
    CHECKS = "checks"

    @property
    def word(self) -> str:
        return {"overview": "总览", "matrix": "单位 × 领域", "checks": "整改和抽查"}[self.value]


@dataclass(frozen=True)
class WallRequest:
    """What an address asks for: which screen, or all in turn; of which day; light on dark, or dark on light."""

    screen: Screen | None
    as_of: date | None
    is_dark: bool

    @property
    def screens(self) -> list[Screen]:
        return list(Screen) if self.screen is None else [self.screen]

    @property
    def address(self) -> str:
        return address(
            "wall",
            screen=self.screen,
            turn=1 if self.screen is None else None,
            as_of=self.as_of,
            dark=1 if self.is_dark else None,
        )

    @property
    def ways(self) -> list[tuple[str, str, bool]]:
        """Return where one may go from here: word, address, whether it is here."""
        turns = [
            ("轮流", replace(self, screen=None)),
            *((screen.word, replace(self, screen=screen)) for screen in Screen),
        ]
        other = replace(self, is_dark=not self.is_dark)
        return [
            *((word, way.address, way == self) for word, way in turns),
            ("浅色" if self.is_dark else "深色", other.address, False),
        ]


@dataclass(frozen=True, slots=True)
class DrawnScreen:
    """A screen with the finding over it, what stands beside the finding, and its body."""

    word: str
    finding: str
    aside: Markup
    body: Markup


def wall_link(href: str) -> Markup:
    """Return the link to the wall, for the overview."""
    return from_template("wall/link.html", href=href)


def wall_page(request: WallRequest, *, styles: str, now: datetime) -> Markup:
    """Return the whole page. Raises Forbidden for a unit's person."""
    only(*WHO_SEES_ALL)
    day = request.as_of or cache.opening_day()
    district = cache.district(day)
    return from_template(
        "wall/wall.html",
        title="、".join(screen.word for screen in request.screens),
        drawn=[_drawn(screen, day) for screen in request.screens],
        seconds=int(district.settings["wall_minutes"]) * 60,
        same_address=request.address,
        ways=request.ways,
        is_dark=request.is_dark,
        styles=styles,
        is_sample=district.is_sample,
        day=day,
        read_at=f"{now.astimezone(SHANGHAI):%-m月%-d日 %H:%M}",
    )


def _drawn(screen: Screen, day: date) -> DrawnScreen:
    finding, body = {Screen.OVERVIEW: _overview, Screen.MATRIX: _matrix, Screen.CHECKS: _checks}[screen](day)
    aside = from_template("wall/legend.html", legend=[(FACES[lamp], css_class(lamp)) for lamp in COUNTED_LAMPS])
    return DrawnScreen(screen.word, finding, aside if screen is Screen.MATRIX else Markup(""), body)


@dataclass(frozen=True, slots=True)
class AreaLine:
    title: str
    bar: Markup
    overdue: int
    finished: int
    counted: int


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    day: date
    tasks: int
    open: int
    counted: int
    left: int


def _overview(day: date) -> tuple[str, Markup]:
    lamps, whole = cache.scorecard(day).lamps, tally(cache.scorecard(day).lamps)
    changes = cache.changes_between(day - WEEK, day)
    body = from_template(
        "wall/overview.html",
        counts=[(FACES[lamp], css_class(lamp), whole.counts[lamp]) for lamp in COUNTED],
        counted=whole.counted,
        areas=_areas(lamps, day),
        turned_red=sum(change.after is Lamp.OVERDUE for change in changes),
        left_red=sum(change.before is Lamp.OVERDUE for change in changes),
        deadlines=_deadlines(lamps, day),
    )
    overdue, missing = whole.counts[Lamp.OVERDUE], whole.counts[Lamp.NOT_REPORTED]
    return f"{whole.counted:,} 项责任，逾期 {overdue:,} 项，缺报 {missing:,} 项", body


def _areas(lamps: Sequence[MeasureLamp], day: date) -> list[AreaLine]:
    """Return a line an area; a bar's length tells how many responsibilities it has."""
    roll_ups = {
        area.title: tally([row for row in lamps if row.area == area.code])
        for area in areas_of_plan(cache.district(day).plan)
    }
    longest = max((roll_up.counted for roll_up in roll_ups.values()), default=0)
    return [
        AreaLine(
            title,
            lamp_bar(roll_up.counts, longest),
            roll_up.counts[Lamp.OVERDUE],
            sum(roll_up.counts[lamp] for lamp in FINISHED),
            roll_up.counted,
        )
        for title, roll_up in roll_ups.items()
    ]


def _deadlines(lamps: Sequence[MeasureLamp], day: date) -> list[DeadlineLine]:
    """The next deadlines, the day itself among them."""
    rows: dict[date, list[MeasureLamp]] = defaultdict(list)
    for lamp in lamps:
        if lamp.deadline is not None and lamp.deadline >= day:
            rows[lamp.deadline].append(lamp)
    district = cache.district(day)
    lines = []
    for deadline in sorted(rows)[:DEADLINES]:
        due, roll_up = rows[deadline], tally(rows[deadline])
        finished = sum(roll_up.counts[lamp] for lamp in FINISHED)
        lines.append(
            DeadlineLine(
                deadline,
                len({lamp.task for lamp in due}),
                roll_up.counted - finished,
                roll_up.counted,
                district.days_left(deadline),
            )
        )
    return lines


def _matrix(day: date) -> tuple[str, Markup]:
    cells: dict[tuple[str, str], list[MeasureLamp]] = defaultdict(list)
    for row in cache.scorecard(day).lamps:
        if row.unit is not None:
            cells[row.unit, row.area].append(row)
    plan = cache.district(day).plan
    areas = areas_of_plan(plan)
    names = [unit.name for unit in plan.units.values()]
    names = [name for name in names if any((name, area.code) in cells for area in areas)]
    rows = [(name, [_cell(cells.get((name, area.code), ())) for area in areas]) for name in names]
    length = -(-len(rows) // COLUMNS) or 1
    late = sum(any(face and face.word == FACES[Lamp.OVERDUE].word for face, _ in line) for _, line in rows)
    body = from_template(
        "wall/matrix.html",
        length=length,
        columns=[rows[first : first + length] for first in range(0, len(rows), length)],
        areas=[(area.title, area.title.split()[-1][:2]) for area in areas],
    )
    return f"{len(rows)} 个责任单位，{late} 个有逾期", body


def _cell(rows: Sequence[MeasureLamp]) -> tuple[LampFace | None, str]:
    roll_up = tally(rows)
    return (FACES[roll_up.worst], css_class(roll_up.worst)) if roll_up.counted else (None, "")


@dataclass(frozen=True, slots=True)
class RectificationLine:
    number: str
    unit: str
    due: date
    face: LampFace
    css: str
    words: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    title: str
    sample: int
    population: int
    passed: int
    checked: int
    state: str


def _checks(day: date) -> tuple[str, Markup]:
    ledger = cache.rectifications(day)
    pressing = sorted(
        (item for item in ledger.rectifications if item.lamp in PRESSING), key=lambda item: item.course.due
    )
    lines = [
        RectificationLine(
            item.number,
            item.unit,
            item.course.due,
            FACES[item.lamp],
            css_class(item.lamp),
            f"{FACES[item.lamp].word} {-item.days} 天"
            if item.days is not None and item.days < 0
            else FACES[item.lamp].word,
        )
        for item in pressing
    ]
    checks = [check for check in cache.answer(spot_checks_as_of, day) if _is_public(check)]
    body = from_template(
        "wall/checks.html",
        counts=[(FACES[lamp], css_class(lamp), ledger.counts.get(lamp, 0)) for lamp in OF_RECTIFICATIONS],
        total=sum(ledger.counts.values()),
        pressing=lines[:RECTIFICATIONS],
        more=max(0, len(lines) - RECTIFICATIONS),
        ahead=_ahead(day),
        checks=[_check(check) for check in reversed(checks)][:CHECKS],
    )
    overdue = ledger.counts.get(Lamp.OVERDUE, 0)
    return f"整改 {len(ledger.rectifications)} 件，逾期 {overdue} 件；抽查 {len(checks)} 次", body


@dataclass(frozen=True, slots=True)
class AheadLine:
    first: date
    last: date
    words: str


def _ahead(day: date) -> list[AheadLine]:
    """Rounds and meetings that are not over, the next first; none that is sealed."""
    rounds = [
        AheadLine(item.starts_on, item.ends_on, f"{item.kind.word}督查，{len(item.units)} 个单位")
        for item in cache.answer(rounds_as_of, day)
        if not item.sealed and item.state in (RoundState.PLANNED, RoundState.UNDER_WAY)
    ]
    meetings = [
        AheadLine(item.held_on, item.held_on, f"督查会议，{len(item.units)} 个单位")
        for item in cache.answer(meetings_as_of, day)
        if item.cancelled is None and item.held_on > day
    ]
    return sorted([*rounds, *meetings], key=lambda line: (line.first, line.words))[:AHEAD]


def _rectification(item: Rectification) -> RectificationLine:
    late = f" {-item.days} 天" if item.days is not None and item.days < 0 else ""
    face = FACES[item.lamp]
    return RectificationLine(item.number, item.unit, item.course.due, face, css_class(item.lamp), f"{face.word}{late}")


def _is_public(check: SpotCheckSummary) -> bool:
    """A sealed check is nobody's to read off a wall before it is told; one that is void says nothing."""
    return check.voided_at is None and not (check.sealed and check.released_at is None)


def _check(check: SpotCheckSummary) -> CheckLine:
    title, checked = f"{check.number} {check.kind.title}", check.passed + check.failed
    return CheckLine(title, check.sample, check.population, check.passed, checked, check.state.word)
