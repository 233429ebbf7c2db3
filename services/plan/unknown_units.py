"""The words of a plan workbook that name no unit of the register: which hinder it, and which are a doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data_access.database import Session
from data_access.plan_store import imported_words, plans_on_board, units
from models.plan import UnitInfo
from rules.plan.changes import PlanWords
from rules.plan.declarations import PlanReading
from services.figures.unit_names import unit_names, unknown_unit
from services.plan.unit_words import expand_units, split_words


@dataclass(frozen=True)
class UnknownUnits:
    """Words of a plan that name no unit of the register. They hinder it (plans.md, section 1), unless the plans on the
    board say the same already: so a plan in use can be changed before its units are registered.
    """

    known: Mapping[int, UnitInfo]
    before: PlanWords
    of_plans: frozenset[str]  # what the plans on the board name that the register does not have

    @staticmethod
    def of_board(session: Session, before: PlanWords) -> UnknownUnits:
        known = units(session)
        plans = [imported_words(session, plan) for plan in plans_on_board(session)]
        named = (expand_units(split_words(task.units_text), known)[1] for plan in plans for task in plan.tasks.values())
        return UnknownUnits(known, before, frozenset(word for words in named for word in words))

    def mistakes(self, task: str, units_text: str) -> list[str]:
        """Return those that hinder: of a task that changes its units every one, of a new task those said nowhere."""
        unknown = expand_units(split_words(units_text), self.known)[1]
        was = self.before.tasks.get(task)
        if was is None:
            return [word for word in unknown if word not in self.of_plans]
        return [] if was.units_text == units_text else unknown

    def note(self, sheets: PlanReading) -> None:
        names = unit_names(self.known, "")
        for row in sheets.rows("任务"):
            for word in self.mistakes(row.text("task"), row.text("units_text")):
                sheets.note(row, "units_text", "unknown-unit", unknown_unit(word, names))

    def doubts(self, words: PlanWords, *, hinder: bool) -> Iterator[str]:
        """Yield what is left; `hinder`: the mistakes are noted."""
        for task in words.tasks.values():
            unit_ids, unknown = expand_units(split_words(task.units_text), self.known)
            mistakes = self.mistakes(task.code, task.units_text) if hinder else []
            left = [word for word in unknown if word not in mistakes]
            if not task.units_text:
                yield f"任务 {task.code} 责任单位存疑：方案未写明责任单位。"
            elif left or not (unit_ids or unknown):
                yield f"任务 {task.code} 责任单位存疑：单位名册中没有“{'、'.join(left) or task.units_text}”。"
