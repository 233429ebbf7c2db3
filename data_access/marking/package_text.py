"""From relations, content types and workbook.xml of an .xlsx to the same with a new part or sheet named in them."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from data_access.marking.xml_text import (
    HEAD,
    PACKAGE,
    RELATIONS,
    attribute,
    prefix,
    put_first,
    put_last,
    quoted,
    with_attribute,
)

TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONSHIP = (HEAD + f'<Relationships xmlns="{PACKAGE}/relationships"></Relationships>').encode()
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")


class Relations:
    """The relations of one part: at `path`, their targets relative to `folder`."""

    def __init__(self, path: str, folder: str, xml: bytes | None) -> None:
        self.path, self.folder = path, folder
        self.xml = xml or RELATIONSHIP
        self.parts: dict[str, tuple[str, str]] = {}  # id → kind, path
        for tag in _RELATION.findall(self.xml):
            if attribute(tag, b"TargetMode") != b"External":
                kind, target, key = ((attribute(tag, name) or b"").decode() for name in (b"Type", b"Target", b"Id"))
                target = unquote(target.replace("\\", "/"))
                place = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
                self.parts[key] = (kind.rpartition("/")[2], place)

    def of_kind(self, kind: str) -> str | None:
        return next((path for part_kind, path in self.parts.values() if part_kind == kind), None)

    def target(self, key: str) -> str | None:
        return self.parts[key][1] if key in self.parts else None

    def id_of(self, path: str) -> str:
        return next(key for key, (_, target) in self.parts.items() if target == path)

    def add(self, kind: str, target: str, path: str) -> None:
        key = next(name for number in range(1, 100_000) if (name := f"rIdMarked{number}") not in self.parts)
        self.parts[key] = (kind, path)
        head = prefix(self.xml, b"Relationships").decode()
        element = f'<{head}Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{quoted(target)}"/>'
        self.xml = put_last(self.xml, b"Relationships", element.encode())


def with_override(types: bytes, path: str, content_type: str) -> bytes:
    head = prefix(types, b"Types").decode()
    return put_last(
        types, b"Types", f'<{head}Override PartName="/{quoted(path)}" ContentType="{content_type}"/>'.encode()
    )


def with_default(types: bytes, extension: str, content_type: str) -> bytes:
    if re.search(rb"Extension\s*=\s*[\"']" + extension.encode() + rb"[\"']", types, re.IGNORECASE):
        return types
    head = prefix(types, b"Types").decode()
    return put_first(
        _opened(types), b"Types", f'<{head}Default Extension="{extension}" ContentType="{content_type}"/>'.encode()
    )


def _opened(types: bytes) -> bytes:
    """<Types/> as <Types></Types>."""
    return re.sub(rb"<((?:\w+:)?Types)((?:\s[^>]*?)?)\s*/>", rb"<\1\2></\1>", types, count=1)


def with_sheet_first(workbook: bytes, name: str, relation: str) -> bytes:
    """Return the workbook with a new sheet before all others; names that belong to a sheet keep theirs."""
    head = prefix(workbook, b"sheets").decode()
    number = (
        max((int(sheet_id) for sheet_id in re.findall(rb"sheetId\s*=\s*[\"']([0-9]+)[\"']", workbook)), default=0) + 1
    )
    element = f'<{head}sheet xmlns:r="{RELATIONS}" name="{quoted(name)}" sheetId="{number}" r:id="{relation}"/>'
    workbook = re.sub(
        rb"(\slocalSheetId\s*=\s*[\"'])([0-9]+)", lambda match: match[1] + b"%d" % (int(match[2]) + 1), workbook
    )
    return shown_first(put_first(workbook, b"sheets", element.encode()), 0)


def shown_first(workbook: bytes, place: int) -> bytes:
    """Return the workbook with the sheet at `place` open."""

    def opened(match: re.Match[bytes]) -> bytes:
        return with_attribute(with_attribute(match[0], b"firstSheet", b"0"), b"activeTab", b"%d" % place)

    return re.sub(rb"<(?:\w+:)?workbookView(?:\s[^>]*)?>", opened, workbook)
