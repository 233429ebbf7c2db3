"""The queue of verification: what units reported done, the oldest first, those with evidence before those without; one
at a time, or several with evidence at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st
from markupsafe import Markup

from components.elements.area_column import area_column, area_of_measure
from components.elements.context import PageContext
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.links import choices, link
from components.elements.phrases import listed
from components.elements.table import Column, Kind, Table, Width, draw_table
from components.milestones.table import Files
from services.milestones.progress import Assignment
from services.milestones.verification import verify_several

ON_A_PAGE = 20
BATCH = "verify several"


@dataclass(frozen=True)
class Queue:
    """What waits, in the order in which it is looked at."""

    with_evidence: Sequence[Assignment]
    without: Sequence[Assignment]

    @property
    def every(self) -> list[Assignment]:
        return [*self.with_evidence, *self.without]

    def in_words(self) -> str:
        if not self.every:
            return "没有待核验的举措"
        return (
            f"{len(self.every):,} 项待核验：有证明材料 {len(self.with_evidence):,} 项，没有的 {len(self.without):,} 项"
        )

    def place_of(self, measure: str, unit: str) -> int:
        """Return where an assignment stands, from 0; the first where it does not wait (any more)."""
        places = (index for index, item in enumerate(self.every) if (item.measure, item.unit) == (measure, unit))
        return next(places, 0)


def queue_of(waiting: Sequence[Assignment], files: Files) -> Queue:
    oldest_first = sorted(waiting, key=lambda item: (completed_on(item) or date.max, item.measure, item.unit))
    return Queue(
        [item for item in oldest_first if files[item.measure, item.unit]],
        [item for item in oldest_first if not files[item.measure, item.unit]],
    )


def completed_on(assignment: Assignment) -> date | None:
    return assignment.latest.completed_on if assignment.latest else None


def address_in_queue(assignment: Assignment, here: PageContext) -> str:
    return here.address("verification", measure=assignment.measure, unit=assignment.unit)


def neighbours(queue: Queue, place: int, here: PageContext) -> Markup:
    """Return “第 3 项，共 55 项” with the ways to the item before and after it."""
    items = queue.every
    before = link("上一项", address_in_queue(items[place - 1], here), css="back") if place else Markup("")
    after = (
        link("下一项", address_in_queue(items[place + 1], here), css="back") if place + 1 < len(items) else Markup("")
    )
    return choices("待核验的举措", (before, after))


def draw_part(name: str, title: str, items: Sequence[Assignment], files: Files, here: PageContext) -> None:
    """Draw one part of the queue as a table; each row opens its item."""
    area_of = area_of_measure(here)
    columns: Sequence[Column[Assignment]] = (
        Column[Assignment](
            "measure",
            "举措",
            lambda item: item.measure,
            width=Width.UNBROKEN,
            href=lambda item: address_in_queue(item, here),
        ),
        Column[Assignment]("title", "内容", lambda item: item.title, width=Width.PROSE, phone_label=False),
        area_column(lambda item: area_of(item.measure)),
        Column[Assignment](
            "unit",
            "责任单位",
            lambda item: item.unit,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda item: address_in_queue(item, here),
            is_filter=True,
        ),
        Column[Assignment]("done", "完成日期", completed_on, Kind.DAY, Width.UNBROKEN),
        Column[Assignment](
            "account", "进展情况", lambda item: item.latest.account if item.latest else None, width=Width.REASON
        ),
        Column[Assignment]("files", "材料", lambda item: files[item.measure, item.unit], Kind.NUMBER, unit=" 份"),
    )
    table = Table(name, title, columns, page_size=ON_A_PAGE, group_by="unit", nothing=f"没有{title}的举措。")
    draw_table(table, items, here)


def batch_form(items: Sequence[Assignment], here: PageContext) -> None:
    """Draw the form that verifies several at once: of those with evidence alone, for one reason, asked once more."""
    labels = {(item.measure, item.unit): f"{item.measure} {item.unit}" for item in items}
    with st.expander("批量核验（仅限有证明材料的）"), entry_form(BATCH):
        chosen = st.multiselect("举措", list(labels), format_func=labels.__getitem__, placeholder="请选择举措")
        reason = st.text_input("批量核验的理由（必填，存入每一项的记录）", max_chars=200)
        if st.form_submit_button("批量核验通过") and _is_chosen(chosen):
            change = Markup("以下 {} 项将核验通过，按单位填报的完成日期记为完成：{}。理由：{}").format(
                len(chosen), listed(labels[pair] for pair in chosen), reason
            )
            ask_once_more(
                BATCH, change, lambda: _verify(tuple(chosen), reason, here), yes="确认全部通过", reason=reason
            )
    draw_question(BATCH)


def _is_chosen(chosen: Sequence[tuple[str, str]]) -> bool:
    if not chosen:
        st.warning("请先选择要核验的举措。")
    return bool(chosen)


def _verify(chosen: Sequence[tuple[str, str]], reason: str, here: PageContext) -> str:
    number = verify_several(chosen, reason, at=here.now)
    return f"{number} 项已核验通过。"
