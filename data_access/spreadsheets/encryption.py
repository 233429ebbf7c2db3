"""From the bytes of an encrypted workbook to the workbook, where nobody ever set a password to open it.

Excel encrypts a workbook whose structure is protected, or which is advised to be read only, under a password of its own
and opens it without asking ([MS-OFFCRYPTO] 2.4.2.3 and [MS-XLS] 2.4.117).
"""

from __future__ import annotations

import io

from data_access.spreadsheets.compound import OLE2, is_encrypted_package
from data_access.spreadsheets.refusals import Rejected

EXCELS_OWN = "VelvetSweatshop"


def unlocked(content: bytes) -> bytes:
    """Return the workbook within an encrypted package; anything else as it is. Raises Rejected as `decrypted` does."""
    return decrypted(content) if content.startswith(OLE2) and is_encrypted_package(content) else content


def decrypted(content: bytes) -> bytes:
    """Raises Rejected: password where another one is needed or the way of encrypting is unknown."""
    import msoffcrypto  # of no use to any other file

    plain = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        file.load_key(password=EXCELS_OWN, verify_password=True) if file.format == "ooxml" else file.load_key(
            EXCELS_OWN
        )
        file.decrypt(plain)
    except Exception as problem:  # whatever it minds: the file stays closed to us
        raise Rejected("password") from problem
    if plain.getbuffer() == content:
        raise Rejected("password")
    return plain.getvalue()
