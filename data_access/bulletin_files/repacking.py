"""From an office file to the same members in a fixed order with a fixed date, so that the same content is the same
bytes.

python-docx writes the clock into every member (python-openxml/python-docx#1042).
"""

from __future__ import annotations

import io
import zipfile

FIRST_MEMBERS = ("[Content_Types].xml", "_rels/.rels")
DATE = (1980, 1, 1, 0, 0, 0)


def repacked(content: bytes) -> bytes:
    """Return the zip again: members by name, the two that readers want first before them."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        for name in sorted(source.namelist(), key=lambda name: (name not in FIRST_MEMBERS, name)):
            member = zipfile.ZipInfo(name, DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            member.create_system = 3
            target.writestr(member, source.read(name))
    return out.getvalue()
