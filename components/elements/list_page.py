"""One page of a long list: from the items to the page that an address asks for, with the links to those beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from markupsafe import Markup

from components.elements.templates import from_template

Item = TypeVar("Item")


@dataclass(frozen=True)
class ListPage(Generic[Item]):
    """`number` counts from 1; `total` is of the whole list; `address_of(number)` leads to another page of it.

    `name` tells its links from those of another list; `is_printed_whole`: paper has every item, whatever the page.
    """

    items: Sequence[Item]
    number: int
    size: int
    total: int
    address_of: Callable[[int], str]
    name: str = ""
    is_printed_whole: bool = False

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Return the place in the list of the first item of the page, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)

    @property
    def links(self) -> Markup:
        """Return “第 2 页，共 5 页（第 21—40 条，共 93 条）” with links; nothing where one page holds all."""
        return from_template("elements/list_page.html", page=self) if self.pages > 1 else Markup("")


def list_page(
    items: Sequence[Item],
    number: int,
    size: int,
    address_of: Callable[[int], str],
    name: str = "",
    *,
    is_printed_whole: bool = False,
) -> ListPage[Item]:
    """Return page `number` of `items`, or the last one where there are fewer."""
    within = min(max(number, 1), max(1, -(-len(items) // size)))
    on_page = items[(within - 1) * size : within * size]
    return ListPage(on_page, within, size, len(items), address_of, name, is_printed_whole)
