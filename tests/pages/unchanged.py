"""Watch the answers that sessions share: whoever changed one would change it for everybody."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import pytest

from components.elements import cache
from frame.kept_pages import KEPT


def content(value: Any) -> Any:
    """Return what is in an answer, down to the cells of its frames, as something that can be compared later.

    What can be hashed cannot be changed, and stands for itself.
    """
    try:
        hash(value)
    except TypeError:
        return _content_of_changeable(value)
    return value


def _content_of_changeable(value: Any) -> Any:
    if isinstance(value, pd.DataFrame | pd.Series):
        return repr(value.to_dict()), repr(value.dtypes)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__, [content(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, Mapping):
        return [(content(key), content(item)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [content(item) for item in value]
    return repr(sorted(map(repr, value))) if isinstance(value, set) else repr(value)


class SharedAnswers:
    """The answers given since the watch began, each with what was in it then."""

    def __init__(self) -> None:
        self.given: dict[int, tuple[str, Any, Any]] = {}

    def changed(self) -> list[str]:
        """Return the names of the use cases whose answer is no longer what it was."""
        return [name for name, answer, before in self.given.values() if content(answer) != before]


@pytest.fixture
def shared_answers() -> Iterator[SharedAnswers]:
    KEPT.clear()  # a page that is kept asks for no answers
    answers, ask = SharedAnswers(), cache._answer

    def note(module: str, name: str, *key: Any) -> Any:
        answer = ask(module, name, *key)
        answers.given.setdefault(id(answer), (f"{module}.{name}", answer, content(answer)))
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "_answer", note)
        yield answers
