"""An official document before it is drawn: head, title, blocks of the body, annexes and foot, as plain values.

The screen, the .docx and the tests read the same document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum


class Level(IntEnum):
    """How deep a heading stands: 一、 （一）."""

    FIRST = 1
    SECOND = 2


@dataclass(frozen=True, slots=True)
class Heading:
    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class TableColumn:
    """`share`: of the width, in parts; numbers are set right."""

    title: str
    share: int
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """`caption` stands above it, empty where the heading says it all."""

    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart by the name of its file; left out where there is none of that name."""

    name: str
    caption: str


Block = Heading | Paragraph | DocumentTable | Picture


@dataclass(frozen=True, slots=True)
class Annex:
    """`wide`: on landscape pages."""

    title: str
    blocks: tuple[Block, ...]
    wide: bool = True


@dataclass(frozen=True)
class OfficialDocument:
    """`title` is broken into lines by meaning; `masthead` has a line for each office."""

    masthead: tuple[str, ...]
    document_number: str
    title: tuple[str, ...]
    recipients: str
    body: tuple[Block, ...]
    signature: str
    day: str
    copies: str
    issuer: str
    printed: str
    annexes: Sequence[Annex] = field(default_factory=tuple)
