"""The three draws, to the letter of supervision.md 2.2: from keys, weights and a seed to the sample in its order.

Nothing here depends on the order of the keys, on a library's generator or on floating point: a ticket is the SHA-256 of
`seed|key`, keys compare by Unicode code point, shares are compared as whole numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import count, islice
from math import lcm
from operator import add, le

import numpy as np

from models.spot_checks import Draw, DrawnElement

RESERVE = 10
LONGEST_SEED = 64
TICKET_BYTES = 32
BETWEEN, BETWEEN_BYTES = "\udcff", b"\xff"  # a byte that no key has in UTF-8, so that all are encoded at once

Ranked = tuple[bytes, str]
"""An element as it is ordered: its ticket's 32 bytes, then its key."""


def ticket(seed: str, key: str) -> str:
    """Return the ticket of a key as 64 lower-case hexadecimal digits: `printf '%s' 'seed|key' | sha256sum`."""
    return sha256(f"{seed}|{key}".encode()).hexdigest()


def digest(keys: Sequence[str], weights: Sequence[int] | None = None) -> str:
    """Return the digest of a population: of its keys sorted and joined by line feeds, of a risk draw `key|weight`."""
    return sha256(digested_text(keys, weights).encode()).hexdigest()


def digested_text(keys: Sequence[str], weights: Sequence[int] | None = None) -> str:
    """Return the text whose SHA-256 is the digest. Sorted are the keys, not the lines."""
    if weights is None:
        return "\n".join(sorted(keys))
    if not is_in_order(keys):
        places = in_order(keys)
        keys, weights = [keys[place] for place in places], [weights[place] for place in places]
    tails = {weight: f"|{weight}" for weight in set(weights)}
    return "\n".join(map(add, keys, map(tails.__getitem__, weights)))


def in_order(keys: Sequence[str]) -> list[int]:
    """Return the places of the keys by code point."""
    return sorted(range(len(keys)), key=keys.__getitem__)


def is_in_order(keys: Sequence[str]) -> bool:
    """Return whether the keys stand by code point already."""
    return all(map(le, keys, islice(keys, 1, None)))


def draw_simple(keys: Sequence[str], n: int, seed: str) -> Draw:
    """Return the first n by (ticket, key), and the next ten."""
    first = _lowest(keys, n + RESERVE, seed)
    return Draw(_numbered(first[:n]), _numbered(first[n:], n + 1))


def draw_stratified(keys: Iterable[str], units: Iterable[str], n: int, seed: str, minimum: int = 1) -> Draw:
    """Return of each unit's keys as many as `allocate` gives it, in one order over all units."""
    strata: dict[str, list[str]] = defaultdict(list)
    for key, unit in zip(keys, units, strict=True):
        strata[unit].append(key)
    shares = allocate({unit: len(own_keys) for unit, own_keys in strata.items()}, n, minimum)
    return Draw(
        _numbered(
            sorted(ranked for unit, own_keys in strata.items() for ranked in _lowest(own_keys, shares[unit], seed))
        )
    )


def least_stratified(sizes: Iterable[int], minimum: int) -> int:
    """Return the size to which a smaller one is raised: Σ min(m, N_h)."""
    return sum(min(minimum, size) for size in sizes)


