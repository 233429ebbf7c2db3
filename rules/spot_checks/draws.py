"""The three draws, to the letter of supervision.md 2.2: from keys, weights and a seed to the sample in its order.

Nothing here depends on the order of the keys, on a library's generator or on floating point: a ticket is the SHA-256 of
`seed|key`, keys compare by Unicode code point, shares are compared as whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import count
from math import lcm
from typing import TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from models.spot_checks import Draw, DrawnElement

RESERVE = 10
LONGEST_SEED = 64
TICKET_BYTES = 32
BETWEEN = b"\xff"  # a byte that no key has in UTF-8

Ranked = tuple[bytes, str]
"""An element as it is ordered: its ticket's 32 bytes, then its key."""

Keys: TypeAlias = Sequence[str] | pa.StringArray
"""A million keys are one text in memory, of which Python makes no objects."""


def ticket(seed: str, key: str) -> str:
    """Return the ticket of a key as 64 lower-case hexadecimal digits: `printf '%s' 'seed|key' | sha256sum`."""
    return sha256(f"{seed}|{key}".encode()).hexdigest()


def texts(keys: Keys) -> pa.StringArray:
    """Return the keys as one array."""
    return keys if isinstance(keys, pa.StringArray) else pa.array(keys, pa.string())


def joined(lines: pa.Array, between: str | bytes) -> bytes:
    """Return the lines as one text in UTF-8."""
    text: bytes = pc.binary_join(pa.ListArray.from_arrays([0, len(lines)], lines), between)[0].as_buffer().to_pybytes()
    return text


def digest(keys: Keys, weights: Sequence[int] | np.ndarray | None = None) -> str:
    """Return the digest of a population: of its keys sorted and joined by line feeds, of a risk draw `key|weight`.

    Sorted are the keys, not the lines.
    """
    lines, own_weights = texts(keys), None if weights is None else np.asarray(weights)
    if not is_in_order(lines):
        places = in_order(lines)
        lines, own_weights = lines.take(places), None if own_weights is None else own_weights[places]
    if own_weights is not None:
        lines = pc.binary_join_element_wise(lines, pa.array(own_weights).cast(pa.string()), "|")
    return sha256(joined(lines, "\n")).hexdigest()


def in_order(keys: pa.StringArray) -> np.ndarray:
    """Return the places of the keys by code point, of equal ones the earlier first."""
    places: np.ndarray = pc.sort_indices(keys).to_numpy()  # by the bytes of UTF-8, which is by code point
    return places


def is_in_order(keys: pa.StringArray) -> bool:
    """Return whether the keys stand by code point already."""
    return pc.all(pc.less_equal(keys[:-1], keys[1:]), min_count=0).as_py()


def draw_simple(keys: Keys, n: int, seed: str) -> Draw:
    """Return the first n by (ticket, key), and the next ten."""
    first = _lowest(keys, n + RESERVE, seed)
    return Draw(_numbered(first[:n]), _numbered(first[n:], n + 1))


