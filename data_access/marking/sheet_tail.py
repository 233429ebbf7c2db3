"""From what follows the rows of a worksheet to the same with the drawing of our notes named in its place."""

from __future__ import annotations

import re
from xml.parsers import expat

from data_access.marking.xml_text import RELATIONS, Unpatchable

LATER = {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
"""Elements that a worksheet has after its legacyDrawing, in any order."""


def drawing_of(tail: bytes) -> str | None:
    """Return the relation of the drawing in which the sheet's own notes lie."""
    match = re.search(rb"<(?:\w+:)?legacyDrawing\s[^>]*?:id\s*=\s*[\"']([^\"']+)[\"']", tail)
    return match[1].decode() if match else None


def with_drawing(tail: bytes, prefix: bytes, relation: str) -> bytes:
    at = _place(tail, prefix)
    element = b'<%slegacyDrawing xmlns:r="%s" r:id="%s"/>' % (prefix, RELATIONS.encode(), relation.encode())
    return tail[:at] + element + tail[at:]


def _place(tail: bytes, prefix: bytes) -> int:
    """Before the first later element of the worksheet itself, or before its end."""
    opening = b"<" + prefix + b"worksheet>"
    depth, places = 0, list[int]()
    parser = expat.ParserCreate()  # without namespaces: prefixes declared in the head are not known here

    def start(name: str, _: object) -> None:
        nonlocal depth
        depth += 1
        if depth == 2 and name.rpartition(":")[2] in LATER:
            places.append(parser.CurrentByteIndex)

    def end(_: str) -> None:
        nonlocal depth
        if depth == 1:
            places.append(parser.CurrentByteIndex)
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(opening + tail, True)
    except expat.ExpatError as problem:
        raise Unpatchable from problem
    return places[0] - len(opening)