def allocate(sizes: Mapping[str, int], n: int, minimum: int = 1) -> dict[str, int]:
    """Return how many of each stratum are drawn, Σ = n: largest remainder, never fewer than min(m, N_h).

    `n` lies between Σ min(m, N_h) and Σ N_h. Shares q_h = n·N_h ÷ N are compared as n·N_h − a_h·N.
    """
    whole = sum(sizes.values())
    shares = {unit: min(size, max(minimum, n * size // whole)) for unit, size in sizes.items()}

    def remainder(unit: str) -> int:
        return n * sizes[unit] - shares[unit] * whole

    left = n - sum(shares.values())
    while left > 0:
        open_to_more = [unit for unit in sizes if shares[unit] < sizes[unit]]
        shares[min(open_to_more, key=lambda unit: (-remainder(unit), -sizes[unit], unit))] += 1
        left -= 1
    while left < 0:
        open_to_fewer = [unit for unit in sizes if shares[unit] > min(minimum, sizes[unit])]
        shares[min(open_to_fewer, key=lambda unit: (remainder(unit), -sizes[unit], unit))] -= 1
        left += 1
    return shares


def draw_by_risk(keys: Sequence[str], weights: Sequence[int], n: int, seed: str) -> Draw:
    """Return the certain ones by (ticket, key), then the rest by ticket ÷ weight, with their probabilities.

    Sequential Poisson sampling without replacement; weights are whole numbers above 0.
    """
    certain, places, weight_left = _certain_weights(Counter(weights), n)
    rest_keys, rest_weights, sure = keys, weights, list[tuple[Ranked, int]]()
    if certain:
        sure = [(_ranked(key, seed), weight) for key, weight in zip(keys, weights, strict=True) if weight in certain]
        rest_keys = [key for key, weight in zip(keys, weights, strict=True) if weight not in certain]
        rest_weights = [weight for weight in weights if weight not in certain]
    following = _lowest_by_weight(rest_keys, rest_weights, places + RESERVE, seed)
    ordered = [(ranked, weight, True, 1.0) for ranked, weight in sorted(sure)]
    ordered += [(ranked, weight, False, places * weight / weight_left) for ranked, weight in following]
    elements = tuple(
        DrawnElement(position, key, ticket_bytes.hex(), weight, is_certain, probability)
        for position, ((ticket_bytes, key), weight, is_certain, probability) in enumerate(ordered, 1)
    )
    taken = len(sure) + min(places, len(following))
    return Draw(elements[:taken], elements[taken:])


def _certain_weights(numbers: Counter[int], n: int) -> tuple[set[int], int, int]:
    """Return the weights whose elements are all certain, the places left for the rest, and the rest's total weight.

    Elements of one weight are certain together: the condition m·w ≥ W asks of an element nothing but its weight.
    """
    rest, certain, places = dict(numbers), set[int](), n
    while places > 0:
        total = sum(weight * number for weight, number in rest.items())
        sure = {weight for weight in rest if places * weight >= total}
        if not sure:
            break
        places -= sum(rest.pop(weight) for weight in sure)
        certain |= sure
    return certain, max(places, 0), sum(weight * number for weight, number in rest.items())


def _lowest(keys: Sequence[str], number: int, seed: str) -> list[Ranked]:
    """Return the first so many by (ticket, key): only those whose first 8 bytes can be among them are compared."""
    if number <= 0:
        return []
    tickets = _tickets(keys, seed)
    chosen: Iterable[int] = range(len(keys))
    if number < len(keys):
        heads = _heads(tickets)
        chosen = np.flatnonzero(heads <= np.partition(heads, number - 1)[number - 1]).tolist()
    return sorted((_ticket_at(tickets, index), keys[index]) for index in chosen)[:number]


def _lowest_by_weight(keys: Sequence[str], weights: Sequence[int], number: int, seed: str) -> list[tuple[Ranked, int]]:
    """Return the first so many by ticket ÷ weight, then key, each with its weight.

    Exactly: each ticket times what the weights have in common. Compared so are those alone whose first 8 bytes over
    their weight, in floating point, can be among them; what that rounds off is far less than what is allowed for it.
    """
    tickets = _tickets(keys, seed)
    chosen: Iterable[int] = range(len(keys))
    if number < len(keys):
        shares = _heads(tickets) / np.array(weights, dtype="float64")
        chosen = np.flatnonzero(shares <= np.partition(shares, number - 1)[number - 1] * (1 + 1e-12) + 4).tolist()
    common = lcm(*set(weights))

    def rank(index: int) -> tuple[int, str]:
        return int.from_bytes(_ticket_at(tickets, index)) * (common // weights[index]), keys[index]

    return [((_ticket_at(tickets, index), keys[index]), weights[index]) for index in sorted(chosen, key=rank)[:number]]


def _tickets(keys: Iterable[str], seed: str) -> bytes:
    """The tickets of the keys, one after another."""
    start = f"{BETWEEN}{seed}|"
    texts = start.join(["", *keys]).encode(errors="surrogateescape").split(BETWEEN_BYTES)[1:]
    return b"".join([sha256(text).digest() for text in texts])


def _ticket_at(tickets: bytes, index: int) -> bytes:
    return tickets[TICKET_BYTES * index : TICKET_BYTES * (index + 1)]


def _heads(tickets: bytes) -> np.ndarray:
    """The first 8 bytes of each ticket as a whole number."""
    return np.frombuffer(tickets, ">u8")[:: TICKET_BYTES // 8].astype("uint64")


def _ranked(key: str, seed: str) -> Ranked:
    return bytes.fromhex(ticket(seed, key)), key


def _numbered(ranked: Iterable[Ranked], first: int = 1) -> tuple[DrawnElement, ...]:
    return tuple(
        DrawnElement(position, key, ticket_bytes.hex())
        for position, (ticket_bytes, key) in zip(count(first), ranked, strict=False)
    )
