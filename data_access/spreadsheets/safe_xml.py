"""Bytes of XML go in; events come out through expat, with no document type, no entities of its own and no network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.parsers import expat

from data_access.spreadsheets.refusals import Rejected

Attributes = dict[str, str]


class Handler:
    """What a reader of one XML part overrides. Names come without their prefix."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


def parse(chunks: Iterable[bytes], handler: Handler) -> None:
    """Raises Rejected: damaged where it is no XML, unsafe where it declares a document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = lambda name, attributes: handler.start(_local(name), attributes)
    parser.EndElementHandler = lambda name: handler.end(_local(name))
    parser.CharacterDataHandler = handler.text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise Rejected("damaged") from problem


def _refuse_document_type(*_: Any) -> None:
    raise Rejected("unsafe")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def attribute(attributes: Attributes, name: str) -> str | None:
    """An attribute by its name without prefix (r:id → id)."""
    return next((value for key, value in attributes.items() if _local(key) == name), None)
