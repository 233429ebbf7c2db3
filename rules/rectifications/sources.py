"""Where a rectification comes from: from the reference as written to kind and object (supervision_cli.md, REF)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.rectifications import Source
from rules.numbering import number_read

FORMS = (
    "spot-check:2023-1:编号、measure:1.3.2、case:tickets:工单编号、bulletin:2023-1、notice:2023-1、"
    "lead:线索、instruction:批示，或 other"
)
NUMBERED = re.compile(r"(?:会议|约谈|批示) \d{4}-\d{1,9}")
"""A meeting, talk or instruction that is a record of the board."""
NEEDS_NUMBER = (Source.SPOT_CHECK, Source.BULLETIN, Source.NOTICE)


@dataclass(frozen=True, slots=True)
class Reference:
    """`about`: the number, measure, kind of case or words; `key`: the element or the case's number."""

    source: Source
    about: str = ""
    key: str = ""

    def __str__(self) -> str:
        return ":".join(part for part in (self.source.value, self.about, self.key) if part)

    @property
    def is_of_record(self) -> bool:
        """Whether it is a meeting, a talk or an instruction that the board has a record of."""
        return self.source is Source.INSTRUCTION and NUMBERED.fullmatch(self.about) is not None

    @property
    def words(self) -> str:
        """What is printed in a ledger."""
        if self.is_of_record:
            return f"{self.about} 交办"
        about = {
            Source.SPOT_CHECK: f"抽查 {self.about}（{self.key}）",
            Source.MEASURE: f"举措 {self.about}",
            Source.CASE: f"案件 {self.key}",
            Source.BULLETIN: f"通报 {self.about}",
            Source.NOTICE: f"催办督办 {self.about}",
        }.get(self.source)
        return about or (f"{self.source.word}：{self.about}" if self.about else self.source.word)


def read_reference(text: str) -> Reference | None:
    """Return the reference, or None for what is none."""
    kind, _, rest = text.strip().partition(":")
    if kind not in tuple(Source):
        return None
    source, rest = Source(kind), rest.strip()
    if source is Source.OTHER:
        return None if rest else Reference(source)
    if source not in (Source.SPOT_CHECK, Source.CASE):
        return _whole(source, rest)
    about, _, key = rest.partition(":")
    reference = _whole(source, about.strip())
    return Reference(source, reference.about, key.strip()) if reference and key.strip() else None


def _whole(source: Source, about: str) -> Reference | None:
    if not about or (source in NEEDS_NUMBER and number_read(about) is None):
        return None
    return Reference(source, about)
