"""From the zip of an .xlsx to its sheets, styles, date system and shared strings."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.number_formats import Shown, shown_by, shown_cells
from data_access.spreadsheets.refusals import Rejected
from data_access.spreadsheets.safe_xml import Attributes, Handler, attribute, parse
from data_access.spreadsheets.unpacking import Archive
from data_access.spreadsheets.values import harmless, unescaped

TRUE = ("1", "true", "on")


@dataclass
class SheetEntry:
    name: str
    path: str
    visible: bool


class RelatedParts(Archive):
    """The parts of one workbook, found by their relations."""

    def __init__(self, content: bytes, limits: ReadLimits, workbook_path: str) -> None:
        """`workbook_path` is where the workbook is if the relations do not say."""
        super().__init__(content, limits)
        self.workbook_path = main_part(self) or workbook_path
        folder, name = posixpath.split(self.workbook_path)
        self.relations = relations_of(self, f"{folder}/_rels/{name}.rels", folder)

    def entries(self, sheets: Iterable[tuple[str, bool, str]]) -> list[SheetEntry]:
        """Return the worksheets among sheets of which the name, whether it is visible and the relation are known.
        Raises Rejected where a visible sheet is nowhere: it may have rows.
        """
        entries = []
        for name, visible, relation in sheets:
            kind, path = self.relations.get(relation, ("", ""))
            if not kind and visible:
                raise Rejected("damaged")
            if kind == "worksheet":
                entries.append(SheetEntry(name, path, visible))
        return entries

    def strings_path(self) -> str | None:
        return self.path_of("sharedStrings")

    def path_of(self, kind: str) -> str | None:
        return next((path for k, path in self.relations.values() if k == kind and path.lower() in self.members), None)


def main_part(archive: Archive) -> str | None:
    """Return the path of the workbook or other document that the package is, as its relations say."""
    root = relations_of(archive, "_rels/.rels", "")
    return next((path for kind, path in root.values() if kind == "officeDocument"), None)


def relations_of(archive: Archive, path: str, folder: str) -> dict[str, tuple[str, str]]:
    """Return relation → kind and path of its target; empty where the part that lists them is not there."""
    relations = _Relations(folder)
    if archive.size(path.lstrip("/")):
        parse(archive.chunks(path.lstrip("/")), relations)
    return relations.targets


class Package(RelatedParts):
    """An .xlsx: its parts are XML."""

    def __init__(self, content: bytes, limits: ReadLimits) -> None:
        super().__init__(content, limits, "xl/workbook.xml")
        self.workbook = _Workbook()
        parse(self.chunks(self.workbook_path), self.workbook)

    def sheets(self) -> list[SheetEntry]:
        return self.entries((name, state == "visible", relation) for name, state, relation in self.workbook.sheets)

    def shown(self) -> list[Shown]:
        """Return how each cell style shows a number."""
        styles = _Styles()
        if path := self.path_of("styles"):
            parse(self.chunks(path), styles)
        return shown_cells(styles.formats(), styles.codes)

    def strings(self) -> list[str]:
        table = SharedStrings()
        if path := self.strings_path():
            parse(self.chunks(path), table)
        return table.strings


class _Relations(Handler):
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = unquote(attributes.get("Target", "").replace("\\", "/"))
            path = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(self.folder, target))
            )
            self.targets[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)


@dataclass
class _Workbook(Handler):
    date1904: bool = False
    sheets: list[tuple[str, str, str]] = field(default_factory=list)  # name, state, relation

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "workbookPr":
            self.date1904 = attributes.get("date1904", "0") in TRUE
        elif name == "sheet":
            relation = attribute(attributes, "id") or ""
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))


@dataclass
class _Styles(Handler):
    """The number formats that the workbook defines, not those that a dxf defines for itself; which of them each cell
    style has, one that names none has that of the named style it is built on.
    """

    codes: dict[int, Shown] = field(default_factory=dict)
    of_cells: list[tuple[str | None, str | None]] = field(default_factory=list)  # format, named style
    of_named: list[str | None] = field(default_factory=list)
    within: str = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("numFmts", "cellXfs", "cellStyleXfs"):
            self.within = name
        elif name == "numFmt" and self.within == "numFmts":
            self.codes[_whole(attributes.get("numFmtId"))] = shown_by(attributes.get("formatCode", ""))
        elif name == "xf" and self.within == "cellXfs":
            self.of_cells.append((attributes.get("numFmtId"), attributes.get("xfId")))
        elif name == "xf" and self.within == "cellStyleXfs":
            self.of_named.append(attributes.get("numFmtId"))

    def end(self, name: str) -> None:
        if name == self.within:
            self.within = ""

    def formats(self) -> list[int]:
        return [_whole(self._of_named(named) if own is None else own) for own, named in self.of_cells]

    def _of_named(self, named: str | None) -> str | None:
        number = _whole(named)
        return self.of_named[number] if number < len(self.of_named) else None


class SharedStrings(Handler):
    """The text of every `si`: its runs joined, phonetic guides left out."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.parts: list[str] = []
        self.in_text = self.in_phonetic = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "t":
            self.in_text = not self.in_phonetic
        elif name == "rPh":
            self.in_phonetic = True

    def end(self, name: str) -> None:
        if name == "t":
            self.in_text = False
        elif name == "rPh":
            self.in_phonetic = False
        elif name == "si":
            self.strings.append(harmless(unescaped("".join(self.parts))))
            self.parts.clear()

    def text(self, data: str) -> None:
        if self.in_text:
            self.parts.append(data)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
