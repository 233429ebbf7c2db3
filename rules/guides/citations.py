"""From the text of a citation to whether it names a document (《…》), whether it names a clause (第…条)."""

from __future__ import annotations

import re

from rules.guides.reading import NUMERAL, half_width

_NAMED = r"(?:[\u4e00-\u9fff]{2}|[A-Z]\s*\d{3})"  # words, or the number of a standard; not XX or dots
_TITLE = re.compile(rf"《[^》]*?{_NAMED}.*?》|〈[^〉]*?{_NAMED}.*?〉|<[^>]*?{_NAMED}.*?>", re.DOTALL)
_BLANKS = re.compile(r"\s+")
_COUNT = rf"\(?(?:\d{{1,8}}|[{NUMERAL}]{{1,8}})\)?"
_CLAUSE = re.compile(rf"第{_COUNT}(?:(?:[-~、,.及和与至到]|以及)+第?{_COUNT})*条")


def names_document(text: str) -> bool:
    return _TITLE.search(half_width(text)) is not None


def names_clause(text: str) -> bool:
    """Return whether the text names a clause, in Chinese or Arabic numerals, several in a row too (第五、六条,
    第12-15条); 第X条 and a chapter alone are none.
    """
    return _CLAUSE.search(_BLANKS.sub("", half_width(text))) is not None
