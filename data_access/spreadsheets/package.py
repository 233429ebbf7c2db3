"""The zip of an .xlsx goes in; its sheets, styles, date system and shared strings come out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field

from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.number_formats import Shown, shown_by, shown_cells
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
        root = self._relations("_rels/.rels", "")
        self.workbook_path = next((path for kind, path in root.values() if kind == "officeDocument"), workbook_path)
        folder, name = posixpath.split(self.workbook_path)
        self.relations = self._relations(f"{folder}/_rels/{name}.rels", folder)

    def entries(self, sheets: Iterable[tuple[str, bool, str]]) -> list[SheetEntry]:
        """The worksheets among sheets of which the name, whether it is visible and the relation are known."""
        found = [(name, visible, self.relations.get(relation)) for name, visible, relation in sheets]
        return [SheetEntry(name, part[1], visible) for name, visible, part in found if part and part[0] == "worksheet"]

    def strings_path(self) -> str | None:
        return self.path_of("sharedStrings")

    def path_of(self, kind: str) -> str | None:
        return next((path for k, path in self.relations.values() if k == kind and path.lower() in self.members), None)

    def _relations(self, path: str, folder: str) -> dict[str, tuple[str, str]]:
        relations = _Relations(folder)
        if path.lstrip("/").lower() in self.members:
            parse(self.chunks(path.lstrip("/")), relations)
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
        """How each cell style shows a number."""
        styles = _Styles()
        if path := self.path_of("styles"):
            parse(self.chunks(path), styles)
        return shown_cells(styles.formats_of_cells, styles.codes)

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
            target = attributes.get("Target", "")
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
            relation = attribute({k: v for k, v in attributes.items() if ":" in k}, "id") or ""
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))


@dataclass
class _Styles(Handler):
    codes: dict[int, Shown] = field(default_factory=dict)
    formats_of_cells: list[int] = field(default_factory=list)
    in_cells: bool = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt" and not self.in_cells:
            self.codes[_whole(attributes.get("numFmtId"))] = shown_by(attributes.get("formatCode", ""))
        elif name == "cellXfs":
            self.in_cells = True
        elif name == "xf" and self.in_cells:
            self.formats_of_cells.append(_whole(attributes.get("numFmtId")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.in_cells = False


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
