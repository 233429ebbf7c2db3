"""An .xlsx and what is wrong in it go in; the same workbook with wrong cells marked and listed is written, all else
byte for byte as it was.

Colours and notes of an earlier round are taken away, and its list is replaced.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any, BinaryIO

from data_access.marking.list_sheet import LIST_MARK, LIST_SHEET, list_xml
from data_access.marking.notes import Note, commented
from data_access.marking.package_text import (
    RELATIONSHIP,
    TYPES,
    Relations,
    shown_first,
    with_default,
    with_override,
    with_sheet_first,
)
from data_access.marking.problem_list import free_name
from data_access.marking.sheet_patch import Mark, SheetPatch
from data_access.marking.sheet_tail import drawing_of, with_drawing
from data_access.marking.styles import NEW, Styles
from data_access.marking.xml_text import Unpatchable, utf8
from data_access.marking.zip_parts import Packed, pack, rebuild
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.package import Package, SheetEntry
from data_access.spreadsheets.sheet_xml import column_number

CONTENT_TYPES = "[Content_Types].xml"
HEAD_BYTES = 65_536


def mark_in_place(content: bytes, marks: Mapping[str, Any], limits: ReadLimits, out: BinaryIO) -> None:
    """Raises Unpatchable where the workbook's XML is too unusual, Rejected where it is broken or beyond the limits."""
    marking = _Marking(Package(content, limits), marks["rows"])
    for entry in marking.package.sheets():
        marking.mark_sheet(entry, marks["cells"].get(entry.name, []))
    marking.add_list()
    rebuild(content, marking.package.archive, marking.finished(), out)


