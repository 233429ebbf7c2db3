"""One guide as a citizen would read it, the failing parts marked, the clause and the sentence beside them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements.empty_state import empty_state, section
from components.elements.lamp import css_class
from components.elements.phrases import quiet
from components.elements.templates import from_template
from models.guides import ADVICE
from models.lamps import FACES, Lamp
from services.guides.sheet import Guide, Line, Mark

BLANK = quiet("（空白）")


def guide_sheet(guide: Guide) -> Markup:
    """Return sections of the item, then its materials, then its steps."""
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
    written = [line for line in lines if line.value or line.marks]
    return from_template("guides/lines.html", lines=written, css=_css, blank=BLANK, marks=marks)


def marks(marks: Sequence[Mark]) -> Markup:
    """Return “■ G106 方案5.1二 办理地点缺少窗口号… 事项 P7”, one a rule and sentence."""
    return from_template("guides/marks.html", marks=marks, face=_face, clause=clause_in_words)


def _face(mark: Mark) -> tuple[str, str]:
    """Return colour and shape of what is wrong."""
    lamp = _lamp(mark)
    return css_class(lamp), FACES[lamp].shape


def clause_in_words(clause: str) -> str:
    """Return 5.1 二 as 方案 5.1（二）."""
    if clause[:1].isdigit():
        number, _, part = clause.partition(" ")
        return f"方案 {number}（{part}）" if part else f"方案 {number}"
    return clause


def _lamp(mark: Mark) -> Lamp:
    return Lamp.DUE_SOON if mark.severity == ADVICE else Lamp.OVERDUE


def _css(marks: Sequence[Mark]) -> str:
    return css_class(min(map(_lamp, marks), key=list(Lamp).index))


def _rows(rows: Sequence[Sequence[Line]]) -> Markup:
    """Return a sheet with only the columns that any row fills or fails; the sentences of a row stand beneath it."""
    if not rows:
        return Markup("")
    columns = [place for place in range(len(rows[0])) if any(row[place].value or row[place].marks for row in rows)]
    return from_template(
        "guides/sheet.html",
        labels=[rows[0][place].field.label for place in columns],
        rows=[[row[place] for place in columns] for row in rows],
        css=_css,
        blank=BLANK,
        marks=marks,
    )
