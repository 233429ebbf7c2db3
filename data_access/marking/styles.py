"""From the styles of a workbook to the same with the styles of wrong cells beside them."""

from __future__ import annotations

import re

from data_access.marking.problem_list import ERROR_COLOUR, WARNING_COLOUR
from data_access.marking.xml_text import HEAD, MAIN, Unpatchable, attribute, prefix, utf8, with_attribute

NEW = (
    HEAD + f'<styleSheet xmlns="{MAIN.decode()}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'  # noqa: E501
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
).encode()
MOST_STYLES = 60_000  # Excel takes 65,490


class Styles:
    """Style numbers of cells; each marked one is the cell's own with another fill. The marks of an earlier round are
    gone.
    """

    def __init__(self, xml: bytes) -> None:
        self.xml = utf8(xml)
        self.prefix = prefix(xml, b"cellXfs")
        self.colours = [colour.encode() for colour in (ERROR_COLOUR, WARNING_COLOUR)]
        self.fonts, self.fills, self.xfs = (
            self._children(list_name, name)
            for list_name, name in ((b"fonts", b"font"), (b"fills", b"fill"), (b"cellXfs", b"xf"))
        )
        self.state = len(self.xfs)
        self._unmark()
        self.fill_of = [self._add(self.fills, self._fill(colour)) for colour in (*self.colours, b"D9E1F2")]
        self._marked: dict[tuple[int, int], int] = {}

    def marked(self, style: int, colour: int) -> int:
        """Return the style that looks like `style` but for the fill; `colour` 0 for an error, 1 for a warning."""
        key = style if style < self.state else 0, colour
        if key not in self._marked:
            self._marked[key] = self._new_style(*key) if len(self.xfs) < MOST_STYLES else key[0]
        return self._marked[key]

    def for_list(self) -> dict[str, int]:
        """Return the styles of the list sheet: title, heading, link and plain text."""
        big, bold, link = (
            self._add(self.fonts, self._font(look))
            for look in (
                b'<{p}b/><{p}sz val="14"/>',
                b'<{p}b/><{p}sz val="11"/>',
                b'<{p}u/><{p}sz val="11"/><{p}color rgb="FF0563C1"/>',
            )
        )
        return {
            "title": self._add(self.xfs, self._xf(big)),
            "heading": self._add(self.xfs, self._xf(bold, self.fill_of[2])),
            "link": self._add(self.xfs, self._xf(link)),
            "text": self._add(self.xfs, self._xf(0)),
        }

    def finished(self) -> bytes:
        xml = self.xml
        for list_name, children in ((b"fonts", self.fonts), (b"fills", self.fills), (b"cellXfs", self.xfs)):
            start, end = self._span(xml, list_name)
            tag = xml[start : xml.index(b">", start) + 1]
            xml = xml[:start] + with_attribute(tag, b"count", b"%d" % len(children)) + b"".join(children) + xml[end:]
        return xml

    def _new_style(self, style: int, colour: int) -> int:
        own = self.xfs[style]
        end = own.index(b">") + 1
        tag = with_attribute(with_attribute(own[:end], b"fillId", b"%d" % self.fill_of[colour]), b"applyFill", b"1")
        return self._add(self.xfs, tag + own[end:])

    def _unmark(self) -> None:
        ours = {
            number
            for number, fill in enumerate(self.fills)
            if any(b'rgb="FF' + colour in fill for colour in self.colours)
        }
        for number, own in enumerate(self.xfs):
            end = own.index(b">") + 1
            if ours and int(attribute(own[:end], b"fillId") or 0) in ours:
                self.xfs[number] = with_attribute(own[:end], b"fillId", b"0") + own[end:]

    def _children(self, list_name: bytes, name: bytes) -> list[bytes]:
        start, end = self._span(self.xml, list_name)
        tag = re.escape(b"<" + self.prefix + name)
        close = re.escape(b"</" + self.prefix + name + b">")
        children = re.findall(
            tag + rb"(?:\s[^>]*)?/>|" + tag + rb"(?:\s[^>]*)?>.*?" + close, self.xml[start:end], re.DOTALL
        )
        if not children:
            raise Unpatchable
        return children

    def _span(self, xml: bytes, list_name: bytes) -> tuple[int, int]:
        """From the list's start tag to just before its end tag."""
        start, end = xml.find(b"<" + self.prefix + list_name), xml.find(b"</" + self.prefix + list_name + b">")
        if start < 0 or end < 0:
            raise Unpatchable
        return start, end

    def _add(self, children: list[bytes], piece: bytes) -> int:
        children.append(piece.replace(b"{p}", self.prefix))
        return len(children) - 1

    def _fill(self, colour: bytes) -> bytes:
        return (
            b'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF'
            + colour
            + b'"/><{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
        )

    def _font(self, look: bytes) -> bytes:
        return b"<{p}font>" + look + '<{p}name val="宋体"/></{p}font>'.encode()

    def _xf(self, font: int, fill: int = 0) -> bytes:
        return (
            b'<{p}xf numFmtId="49" fontId="%d" fillId="%d" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" '  # noqa: E501
            b'applyAlignment="1"><{p}alignment vertical="top" wrapText="1"/></{p}xf>' % (font, fill)
        )
