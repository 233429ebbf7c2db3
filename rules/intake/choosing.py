"""From what each dataset finds in a workbook, and what the workbook says of itself, to the dataset it is, those that it
may be, or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.definitions import Dataset
from rules.intake.assignment import FoundTable, fit_of, has_demanded
from rules.intake.words import squeezed

_CLEARLY = 4  # by how much the best must suit better than the next
_LONGEST_TITLE = 200  # characters that are looked at


@dataclass(frozen=True)
class Choice:
    """`tables`: those of the dataset; none where its headings are not found."""

    dataset: Dataset
    tables: list[FoundTable]

    @property
    def is_told(self) -> bool:
        """Whether some table is more than a list: code, name and unit alone are any list of items."""
        main = self.dataset.main
        return any(
            table.named or table.part is not main or has_demanded(main, table.header.fields) for table in self.tables
        )

    @property
    def fit(self) -> int:
        return fit_of(self.tables)


def choose(choices: Sequence[Choice], titles: Sequence[str]) -> Choice | list[Dataset] | None:
    """Return the choice that suits clearly best, or that a title names among those that suit as well, or the only one
    there is; else the datasets in doubt, or None where none suits.
    """
    if len(choices) == 1:
        return choices[0]
    named = _named(choices, titles)
    possible = sorted((choice for choice in choices if choice.is_told), key=lambda choice: choice.fit, reverse=True)
    if not possible:
        return named
    near = [choice for choice in possible if choice.fit > possible[0].fit - _CLEARLY]
    if named in near:
        return named
    if len(near) == 1 and near[0].fit >= 0 and (named is None or near[0].fit >= _CLEARLY):
        return near[0]
    return [choice.dataset for choice in (near if named is None else [*near, named])]


def _named(choices: Sequence[Choice], titles: Sequence[str]) -> Choice | None:
    """The one of which a title speaks, by the longest of the names found; None where several are equally named."""
    text = "".join(squeezed(title[:_LONGEST_TITLE]) + "\n" for title in titles)
    plain = text.translate({ord(mark): None for mark in '“”"‘’《》'})
    named = [(len(name), choice) for choice in choices for name in choice.dataset.names if name in plain]
    longest = max((length for length, _ in named), default=0)
    best = {choice.dataset.code: choice for length, choice in named if length == longest}
    return next(iter(best.values())) if len(best) == 1 else None