def draw_stratified(keys: Keys, units: Iterable[str], n: int, seed: str, minimum: int = 1) -> Draw:
    """Return of each unit's keys as many as `allocate` gives it, in one order over all units."""
    own_keys, of_units = texts(keys), units if isinstance(units, pd.Categorical) else pd.Categorical(list(units))
    by_unit, sizes = np.argsort(of_units.codes, kind="stable"), np.bincount(of_units.codes)
    strata = dict(zip(of_units.categories, np.split(by_unit, np.cumsum(sizes)[:-1]), strict=False))
    shares = allocate({unit: len(places) for unit, places in strata.items() if len(places)}, n, minimum)
    return Draw(
        _numbered(
            sorted(ranked for unit in shares for ranked in _lowest(own_keys.take(strata[unit]), shares[unit], seed))
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


def draw_by_risk(keys: Keys, weights: Sequence[int] | np.ndarray, n: int, seed: str) -> Draw:
    """Return the certain ones by (ticket, key), then the rest by ticket ÷ weight, with their probabilities.

    Sequential Poisson sampling without replacement; weights are whole numbers above 0.
    """
    own_keys, own_weights = texts(keys), np.asarray(weights)
    certain, places, weight_left = _certain_weights(own_weights, n)
    is_sure = np.isin(own_weights, list(certain))
    sure = sorted(zip(_ranked(own_keys.filter(is_sure), seed), own_weights[is_sure].tolist(), strict=True))
    following = _lowest_by_weight(own_keys.filter(~is_sure), own_weights[~is_sure], places + RESERVE, seed)
    ordered = [(ranked, weight, True, 1.0) for ranked, weight in sure]
    ordered += [(ranked, weight, False, places * weight / weight_left) for ranked, weight in following]
    elements = tuple(
        DrawnElement(position, key, ticket_bytes.hex(), weight, is_certain, probability)
        for position, ((ticket_bytes, key), weight, is_certain, probability) in enumerate(ordered, 1)
    )
    taken = len(sure) + min(places, len(following))
    return Draw(elements[:taken], elements[taken:])


def _certain_weights(weights: np.ndarray, n: int) -> tuple[set[int], int, int]:
    """Return the weights whose elements are all certain, the places left for the rest, and the rest's total weight.

    Elements of one weight are certain together: the condition m·w ≥ W asks of an element nothing but its weight.
    """
    known, numbers = (column.tolist() for column in np.unique(weights, return_counts=True))
    rest, certain, places = dict(zip(known, numbers, strict=True)), set[int](), n
    while places > 0:
        total = sum(weight * number for weight, number in rest.items())
        sure = {weight for weight in rest if places * weight >= total}
        if not sure:
            break
        places -= sum(rest.pop(weight) for weight in sure)
        certain |= sure
    return certain, max(places, 0), sum(weight * number for weight, number in rest.items())


def _lowest(keys: Keys, number: int, seed: str) -> list[Ranked]:
    """Return the first so many by (ticket, key): only those whose first 8 bytes can be among them are compared."""
    if number <= 0:
        return []
    own_keys = texts(keys)
    if number < len(own_keys):
        heads = _heads(own_keys, seed)
        own_keys = own_keys.filter(heads <= np.partition(heads, number - 1)[number - 1])
    return sorted(_ranked(own_keys, seed))[:number]


def _lowest_by_weight(keys: pa.StringArray, weights: np.ndarray, number: int, seed: str) -> list[tuple[Ranked, int]]:
    """Return the first so many by ticket ÷ weight, then key, each with its weight.

    Exactly: each ticket times what the weights have in common. Compared so are those alone whose first 8 bytes over
    their weight, in floating point, can be among them; what that rounds off is far less than what is allowed for it.
    """
    if number < len(keys):
        shares = _heads(keys, seed) / weights
        is_low = shares <= np.partition(shares, number - 1)[number - 1] * (1 + 1e-12) + 4
        keys, weights = keys.filter(is_low), weights[is_low]
    chosen = list(zip(_ranked(keys, seed), weights.tolist(), strict=True))
    common = lcm(*{weight for _, weight in chosen})

    def rank(element: tuple[Ranked, int]) -> tuple[int, str]:
        (ticket_bytes, key), weight = element
        return int.from_bytes(ticket_bytes) * (common // weight), key

    return sorted(chosen, key=rank)[:number]


def _heads(keys: pa.StringArray, seed: str) -> np.ndarray:
    """The first 8 bytes of each key's ticket as a whole number."""
    start = f"{seed}|".encode()
    ticketed = (start + joined(keys.cast(pa.binary()), BETWEEN + start)).split(BETWEEN)
    tickets = b"".join(map(type(sha256()).digest, map(sha256, ticketed)))
    return np.frombuffer(tickets, ">u8")[:: TICKET_BYTES // 8].astype("uint64")


def _ranked(keys: pa.StringArray, seed: str) -> list[Ranked]:
    return [(bytes.fromhex(ticket(seed, key)), key) for key in keys.to_pylist()]


def _numbered(ranked: Iterable[Ranked], first: int = 1) -> tuple[DrawnElement, ...]:
    return tuple(
        DrawnElement(position, key, ticket_bytes.hex())
        for position, (ticket_bytes, key) in zip(count(first), ranked, strict=False)
    )
