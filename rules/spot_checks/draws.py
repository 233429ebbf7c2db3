"""The three draws, to the letter of supervision.md 2.2: keys, weights and a seed in; the sample in its order out.

Nothing here depends on the order of the keys, on a library's generator or on floating point: a ticket is the SHA-256 of
`seed|key`, keys compare by Unicode code point, shares are compared as whole numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from heapq import nsmallest
from itertools import count, islice
from math import lcm

from models.spot_checks import Draw, DrawnElement

RESERVE = 10
LONGEST_SEED = 64

Ranked = tuple[bytes, str]
"""An element as it is ordered: its ticket's 32 bytes, then its key."""


def ticket(seed: str, key: str) -> str:
    """Return the ticket of a key as 64 lower-case hexadecimal digits: `printf '%s' 'seed|key' | sha256sum`."""
    return sha256(f"{seed}|{key}".encode()).hexdigest()


def digest(keys: Iterable[str], weights: Iterable[int] | None = None) -> str:
    """Return the digest of a population: of its keys sorted and joined by line feeds, of a risk draw `key|weight`."""
    return sha256(digested_text(keys, weights).encode()).hexdigest()


def digested_text(keys: Iterable[str], weights: Iterable[int] | None = None) -> str:
    """Return the text whose SHA-256 is the digest. Sorted are the keys, not the lines."""
    if weights is None:
        return "\n".join(sorted(keys))
    return "\n".join(f"{key}|{weight}" for key, weight in sorted(zip(keys, weights, strict=True)))


def draw_simple(keys: Iterable[str], n: int, seed: str) -> Draw:
    """Return the first n by (ticket, key), and the next ten."""
    first = nsmallest(n + RESERVE, _ranked(keys, seed))
    return Draw(_numbered(first[:n]), _numbered(first[n:], n + 1))


def draw_stratified(keys: Iterable[str], units: Iterable[str], n: int, seed: str, minimum: int = 1) -> Draw:
    """Return of each unit's keys as many as `allocate` gives it, in one order over all units."""
    strata: dict[str, list[str]] = defaultdict(list)
    for key, unit in zip(keys, units, strict=True):
        strata[unit].append(key)
    shares = allocate({unit: len(held) for unit, held in strata.items()}, n, minimum)
    drawn = (one for unit, held in strata.items() for one in nsmallest(shares[unit], _ranked(held, seed)))
    return Draw(_numbered(sorted(drawn)))


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
    weight_of = dict(zip(keys, weights, strict=True))
    sure = sorted(_ranked((key for key in keys if weight_of[key] in certain), seed))
    rest = _by_ticket_and_weight(((key, weight) for key, weight in weight_of.items() if weight not in certain), seed)
    following = list(islice(rest, places + RESERVE))
    ordered = [(one, True, 1.0) for one in sure] + [
        (one, False, places * weight_of[one[1]] / weight_left) for one in following
    ]
    elements = tuple(
        DrawnElement(position, key, ticket_bytes.hex(), weight_of[key], is_certain, probability)
        for position, ((ticket_bytes, key), is_certain, probability) in enumerate(ordered, 1)
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


def _by_ticket_and_weight(weighted: Iterable[tuple[str, int]], seed: str) -> Iterator[Ranked]:
    """Yield elements by ticket ÷ weight, then key: exactly, each ticket times what the weights have in common."""
    pairs = list(weighted)
    common = lcm(*{weight for _, weight in pairs})
    order = [
        (int.from_bytes(one[0]) * (common // weight), one[1], one[0])
        for (_, weight), one in zip(pairs, _ranked((key for key, _ in pairs), seed), strict=True)
    ]
    order.sort()
    return ((ticket_bytes, key) for _, key, ticket_bytes in order)


def _ranked(keys: Iterable[str], seed: str) -> Iterator[Ranked]:
    start = f"{seed}|".encode()
    return ((sha256(start + key.encode()).digest(), key) for key in keys)


def _numbered(ranked: Iterable[Ranked], first: int = 1) -> tuple[DrawnElement, ...]:
    return tuple(
        DrawnElement(position, key, ticket_bytes.hex())
        for position, (ticket_bytes, key) in zip(count(first), ranked, strict=False)
    )
