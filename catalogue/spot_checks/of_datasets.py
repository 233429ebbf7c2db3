"""数据抽查: of every dataset that a plan declares its rows can be drawn; what is asked of them is typed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalogue.register import Declared, Register
from models.definitions import Dataset, Frequency
from models.spot_checks import Question, SpotCheckKind
from rules.spot_checks.ledgers import Ledger

MOST_TOLD = 6
"""Fields printed of a row, beside its key."""
USUAL = (Question("q1", "与报送内容一致"),)
"""What is asked where nothing is typed in."""


def code_of(dataset: str) -> str:
    """Return the code of the kind that draws from a declared dataset."""
    return f"data_{dataset}"


def with_questions(kind: SpotCheckKind, typed: Sequence[str] | None) -> SpotCheckKind:
    """Return the kind with the questions that were typed in, each of which decides."""
    if not typed:
        return kind
    return replace(kind, questions=tuple(Question(f"q{number}", text) for number, text in enumerate(typed, 1)))


class KindsOfCheck(Register[SpotCheckKind]):
    """With one kind a declared dataset."""

    def _declared(self, declared: Declared) -> dict[str, SpotCheckKind]:
        return {kind.code: kind for dataset in declared.datasets.values() if (kind := _kind(dataset)) is not None}


class LedgersOfCheck(Register[Ledger]):
    """By the code of the kind."""

    def _declared(self, declared: Declared) -> dict[str, Ledger]:
        return {code_of(code): _ledger(dataset) for code, dataset in declared.datasets.items() if dataset.is_declared}


def _kind(dataset: Dataset) -> SpotCheckKind | None:
    if not dataset.is_declared:
        return None
    return SpotCheckKind(
        code_of(dataset.code),
        f"数据抽查：{dataset.title}",
        f"各单位报送的{dataset.title}",
        "条",
        "相符",
        USUAL,
        dataset=dataset.code,
        area=dataset.areas[0] if dataset.areas else None,
        monthly=dataset.frequency is Frequency.MONTHLY,
        personal=any(field.personal for field in dataset.main.fields),
    )


def _ledger(dataset: Dataset) -> Ledger:
    keys = tuple(field.name for field in dataset.main.keys)
    rest = [field for field in dataset.main.fields if field.name not in (*keys, dataset.unit_field)]
    return Ledger(
        dataset.main.code,
        keys,
        tuple(field.name for field in rest if not field.personal)[:MOST_TOLD],
        tuple(field.name for field in rest if field.personal),
    )