class _Marking:
    def __init__(self, package: Package, rows: Sequence[Sequence[str]]) -> None:
        self.package, self.rows = package, rows
        self.changed: dict[str, Packed | None] = {}
        self.texts: dict[str, bytes] = {}  # small parts on their way
        self.old_list = next((entry for entry in package.sheets() if self._is_list(entry)), None)
        self.styles_path = package.path_of("styles")
        self.styles = Styles(self.text_of(self.styles_path) if self.styles_path else NEW)

    def text_of(self, path: str) -> bytes:
        if path not in self.texts:
            self.texts[path] = utf8(b"".join(self.package.chunks(path)))
        return self.texts[path]

    def mark_sheet(self, entry: SheetEntry, cells: Sequence[Sequence[Any]]) -> None:
        if entry == self.old_list:
            return
        head = next(iter(self.package.chunks(entry.path, HEAD_BYTES)), b"")
        relations = self._relations_of(entry.path)
        if not cells and b"tabSelected" not in head and not relations.of_kind("comments"):
            return
        marks = [Mark(row, column_number(letters), letters.encode(), colour) for row, letters, colour, _ in cells]
        notes = [Note(f"{letters}{row}", row, column_number(letters), note) for row, letters, _, note in cells if note]
        patch = SheetPatch(
            marks, self.styles.marked, lambda tail, prefix: self._tail(entry.path, relations, notes, tail, prefix)
        )
        self.changed[self._member(entry.path)] = pack(patch.pieces(self.package.chunks(entry.path)))

    def _tail(self, path: str, relations: Relations, notes: list[Note], tail: bytes, prefix: bytes) -> bytes:
        """The notes' parts are written on the way."""
        comments, own = relations.of_kind("comments"), drawing_of(tail)
        if not notes and not comments:
            return tail
        drawing = relations.target(own) if own else None
        words, shapes = commented(self._part(comments), self._part(drawing), notes)
        comments = comments or self._new_part(relations, "comments", "xl/comments_marked{}.xml", path)
        if drawing is None:
            drawing = self._new_part(relations, "vmlDrawing", "xl/drawings/vmlDrawing_marked{}.vml", path)
            tail = with_drawing(tail, prefix, relations.id_of(drawing))
        self.texts[comments], self.texts[drawing] = words, shapes
        self.texts[relations.path] = relations.xml
        return tail

    def _part(self, path: str | None) -> bytes | None:
        return self.text_of(path) if path and path.lower() in self.package.members else None

    def _new_part(self, relations: Relations, kind: str, name: str, sheet: str) -> str:
        path = self._free_path(name)
        relations.add(kind, posixpath.relpath(path, posixpath.dirname(sheet)), path)
        types = self.text_of(CONTENT_TYPES)
        self.texts[CONTENT_TYPES] = (
            with_override(types, path, f"{TYPES}.comments+xml")
            if kind == "comments"
            else with_default(types, "vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
        )
        self.texts[path] = b""
        return path

    def _free_path(self, name: str) -> str:
        taken = {*self.package.members, *(path.lower() for path in self.texts)}
        return next(path for number in range(1, 100_000) if (path := name.format(number)).lower() not in taken)

    def _relations_of(self, path: str) -> Relations:
        folder, name = posixpath.split(path)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        return Relations(relations, folder, self._part(relations))

    def add_list(self) -> None:
        """Add the list in the place of an earlier one or as a new first sheet."""
        book = self.package.workbook_path
        folder, relations = posixpath.dirname(book), self._relations_of(book)
        if not self.styles_path:
            self.styles_path = self._free_path(posixpath.join(folder, "styles_marked{}.xml"))
            relations.add("styles", posixpath.relpath(self.styles_path, folder), self.styles_path)
            self.texts[CONTENT_TYPES] = with_override(
                self.text_of(CONTENT_TYPES), self.styles_path, f"{TYPES}.styles+xml"
            )
        path = self._place_of_list(relations, folder, book)
        self.texts[relations.path] = relations.xml
        self.texts[path] = list_xml(self.rows, self.styles.for_list())
        self.texts[self.styles_path] = self.styles.finished()

    def _place_of_list(self, relations: Relations, folder: str, book: str) -> str:
        if self.old_list:
            own = self._relations_of(self.old_list.path)
            if own.xml != RELATIONSHIP:
                self.texts[own.path] = RELATIONSHIP
            place = [entry.name for entry in self.package.sheets()].index(self.old_list.name)
            self.texts[book] = shown_first(self.text_of(book), place)
            return self.old_list.path
        path = self._free_path(posixpath.join(folder, "worksheets/sheet_marked{}.xml"))
        relations.add("worksheet", posixpath.relpath(path, folder), path)
        name = free_name((sheet[0] for sheet in self.package.workbook.sheets), LIST_SHEET)
        self.texts[book] = with_sheet_first(self.text_of(book), name, relations.id_of(path))
        self.texts[CONTENT_TYPES] = with_override(self.text_of(CONTENT_TYPES), path, f"{TYPES}.worksheet+xml")
        return path

    def finished(self) -> dict[str, Packed | None]:
        original = {
            path: b"".join(self.package.chunks(path)) for path in self.texts if path.lower() in self.package.members
        }
        changed = {path: text for path, text in self.texts.items() if original.get(path) != text}
        return self.changed | {self._member(path): pack(_cut(text)) for path, text in changed.items()}

    def _member(self, path: str) -> str:
        return self.package.members.get(path.lower(), path)

    def _is_list(self, entry: SheetEntry) -> bool:
        """A sheet that an earlier round put there, whatever program saved it since."""
        if not entry.name.startswith(LIST_SHEET):
            return False
        head = next(iter(self.package.chunks(entry.path, HEAD_BYTES)), b"")
        match = re.search(rb'<(?:\w+:)?c\s[^>]*?r="A1"[^>]*?>(.*?)</(?:\w+:)?c>', head, re.DOTALL)
        if not match:
            return False
        written = re.sub(rb"<[^>]*>", b"", match[1]).decode(errors="replace")
        if (
            unescape(written).strip().startswith(LIST_MARK)
        ):  # some programs write each character as &#38382; and the like
            return True
        value = re.search(rb"<(?:\w+:)?v>([0-9]+)</", match[1]) if b't="s"' in match[0].split(b">")[0] else None
        return value is not None and self._shared_string(int(value[1])).startswith(LIST_MARK)

    def _shared_string(self, number: int) -> str:
        strings = self.package.strings()
        return strings[number] if number < len(strings) else ""


def _cut(text: bytes, size: int = 2 * 1024 * 1024) -> Iterator[bytes]:
    for start in range(0, len(text), size):
        yield text[start : start + size]


__all__ = ["Unpatchable", "mark_in_place"]
