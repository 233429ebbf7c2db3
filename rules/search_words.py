"""What was typed into a search box, term by term: a text answers where it holds every one, whatever their order."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 60
FEWEST_DIGITS = 5
"""Digits from which on a number is looked for among telephone numbers however these are written."""
_BETWEEN_DIGITS = re.compile(r"[-－—\s()（）]")
_TELEPHONE = re.compile(r"[\d\-－—()（）]+")


def search_terms(typed: str) -> tuple[str, ...]:
    """Return the terms, none twice, of at most LONGEST signs: `登记  社保` → 登记, 社保."""
    return tuple(dict.fromkeys(" ".join(typed.split())[:LONGEST].split()))


def digits_of(term: str) -> str:
    """Return the digits of what may be a telephone number, else ""."""
    digits = _BETWEEN_DIGITS.sub("", term) if _TELEPHONE.fullmatch(term) else ""
    return digits if len(digits) >= FEWEST_DIGITS else ""


def holds_every(terms: Iterable[str], texts: Iterable[str | None], *, codes: Iterable[str] = ()) -> bool:
    """Return whether each term stands in one of the texts, or is one of the codes; digits also where they are written
    with dashes or blanks between them.
    """
    known = [text.casefold() for text in texts if text]
    plain = [_BETWEEN_DIGITS.sub("", text) for text in known]
    whole = {code.casefold() for code in codes}

    def is_held(term: str) -> bool:
        folded, digits = term.casefold(), digits_of(term)
        return (
            folded in whole
            or any(folded in text for text in known)
            or bool(digits and any(digits in text for text in plain))
        )

    return all(map(is_held, terms))
