"""From one row below a header to whether it is a total, a note, an instruction or blank, or else a record."""

from __future__ import annotations

import re

from models.definitions import Field, Kind, Part
from rules.intake.body import Body
from rules.intake.columns import Columns
from rules.intake.header import Header, SheetTop
from rules.intake.words import MISSING_WORDS, half_width, squeezed

_TOTAL = re.compile(
    r"^(?:本?[页月年季]度?|全区|全部|各单位)?(?:合计|小计|总计|共计|累计|总合计|汇总|总数|总和)(?:\(.*\))?:?$"
)
_TOTAL_WITHIN = re.compile(r"^.{1,15}(?:合计|小计|总计|共计):?$|^(?:合计|小计|总计|共计):?.{1,10}$")
_NOTE = re.compile(
    r"^[※*]?(?:备注|说明|填[表报]说明|附?注\d*|填[表报]人|制表人?|审[核批]人?|复核人?|(?:单位|主要|分管|科室|部门)?负责人"
    r"|(?:主要|分管|主管|单位)领导|领导签字|经办人|联系人|联系电话|统计人|报送人|(?:填[表报]|报送|制表)(?:单位|部门|日期|时间)"
    r"|签[字章名]|(?:单位)?盖章|日期)(?:\(.*?\))?(?:[::、.]|\d|$)"
)
_REMARK = re.compile(
    r"^(?:填[表报写](?:说明|要求|须知|示例)[:。、1一]|[【\[(](?:填[表报写])?(?:说明|要求|须知|示例|注意))"
)
_EXAMPLE_WORD = "示例|样例|范例|例子|举例|例如|例|样表|示范|模板"
_EXAMPLE = re.compile(rf"^[\W_]*(?:填[写表报])?(?:{_EXAMPLE_WORD})(?:行|数据|\d{{1,2}})?(?:[\W_A-Za-z\d].*)?$")
_EXAMPLE_TOLD = re.compile(
    rf"^(?:[^\w\s]+(?:填[写表报])?(?:{_EXAMPLE_WORD})|(?:填[写表报])?(?:{_EXAMPLE_WORD})(?:行|数据|\d{{1,2}})?:)"
)
_EXAMPLE_ALONE = re.compile(rf"^[\W_]*(?:填[写表报])?(?:{_EXAMPLE_WORD})(?:行|数据)?[\W_]*$")
_NOTHING = re.compile(
    r"^(?:本|当|上|\d{1,2})?月?(?:份|度)?(?:暂|均|没有?|未|无)(?:发生|收到|产生|出现|有)?.{0,8}$|^零报告$"
)
_CONTINUED = re.compile(r"[(\[]?(?:续表?\d{0,2}|接上页|第?\d{1,3}页)[)\]]?$")
_PAGE = re.compile(r"^[-—]?第?\d{1,4}页?[-—]?(?:[,/]?共\d{1,4}页)?$")
_NUMERAL = "一二三四五六七八九十"
_SECTION = re.compile(
    rf"^(?:[{_NUMERAL}]{{1,3}}[、.．,]|[(\[][{_NUMERAL}\d]{{1,3}}[)\]]|第[{_NUMERAL}\d]{{1,3}}(?:部分|类|章|节|组|批)|\d{{1,2}}[、.．](?!\d)).{{1,40}}$"
    r"|^[^:]{2,30}:$"
)
_SECTION_NUMBER = re.compile(rf"^[(\[]?[{_NUMERAL}]{{1,3}}[)\]]?[、.]?$")
_WIDE = 0.6  # of the headed columns, that one merged cell covers: a title between the rows
_JOINT = "|"
_LOOKED_AT = 300  # characters of a cell: what is longer is no total, note or title
_DATE_ALONE = re.compile(r"^(?:\d{4}|\s*)年(?:\d{1,2}|\s*)月(?:\d{1,2}|\s*)日$")
_SENTENCE = re.compile(r"[:。;]")
_ROW_NUMBER = re.compile(r"^\d*$")
_LONGEST_NAME = 30
_FEWEST = 2  # compulsory columns of words, from which a row with one cell alone is no record
_WHOLE = 3  # compulsory columns of words, of which a row that fills all is a record, whatever one of them says
_NUMBERS = (Kind.INT, Kind.DECIMAL, Kind.DURATION)


