"""From pieces of a workbook's XML to the same pieces with one thing changed; everything else stays byte for byte."""

from __future__ import annotations

import re

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding=["']([^"']+)["']""")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
LONGEST_TEXT = 32_767  # what a cell of Excel takes


class Unpatchable(Exception):
    """The XML is not of a kind that can be changed in place; the workbook must be written anew from its cells."""


def utf8(xml: bytes) -> bytes:
    """Raises Unpatchable for another encoding and for what a workbook has no need of."""
    declared = _ENCODING.match(xml.removeprefix(b"\xef\xbb\xbf"))
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or (
        declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")
    ):
        raise Unpatchable
    if b"<!DOCTYPE" in xml[:4096] or b"<!--" in xml[:4096]:
        raise Unpatchable
    return xml


def storable(value: str) -> str:
    """Return as much of a string as a cell can hold."""
    return _NOT_XML.sub("", value[:LONGEST_TEXT])


def text(value: str) -> str:
    """Return a string as an element's text in a cell, whatever is in it."""
    escaped = _LOOKS_ESCAPED.sub("_x005F_", storable(value))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(value: str) -> str:
    return text(value).replace('"', "&quot;").replace("\n", "&#10;")


def attribute(tag: bytes, name: bytes) -> bytes | None:
    """Return an attribute of a start tag, or None."""
    match = re.search(rb"\s" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
    return None if match is None else match[1] if match[1] is not None else match[2]


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """Return the start tag with the attribute set."""
    match = re.search(rb"\s" + name + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", tag)
    if match:
        return tag[: match.start()] + b" " + name + b'="' + value + b'"' + tag[match.end() :]
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + b" " + name + b'="' + value + b'"' + tag[end:]


def without_attribute(tag: bytes, name: bytes) -> bytes:
    return re.sub(rb"\s" + name + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", tag, count=1)


def prefix(xml: bytes, element: bytes) -> bytes:
    """Return the prefix with which an element is written, with its colon; b"" without one. Raises Unpatchable where it
    is missing.
    """
    match = re.search(rb"<(\w+:)?" + element + rb"[\s/>]", xml)
    if not match:
        raise Unpatchable
    return match[1] or b""


def put_last(xml: bytes, element: bytes, piece: bytes) -> bytes:
    """Return the text with `piece` as the last child of the (only) `element`, which is opened where it is written as
    empty.
    """
    empty = re.search(rb"<((?:\w+:)?" + element + rb")((?:\s[^>]*?)?)\s*/>", xml)
    if empty:
        return (
            xml[: empty.start()]
            + b"<"
            + empty[1]
            + empty[2]
            + b">"
            + piece
            + b"</"
            + empty[1]
            + b">"
            + xml[empty.end() :]
        )
    end = max(xml.rfind(b"</" + element + b">"), xml.rfind(b"</" + prefix(xml, element) + element + b">"))
    if end < 0:
        raise Unpatchable
    return xml[:end] + piece + xml[end:]


def put_first(xml: bytes, element: bytes, piece: bytes) -> bytes:
    match = re.search(rb"<(?:\w+:)?" + element + rb"(?:\s[^>]*)?>", xml)
    if not match or match[0].endswith(b"/>"):
        raise Unpatchable
    return xml[: match.end()] + piece + xml[match.end() :]
