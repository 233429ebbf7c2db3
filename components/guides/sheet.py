"""One guide as a citizen would read it, the failing parts marked, the clause and the sentence beside them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements.empty_state import empty_state, section
from components.elements.lamp import css_class
from models.guides import ADVICE
from models.lamps import FACES, Lamp
from services.guides.sheet import Guide, Line, Mark

BLANK = Markup('<span class="quiet">（空白）</span>')


def guide_sheet(guide: Guide) -> Markup:
    """Sections of the item, then its materials, then its steps."""
    sections = Markup("").join(
        section(title) + _lines(lines) for title, lines in guide.sections.items() if _worth_showing(lines)
    )
    materials = section("申请材料", f"{len(guide.materials)} 项") + (
        _rows(guide.materials) or empty_state("“材料”表中没有该事项的材料。")
    )
    steps = section("办理流程", f"{len(guide.steps)} 步") + (
        _rows(guide.steps) or empty_state("“流程”表中没有该事项的环节。")
    )
    return sections + materials + steps


def _worth_showing(lines: Sequence[Line]) -> bool:
    return any(line.value or line.marks for line in lines)


def _lines(lines: Sequence[Line]) -> Markup:
    return Markup('<div class="guide">{}</div>').format(Markup("").join(map(_line, lines)))


def _line(line: Line) -> Markup:
    if not line.value and not line.marks:
        return Markup("")
    css = f"guide-line wrong {_css(line.marks)}" if line.marks else "guide-line"
    return Markup(
        '<div class="{}"><span class="guide-label">{}</span><span class="guide-value">{}</span>{}</div>'
    ).format(css, line.field.label, line.value or BLANK, marks(line.marks))


def marks(marks: Sequence[Mark]) -> Markup:
    """“■ G106 方案5.1二 办理地点缺少窗口号… 事项 P7”, one a rule and sentence."""
    said = Markup("").join(map(_mark, marks))
    return Markup('<ul class="guide-marks">{}</ul>').format(said) if marks else Markup("")


def _mark(mark: Mark) -> Markup:
    lamp = _lamp(mark)
    return Markup(
        '<li class="{}"><b>{} {}</b> <span class="clause">{}</span> {} <span class="quiet">{}</span></li>'
    ).format(css_class(lamp), FACES[lamp].shape, mark.rule, clause_in_words(mark.clause), mark.message, mark.cell)


def clause_in_words(clause: str) -> str:
    """5.1 二 → 方案 5.1（二）."""
    if clause[:1].isdigit():
        number, _, part = clause.partition(" ")
        return f"方案 {number}（{part}）" if part else f"方案 {number}"
    return clause


def _lamp(mark: Mark) -> Lamp:
    return Lamp.DUE_SOON if mark.severity == ADVICE else Lamp.OVERDUE


def _css(marks: Sequence[Mark]) -> str:
    return css_class(min(map(_lamp, marks), key=list(Lamp).index))


def _rows(rows: Sequence[Sequence[Line]]) -> Markup:
    """A table with only the columns that any row fills or fails; the sentences of a row stand beneath it."""
    if not rows:
        return Markup("")
    shown = [number for number in range(len(rows[0])) if any(row[number].value or row[number].marks for row in rows)]
    heads = Markup("").join(Markup('<th scope="col">{}</th>').format(rows[0][number].field.label) for number in shown)
    body = Markup("").join(_row([row[number] for number in shown]) for row in rows)
    return Markup(
        '<div class="table-frame"><table class="board sheet guide-rows"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'  # noqa: E501
    ).format(heads, body)


def _row(lines: Sequence[Line]) -> Markup:
    cells = Markup("").join(
        Markup('<td class="{}">{}</td>').format(f"wrong {_css(line.marks)}" if line.marks else "", _cell(line))
        for line in lines
    )
    of_lines = [mark for line in lines for mark in line.marks]
    beneath = (
        Markup('<tr class="beneath"><td colspan="{}">{}</td></tr>').format(len(lines), marks(of_lines))
        if of_lines
        else Markup("")
    )
    return Markup("<tr>{}</tr>{}").format(cells, beneath)


def _cell(line: Line) -> str | Markup:
    return line.value or (BLANK if line.marks else "")
