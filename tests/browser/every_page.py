"""Every page of the board, under the address at which it shows something of the sample district; for each role."""

from dataclasses import dataclass

from docs.make_screenshots import EXAMPLES
from frame.navigation import BOARD, SECTIONS, Entry
from models.people import Role

ENTRIES = [entry for entries in SECTIONS.values() for entry in entries]
OF_A_UNIT = "区林草局"
"""Of whose person the addresses are that show a unit."""


@dataclass(frozen=True)
class Visit:
    role: Role
    name: str
    address: str

    @property
    def id(self) -> str:
        return f"{self.role.value}-{self.name}"


def address_of(entry: Entry) -> str:
    return f"/{'' if entry is BOARD else entry.name}?{EXAMPLES.get(entry.name, '')}"


def visits(role: Role) -> list[Visit]:
    """What a role has business with."""
    return [Visit(role, entry.name, address_of(entry)) for entry in ENTRIES if role in entry.roles]
