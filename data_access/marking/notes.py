"""From the notes of a sheet's wrong cells to its comments part and the drawing that places them, the uploader's own
kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data_access.marking.problem_list import AUTHOR
from data_access.marking.xml_text import HEAD, MAIN, Unpatchable, attribute, prefix, put_last, quoted, text, utf8

NEW_COMMENTS = (HEAD + f'<comments xmlns="{MAIN.decode()}"><authors/><commentList/></comments>').encode()
NAMESPACES = (
    b' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
NEW_DRAWING = (
    b"<xml" + NAMESPACES + b'><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:200pt;'  # noqa: E501
    'height:{height}pt;z-index:{number};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'  # noqa: E501
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'  # noqa: E501
    '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'  # noqa: E501
    "<x:Anchor>{left}, 12, {row}, 4, {right}, 40, {bottom}, 8</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>"  # noqa: E501
    "<x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
RULE = f"\n—— {AUTHOR} ——\n"  # between the uploader's own comment and ours
LINE_OF_NOTE = 17  # characters
_OURS_WITHIN = re.compile(
    rb"<((?:\w+:)?)r>(?:(?!</?(?:\w+:)?r>).)*?" + RULE.strip().encode() + rb".*?</(?:\w+:)?r>", re.DOTALL
)


@dataclass(frozen=True)
class Note:
    """What is to be said at a cell; row and column 1-based."""

    address: str
    row: int
    column: int
    words: str


def commented(comments: bytes | None, drawing: bytes | None, notes: Iterable[Note]) -> tuple[bytes, bytes]:
    """Return comments and drawing with our notes and without those of an earlier round. Raises
    Unpatchable for odd XML.
    """
    comments, gone = _without_ours(utf8(comments or NEW_COMMENTS))
    drawing = _without_shapes(utf8(drawing or NEW_DRAWING), gone)
    notes_by_cell = {note.address: note for note in notes}
    comments = _joined_to_own(comments, notes_by_cell)
    return _with_comments(comments, notes_by_cell.values()), _with_shapes(drawing, notes_by_cell.values())


def _comment_pattern(tag: bytes) -> re.Pattern[bytes]:
    return re.compile(b"<" + tag + b"comment" + rb"(\s[^>]*)>(.*?)</" + tag + b"comment>", re.DOTALL)


def _without_ours(comments: bytes) -> tuple[bytes, set[tuple[int, int]]]:
    """And the cells whose comments went."""
    tag = prefix(comments, b"commentList")
    authors = re.findall(rb"<(?:\w+:)?author(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?author>)", comments, re.DOTALL)
    ours = {b"%d" % number for number, name in enumerate(authors) if name == AUTHOR.encode()}
    gone: set[tuple[int, int]] = set()

    def keep(match: re.Match[bytes]) -> bytes:
        if attribute(match[1], b"authorId") not in ours:
            return _OURS_WITHIN.sub(b"", match[0])
        gone.add(_position(attribute(match[1], b"ref") or b""))
        return b""

    return _comment_pattern(tag).sub(keep, comments), gone


def _position(address: bytes) -> tuple[int, int]:
    match = re.fullmatch(rb"\$?([A-Z]{1,3})\$?([0-9]+)", address)
    if not match:
        raise Unpatchable
    column = 0
    for letter in match[1]:
        column = column * 26 + letter - 64
    return int(match[2]) - 1, column - 1


def _without_shapes(drawing: bytes, gone: set[tuple[int, int]]) -> bytes:
    def keep(match: re.Match[bytes]) -> bytes:
        row, column = (
            re.search(rb"<(?:\w+:)?" + name + rb">\s*([0-9]+)\s*</", match[0]) for name in (b"Row", b"Column")
        )
        is_gone = row and column and b'ObjectType="Note"' in match[0] and (int(row[1]), int(column[1])) in gone
        return b"" if is_gone else match[0]

    return re.sub(rb"<((?:\w+:)?)shape\s.*?</\1shape>", keep, drawing, flags=re.DOTALL) if gone else drawing


def _joined_to_own(comments: bytes, notes_by_cell: dict[str, Note]) -> bytes:
    """Our words below the uploader's own comment; such notes are then no longer wanted."""
    tag = prefix(comments, b"commentList")
    ending = b"</" + tag + b"text>"

    def joined(match: re.Match[bytes]) -> bytes:
        note = notes_by_cell.get((attribute(match[1], b"ref") or b"").decode())
        if note is None or ending not in match[0]:
            return match[0]
        del notes_by_cell[note.address]
        run = b'<%sr><%st xml:space="preserve">%s</%st></%sr>' % (tag, tag, text(RULE + note.words).encode(), tag, tag)
        return match[0].replace(ending, run + ending)

    return _comment_pattern(tag).sub(joined, comments)


def _with_comments(comments: bytes, notes: Iterable[Note]) -> bytes:
    tag = prefix(comments, b"commentList")
    author = len(re.findall(rb"<(?:\w+:)?author[\s/>]", comments))
    head = tag.decode()
    ours = "".join(
        f'<{head}comment ref="{quoted(note.address)}" authorId="{author}"><{head}text><{head}r><{head}t xml:space="preserve">'  # noqa: E501
        f"{text(note.words)}</{head}t></{head}r></{head}text></{head}comment>"
        for note in notes
    )
    comments = put_last(comments, b"authors", b"<%sauthor>%s</%sauthor>" % (tag, AUTHOR.encode(), tag))
    return put_last(comments, b"commentList", ours.encode())


def _with_shapes(drawing: bytes, notes: Iterable[Note]) -> bytes:
    end = drawing.rfind(b"</xml>")
    if end < 0:
        raise Unpatchable
    first = max((int(number) for number in re.findall(rb'id="_x0000_s([0-9]{1,9})"', drawing)), default=1024) + 1
    shapes = "".join(SHAPE.format_map(_placed(note, number)) for number, note in enumerate(notes, first)).encode()
    kind = b"" if b'id="_x0000_t202"' in drawing else SHAPE_TYPE
    root = drawing[: drawing.find(b">") + 1]
    named = all(b"xmlns:%s=" % name in root for name in (b"v", b"o", b"x"))
    return drawing[:end] + (kind + shapes if named else _naming_their_spaces(kind + shapes)) + drawing[end:]


def _naming_their_spaces(shapes: bytes) -> bytes:
    """For a drawing whose root does not."""
    return re.sub(rb"<v:shape(?:type)?(?= )", lambda tag: tag[0] + NAMESPACES, shapes)


def _placed(note: Note, number: int) -> Mapping[str, int]:
    lines = sum(len(line) // LINE_OF_NOTE + 1 for line in note.words.split("\n"))
    row, column = note.row - 1, note.column - 1
    return {
        "number": number,
        "height": 12 + 15 * lines,
        "row": row,
        "column": column,
        "left": column + 1,
        "right": column + 4,
        "bottom": row + 1 + lines,
    }
