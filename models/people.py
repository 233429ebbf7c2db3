"""Who is at work: the four roles of the board, and a person in one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """product.md, “Who uses it”."""

    BUREAU = "bureau"
    INSPECTOR = "inspector"
    UNIT = "unit"
    LEADER = "leader"

    @property
    def word(self) -> str:
        return WORDS[self]


WORDS = {Role.BUREAU: "管理局", Role.INSPECTOR: "督查室", Role.UNIT: "责任单位", Role.LEADER: "领导"}


@dataclass(frozen=True)
class Person:
    """Whoever asks for something. `name` is what the records and the log write; `unit` only for the role of a unit.

    `also`: what else is the own: the unit's former names, and the units that it came from.
    """

    name: str
    role: Role
    unit: str | None = None
    account: int | None = None  # None: the command line, or a demonstration sign-in
    address: str = ""  # from where
    demonstration: bool = False
    sign_in: str = field(
        default="", compare=False, repr=False
    )  # SHA-256 of the token with which this is asked; "": no sign-in
    login: str = ""  # what the person signs in with; of the command line who the operating system says it is
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignedIn:
    """A live sign-in. Until a password given by somebody else is changed, nothing but changing it is open."""

    person: Person
    must_change: bool = False
