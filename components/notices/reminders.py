"""What stands against each unit as one table, and of one unit each matter with the step suggested for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from catalogue.cases import CASE_KINDS
from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.lamp import chip
from components.elements.table import Column, Kind, Table, Width
from components.elements.templates import from_template
from models.lamps import Lamp
from models.notices import Matter, MatterKind, Suggestion
from services.notices.reminders import SuggestedStep, UnitReminder

LATE = (Lamp.OVERDUE, Lamp.NOT_REPORTED)


def finding(reminders: Sequence[UnitReminder]) -> str:
    """Return “41 个单位有 203 件逾期或缺报的事项；建议催办 198、督办 5” for the title of a page."""
    late = [sum(step.matter.lamp in LATE for step in reminder.steps) for reminder in reminders]
    if not any(late):
        return "没有逾期、缺报的事项"
    words = suggested_in_words([step for reminder in reminders for step in reminder.steps])
    whose = f"{sum(number > 0 for number in late)} 个单位有 " if len(reminders) > 1 else ""
    return f"{whose}{sum(late):,} 件逾期或缺报的事项；{words or '均在等待答复'}"


def suggested_in_words(steps: Sequence[SuggestedStep]) -> str:
    """Return “建议催办 3、督办 1”, or nothing."""
    numbers: Counter[Suggestion] = Counter(step.advice.suggestion for step in steps if step.declined is None)
    parts = [
        f"{suggestion.word} {numbers[suggestion]:,}"
        for suggestion in Suggestion
        if suggestion is not Suggestion.WAIT and numbers[suggestion]
    ]
    return f"建议{'、'.join(parts)}" if parts else ""


def units_table(here: PageContext) -> Table[UnitReminder]:
    """Return the declaration of the table by unit."""

    def number(*lamps: Lamp) -> Column[UnitReminder]:
        words = {LATE: "逾期、缺报", (Lamp.DUE_SOON,): "临期"}[lamps]
        return Column(
            lamps[0].value,
            words,
            lambda reminder: sum(step.matter.lamp in lamps for step in reminder.steps),
            Kind.NUMBER,
        )

    return Table(
        "units",
        "各单位催办事项",
        (
            Column(
                "whose",
                "责任单位",
                lambda reminder: reminder.unit,
                Kind.UNIT,
                Width.UNBROKEN,
                href=lambda reminder: here.address("notices", unit=reminder.unit),
                is_filter=True,
            ),
            number(*LATE),
            number(Lamp.DUE_SOON),
            Column("cases", "逾期案件", lambda reminder: sum(item.overdue for item in reminder.cases), Kind.NUMBER),
            Column("returned", "退回待重报", lambda reminder: len(reminder.returned), Kind.NUMBER, folds=True),
            Column("step", "建议的下一步", _suggested, width=Width.PROSE),
        ),
        counted="个单位",
        nothing="没有需要催办的单位。",
        what_to_do="各单位没有逾期、临期和缺报的事项。",
    )


def _suggested(reminder: UnitReminder) -> str:
    words = suggested_in_words(reminder.steps)
    return "；".join(filter(None, (words, "连续两期通报列后三位，建议约谈" if reminder.talk else ""))) or "等待"


def steps_table(unit: str, here: PageContext) -> Table[SuggestedStep]:
    """Return the declaration of the table of one unit's matters."""
    return Table(
        "steps",
        f"{unit}催办事项",
        (
            Column(
                "matter",
                "事项",
                lambda step: step.matter.title,
                width=Width.PROSE,
                drawn=lambda step: _matter(step.matter),
                href=lambda step: matter_address(step.matter, unit, here),
            ),
            Column("lamp", "红绿灯", lambda step: step.matter.lamp, Kind.LAMP, is_filter=True, drawn=_lamp),
            Column("due", "期限", lambda step: step.matter.due, Kind.DAY, Width.UNBROKEN),
            Column("step", "建议", lambda step: step.advice.suggestion.word, is_filter=True, width=Width.UNBROKEN),
            Column("reason", "理由", lambda step: step.advice.reason, width=Width.PROSE),
            Column("declined", "不采取的理由", _declined, width=Width.PROSE, folds=True),
        ),
        counted="件",
        nothing="该单位没有逾期、临期和缺报的事项。",
    )


def _lamp(step: SuggestedStep) -> Markup:
    days = step.matter.days
    return chip(step.matter.lamp, f"{-days} 天" if days is not None and days < 0 else "")


def _declined(step: SuggestedStep) -> str:
    return f"{step.declined.reason}（{step.declined.by}）" if step.declined else ""


def _matter(matter: Matter) -> str:
    return f"{matter_word(matter)} {matter.title}"


def matter_word(matter: Matter) -> str:
    """Return “举措 1.2.1”, “报送”, “整改 2023-1”."""
    match matter.kind:
        case MatterKind.MEASURE:
            return f"举措 {matter.about}"
        case MatterKind.RECTIFICATION:
            return f"整改 {matter.about}"
        case _:
            return "报送"


def matter_in_words(code: str) -> str:
    """Return a matter as a notice names it, without looking it up: “好差评明细 2023-07 月报”."""
    kind, _, about = code.partition(":")
    if kind == MatterKind.REPORT:
        dataset, _, month = about.partition(":")
        title = DATASETS[dataset].title if dataset in DATASETS else dataset
        return f"报送{title}{f' {month} 月报' if month else ''}"
    return f"{'举措' if kind == MatterKind.MEASURE else '整改'} {about}"


def matter_address(matter: Matter, unit: str, here: PageContext) -> str:
    match matter.kind:
        case MatterKind.MEASURE:
            return here.address("lamp", measure=matter.about, unit=unit)
        case MatterKind.RECTIFICATION:
            return here.address("rectification", number=matter.about)
        case _:
            return here.address("reporting", dataset=matter.about.partition(":")[0])


def beside(reminder: UnitReminder, here: PageContext) -> Markup:
    """Return what stands beside the matters: cases by kind and milestones returned."""
    cases = [
        (
            CASE_KINDS[numbers.kind].title,
            f"逾期 {numbers.overdue}、临期 {numbers.due_soon}",
            here.address("cases", kind=numbers.kind, unit=reminder.unit),
        )
        for numbers in reminder.cases
    ]
    returned = [(code, here.address("assignment", measure=code, unit=reminder.unit)) for code in reminder.returned]
    return from_template("notices/beside.html", cases=cases, returned=returned) if cases or returned else Markup("")


def message(reminder: UnitReminder, day_in_words: str) -> str:
    """Return words to copy into the office's own messenger."""
    lines = [f"{reminder.unit}：截至{day_in_words}，贵单位有以下事项需办理："]
    late = [step.matter for step in reminder.steps if step.matter.lamp in LATE]
    soon = [step.matter for step in reminder.steps if step.matter.lamp is Lamp.DUE_SOON]
    for heading, matters in (("已逾期或缺报", late), ("即将到期", soon)):
        if matters:
            lines.append(f"【{heading}】")
            lines += [
                f"{index}. {matter_word(matter)} {matter.title}（期限 {matter.due}）"
                for index, matter in enumerate(matters, 1)
            ]
    if reminder.cases:
        words = "、".join(
            f"{CASE_KINDS[numbers.kind].title}逾期 {numbers.overdue} 件、临期 {numbers.due_soon} 件"
            for numbers in reminder.cases
        )
        lines.append(f"【案件】{words}")
    if reminder.returned:
        lines.append(f"【退回待重新报送】举措 {'、'.join(reminder.returned)}")
    return "\n".join([*lines, "请按期办理并在看板上报送、答复。"])
