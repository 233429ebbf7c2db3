"""What a rule may ask of the rows of one part: a test, from the tables to one boolean a row.

A missing value fails every question but `blank`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from models.definitions import Part
from models.guides import GuideCheck, GuideTables, Mask
from rules import conditions
from rules.guides.reading import Reading, read_column

Read = Callable[[GuideTables], Reading]


@dataclass(frozen=True)
class Test:
    """A mask that can be joined to another with & and |, and turned round with ~."""

    mask: Mask

    def __call__(self, tables: GuideTables) -> np.ndarray:
        return self.mask(tables)

    def __and__(self, other: Test) -> Test:
        return Test(lambda tables: self(tables) & other(tables))

    def __or__(self, other: Test) -> Test:
        return Test(lambda tables: self(tables) | other(tables))

    def __invert__(self) -> Test:
        return Test(lambda tables: ~self(tables))


@dataclass(frozen=True)
class Rows:
    """The rows of one part of the guides workbook."""

    part: Part

    @property
    def every(self) -> Test:
        return Test(lambda tables: np.ones(len(self.table(tables)), dtype=bool))

    def table(self, tables: GuideTables) -> pd.DataFrame:
        """Return the part's frame; empty where the part was not reported, all-missing columns where a field is not
        there.
        """
        return tables.once(("table", self.part.code), lambda: self._complete(tables.frame(self.part.code)))

    def _complete(self, frame: pd.DataFrame) -> pd.DataFrame:
        absent = {field.name: None for field in self.part.fields if field.name not in frame.columns}
        return frame.assign(**absent) if absent else frame

    def where(self, holds: Callable[[pd.DataFrame], pd.Series]) -> Test:
        """Return the test `holds` of the part's frame; where it gives missing, it does not hold."""
        return Test(lambda tables: holds(self.table(tables)).fillna(False).to_numpy(dtype=bool))

    def filled(self, *names: str) -> Test:
        masks = [self._filled(name) for name in self._known(*names)]
        return Test(lambda tables: np.logical_and.reduce([mask(tables) for mask in masks]))

    def _filled(self, name: str) -> Mask:
        return lambda tables: tables.once(
            (self.part.code, name, "filled"), lambda: self.table(tables)[name].notna().to_numpy(dtype=bool)
        )

    def blank(self, name: str) -> Test:
        return ~self.filled(name)

    def yes(self, name: str) -> Test:
        return self.where(conditions.yes(*self._known(name)))

    def no(self, name: str) -> Test:
        return self.where(conditions.no(*self._known(name)))

    def is_one_of(self, name: str, *words: str) -> Test:
        return self.where(conditions.one_of(*self._known(name), *words))

    def number(self, name: str, holds: Callable[[pd.Series], pd.Series]) -> Test:
        self._known(name)
        return self.where(conditions.number(name, holds))

    def text(self, name: str, holds: Callable[[str], bool]) -> Test:
        """Return the test `holds` of the text; each distinct text is read once."""
        self._known(name)
        return Test(lambda tables: read_column(self.table(tables)[name], holds, False, bool).rows)

    def read(self, name: str, reader: Callable[[str], Any], missing: Any) -> Read:
        """Return what `reader` makes of every text, `missing` where there is none; read once for these tables."""
        self._known(name)
        return lambda tables: tables.once(
            (self.part.code, name, reader), lambda: read_column(self.table(tables)[name], reader, missing)
        )

    def wrong(self, name: str, fails: Mask, sentence: str, **details: Mask) -> GuideCheck:
        """Return the check that finds the cell of field `name` wrong wherever `fails`."""
        return GuideCheck(self.part.code, self.part.field(name), fails, sentence, details)

    def _known(self, *names: str) -> tuple[str, ...]:
        """The names, each a field of the part; StopIteration where one is not, when the rule is declared."""
        return tuple(self.part.field(name).name for name in names)


def where(read: Read, holds: Callable[[Any], bool]) -> Test:
    """Return the test `holds` of what a column was read as."""
    return Test(lambda tables: read(tables).ask(holds, bool))


def wording(read: Read, words: Callable[[Any], str]) -> Mask:
    """Return `words` for what a column was read as, for a sentence."""
    return lambda tables: read(tables).ask(words, object)