class RowJudge:
    """Judges single rows of one table; a row that may be a record is one."""

    def __init__(self, body: Body, part: Part, columns: Columns, header: Header, top: SheetTop) -> None:
        self.body = body
        self.places, self.gives_names = columns.places, part.gives_names
        self.headed = frozenset(heading.index for heading in header.headings) - columns.ignored
        self.keys = [field for field in part.keys if field.default is None and field.name in columns.places]
        self.units = {self.places[f.name] for f in part.fields if f.kind is Kind.UNIT and f.name in self.places}
        self.described = [
            f
            for f in part.fields
            if (f.required or f.key)
            and f.default is None
            and f.kind not in (*_NUMBERS, Kind.UNIT)
            and f.name in self.places
        ]
        self.known_rows = [
            {i: text.strip() for i, text in enumerate(top.raw[row]) if text.strip()} for row in range(header.rows.stop)
        ]
        alone = (next(iter(known.values())) for known in self.known_rows if len(known) == 1)
        self.titles = {_CONTINUED.sub("", squeezed(text[:_LOOKED_AT])) for text in alone} - {""}

    def why(self, row: int) -> str | None:
        """Return why a row is no record, or None for a record (or a note, which only the rows around it can show)."""
        texts = {place: half_width(text[:_LOOKED_AT]) for place, text in self.body.row_texts(row).items()}
        headed_texts = {place: text for place, text in texts.items() if place in self.headed}
        if not headed_texts and all(_ROW_NUMBER.match(text) for text in texts.values()):
            return "blank"
        if self._has_joined_key(texts):
            return None
        if self._is_instruction(row, texts):
            return "instruction"
        if self._is_total(texts):
            return "total"
        if self._is_section(row, texts, headed_texts):
            return "note"
        texts_beside_unit = {
            place: text for place, text in headed_texts.items() if place not in self.units
        } or headed_texts
        nothing = all(text in MISSING_WORDS or _NOTHING.match(text) for text in texts_beside_unit.values())
        return "note" if nothing else None  # 无, 本月无差评, perhaps with the unit's name, or beside the table

    def _is_instruction(self, row: int, texts: dict[int, str]) -> bool:
        first = next(iter(texts.values()))
        if first[:1] == "{" and (first[-1] == "}" or len(first) >= _LOOKED_AT):
            return True
        if self._repeats_the_top(row) or self._is_example(texts):
            return True
        return row <= 1 and (_is_remark(texts) or _all_in_brackets(texts) or _counts_columns(list(texts.values())))

    def _repeats_the_top(self, row: int) -> bool:
        """A header or a title printed again at a page break, perhaps as continued; the number of a page."""
        typed = {place: text.strip() for place, text in self.body.row_texts(row).items()}
        if len(typed) == 1:
            alone = squeezed(next(iter(typed.values()))[:_LOOKED_AT])
            return bool(_PAGE.match(alone) and not alone.isdigit()) or _CONTINUED.sub("", alone) in self.titles
        return any(known and typed == known for known in self.known_rows)

    def _is_example(self, texts: dict[int, str]) -> bool:
        """The filled-in example of a form, marked so before the row, where its key stands, or by a cell of its own.
        Where cells hold names that somebody chose, the word alone is one of them: there it needs a mark (【示例】,
        例：), or to stand beside them.
        """
        if self.gives_names:
            named = {*self.places.values()}
            beside = [text for place, text in texts.items() if place not in named]
            return any(map(_EXAMPLE_ALONE.match, beside)) or any(
                _EXAMPLE_TOLD.match(texts.get(place, "")) for place in named
            )
        leading = [texts.get(self.places[field.name], "") for field in self.keys[:1]] + list(texts.values())[:1]
        return any(map(_EXAMPLE.match, leading)) or any(map(_EXAMPLE_ALONE.match, texts.values()))

    def _is_section(self, row: int, texts: dict[int, str], headed_texts: dict[int, str]) -> bool:
        """A title between the rows: one cell merged across the table, or a numbered one alone."""
        if len(headed_texts) != 1 or len(self.described) < _FEWEST:
            return False
        place = next(iter(headed_texts))
        if self.body.width_of_merge(row, place) >= _WIDE * len(self.headed):
            return True
        numbered = [squeezed(text) for other, text in texts.items() if other != place]
        is_title = bool(_SECTION.match(squeezed(headed_texts[place]))) or any(map(_SECTION_NUMBER.match, numbered))
        return is_title and not any(self.body.has_merged(row, self.places[field.name]) for field in self.described)

    def _is_total(self, texts: dict[int, str]) -> bool:
        leading = {place: squeezed(text) for place, text in list(texts.items())[:2]}
        place = next((place for place, text in leading.items() if _TOTAL.match(text)), None)
        if place is not None:
            return not self._is_described(texts, place)
        return any(_TOTAL_WITHIN.match(text) for text in leading.values()) and self._says_nothing_else(texts)

    def _is_described(self, texts: dict[int, str], total: int) -> bool:
        """Every key is there, and the word that looks like a total is the record's own name or most other words are
        there; in a table without a key, all other words.
        """
        if not self.keys:
            return self._is_whole(texts, without=total)
        keys = [self._says(field, texts) for field in self.keys]
        words = [self._says(field, texts) for field in self.described]
        is_a_name = total in {self.places[field.name] for field in self.described if not field.key}
        return all(keys) and (is_a_name or 2 * sum(words) > len(words))

    def _is_whole(self, texts: dict[int, str], without: int | None = None) -> bool:
        """Whether every one of at least three columns of words is filled, but for one: a signature or a total does
        not say so much.
        """
        fields = [field for field in self.described if self.places[field.name] != without]
        return len(self.described) >= _WHOLE and all(self._says(field, texts) for field in fields)

    def _has_joined_key(self, texts: dict[int, str]) -> bool:
        """A key of parts, 单位|编号, as a field sheet has it: a record, whatever its other cells say."""
        return any(field.kind is Kind.TEXT and _JOINT in texts.get(self.places[field.name], "") for field in self.keys)

    def _says(self, field: Field, texts: dict[int, str]) -> bool:
        text = texts.get(self.places[field.name], "")
        return bool(text) and text not in MISSING_WORDS and not _TOTAL.match(squeezed(text))

    def _says_nothing_else(self, texts: dict[int, str]) -> bool:
        fields = {f.name: f for f in (*self.keys, *self.described)}.values()
        others = [f for f in fields if not _TOTAL_WITHIN.match(squeezed(texts.get(self.places[f.name], "")))]
        return len(others) < len(fields) and not any(self._says(field, texts) for field in others)

    def is_note(self, row: int) -> bool:
        """Return whether a row below the last sure record is a remark, a signature or a date; never one
        that has a key.
        """
        texts = {place: half_width(text[:_LOOKED_AT]) for place, text in self.body.row_texts(row).items()}
        if not texts or self._has_joined_key(texts):
            return False
        if _NOTE.match(squeezed(next(iter(texts.values())))):
            return 2 * sum(self._says(field, texts) for field in self.described) <= max(2, len(self.described))
        if self._is_whole(texts) or any(_is_key(field, texts.get(self.places[field.name], "")) for field in self.keys):
            return False
        remarks = [_NOTE.match(squeezed(text)) or _DATE_ALONE.match(squeezed(text)) for text in texts.values()]
        return len(texts) == 1 or any(remarks)


def _is_remark(texts: dict[int, str]) -> bool:
    """One cell alone right below the headings: 填报说明：…, 【说明】…"""
    return len(texts) == 1 and bool(_REMARK.match(squeezed(next(iter(texts.values())))))


def _all_in_brackets(texts: dict[int, str]) -> bool:
    return len(texts) > 1 and all(re.fullmatch(r"[(\[【〔].*[)\]】〕]", text, re.DOTALL) for text in texts.values())


def _counts_columns(texts: list[str]) -> bool:
    """甲 乙 1 2 3 …: the columns' numbers below their headings."""
    numbers = [text for text in texts if text not in {"甲", "乙", "丙", "丁", "栏次"}]
    return len(numbers) >= 4 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _is_key(field: Field, text: str) -> bool:
    if not text or field.kind is Kind.UNIT or _SENTENCE.search(text):
        return False
    if field.kind is Kind.CODE:
        return not _DATE_ALONE.match(squeezed(text)) and (text.isascii() or sum(c.isdigit() for c in text) >= 3)
    if field.kind is Kind.TEXT:
        return len(text) <= _LONGEST_NAME and not _DATE_ALONE.match(squeezed(text))
    return text[:1].isdigit()
