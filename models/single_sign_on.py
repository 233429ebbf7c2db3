"""What passes between the board, the browser and the district's single sign-on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """Kept with the browser until it comes back from the provider."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Vouched:
    """Whom the provider vouches for. `subject` is unique among all providers; `name` is what its people sign in
    with.
    """

    subject: str
    name: str
