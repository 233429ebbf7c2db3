"""Short answers of a guide: who gives a material, whether a form was given, whether a file name is that of a
picture.
"""

from __future__ import annotations

import re
import unicodedata

from rules.guides.reading import half_width

_PREPARED = re.compile(r"自备|自行|自有|自填|自拟|自制|自带")
_APPLICANT = re.compile(
    r"^(?:由)?(?:申请|申报|申办|办事|当事|本|投保|参保)(?:人|者|单位|企业|主体|法人|机构)|^(?:法定|委托)?代理人|^办事群众|^服务对象"
)
_ISSUED = re.compile(r"核发|颁发|签发|出具|开具|部门|机关|申领|领取")
_NONE = {"否", "没有", "暂无", "未提供", "不需要", "无需"}
_PICTURES = {"png", "jpg", "jpeg", "gif", "bmp", "webp", "svg", "tif"}
_NO_WORD = re.compile(r"[\W_]+")
_ENDING = re.compile(r"\.([A-Za-z0-9]{2,5})(?:\?\S*)?(?=$|[\s、,;])")


def from_applicant(source: str) -> bool:
    """Return whether the applicant alone is the source: 申请人自备, 申请人, 自备, 本人提供. Of several sources every
    one must be the applicant.
    """
    pieces = [piece for piece in re.split(r"[、,;/或和及]", re.sub(r"\s+", "", half_width(source))) if piece]
    return bool(pieces) and all(map(_is_applicant, pieces))


def _is_applicant(piece: str) -> bool:
    return bool(_PREPARED.search(piece) or (_APPLICANT.search(piece) and not _ISSUED.search(piece)))


def given(answer: str) -> bool:
    """Return whether a file is given: 是 or a file name; 否 and its like are not."""
    return answer.strip() not in _NONE


def is_picture(file_names: str) -> bool:
    """Return whether the text is one file name, or several, each that of a picture of a kind that
    guide_rules.md names (G301); the last must end the text.
    """
    plain = half_width(file_names).strip()
    endings = list(_ENDING.finditer(plain))
    return bool(endings) and endings[-1].end() == len(plain) and all(m[1].lower() in _PICTURES for m in endings)


def bare(text: str) -> str:
    """Return the text without punctuation and blanks, to compare whether two texts say the same."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text))
