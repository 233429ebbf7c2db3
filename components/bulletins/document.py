"""A bulletin as it will print: head, title, text and tables, in the order of the paper."""

from __future__ import annotations

from markupsafe import Markup

from components.elements.templates import from_template
from models.official_document import DocumentTable, Heading, OfficialDocument, Paragraph, Picture


def document_markup(document: OfficialDocument) -> Markup:
    """Return the document for the screen; charts stand in the file."""
    return from_template("bulletins/document.html", document=document, kind=_kind)


def _kind(block: object) -> str:
    match block:
        case Heading():
            return "heading"
        case Paragraph():
            return "paragraph"
        case DocumentTable():
            return "table"
        case Picture():
            return "picture"
    raise TypeError(block)
