"""From bytes of XML to events through expat, with no document type, no entities of its own and no network.

Elements of another namespace than the handler's are passed over with all that is in them: `x14:workbookPr` is no
`workbookPr`. Of alternatives (ECMA-376-3, Markup Compatibility) the first is taken that today's Excel understands.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar
from xml.parsers import expat

from data_access.spreadsheets.refusals import Rejected

Attributes = dict[str, str]
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")


class Handler:
    """What a reader of one XML part overrides. Names come without their prefix; the names of attributes that have one
    come as namespace, blank, name.
    """

    namespaces: ClassVar[frozenset[str] | None] = None
    """Whose elements are told; None: those of the root's namespace."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


def parse(chunks: Iterable[bytes], handler: Handler) -> None:
    """Raises Rejected: damaged where it is no XML, unsafe where it declares a document type."""
    parser = expat.ParserCreate(namespace_separator=" ")
    _Events(parser, handler)
    _feed(parser, chunks)


def parse_fragment(chunks: Iterable[bytes], handler: Handler) -> None:
    """Parse elements cut out of a part whose own have no prefix; what has one is another's."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: handler.start(name, attributes)
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    _feed(parser, chunks)


def _feed(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise Rejected("damaged") from problem


def _refuse_document_type(*_: Any) -> None:
    raise Rejected("unsafe")


class _Events:
    """Tells the handler of its own elements alone."""

    def __init__(self, parser: expat.XMLParserType, handler: Handler) -> None:
        self.parser, self.handler = parser, handler
        self.own = handler.namespaces
        self.names: dict[str, str | None] = {}  # as expat tells them → without namespace, None for another's
        self.prefixes: dict[str | None, str] = {}
        self.chosen: list[bool] = []  # of each AlternateContent that is open, whether one was taken
        self.passed_over = 0  # depth within an element that is
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = handler.text
        parser.StartNamespaceDeclHandler = lambda prefix, uri: self.prefixes.__setitem__(prefix, uri or "")

    def start(self, full: str, attributes: Attributes) -> None:
        if self.passed_over:
            self.passed_over += 1
            return
        name = self.names[full] if full in self.names else self._name(full)
        if name is not None:
            self.handler.start(name, attributes)
        elif not self._is_alternative(full, attributes):
            self.passed_over = 1
            self.parser.CharacterDataHandler = None

    def end(self, full: str) -> None:
        if self.passed_over:
            self.passed_over -= 1
            if not self.passed_over:
                self.parser.CharacterDataHandler = self.handler.text
        elif (name := self.names[full]) is not None:
            self.handler.end(name)
        elif full == f"{COMPATIBILITY} AlternateContent":
            self.chosen.pop()

    def _name(self, full: str) -> str | None:
        namespace, _, name = full.rpartition(" ")
        if self.own is None:
            self.own = frozenset({namespace})
        self.names[full] = name if namespace in self.own else None
        return self.names[full]

    def _is_alternative(self, full: str, attributes: Attributes) -> bool:
        """Whether an element of Markup Compatibility is to be entered."""
        namespace, _, name = full.rpartition(" ")
        if namespace != COMPATIBILITY:
            return False
        if name == "AlternateContent":
            self.chosen.append(False)
            return True
        if not self.chosen or self.chosen[-1]:
            return False
        needs = attributes.get("Requires", "").split() if name == "Choice" else []
        self.chosen[-1] = all(self.prefixes.get(prefix, "").startswith(UNDERSTOOD) for prefix in needs)
        return self.chosen[-1]


def attribute(attributes: Attributes, name: str) -> str | None:
    """Return the value of an attribute that has a namespace, by its name without it (r:id → id)."""
    return next((value for key, value in attributes.items() if " " in key and key.rpartition(" ")[2] == name), None)
