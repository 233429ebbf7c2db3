"""What has a number of its own or a title of a few words (rectifications, notices, checks, rounds, meetings, talks,
instructions, bulletins, submissions), by that number or those words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements import cache
from components.elements.cache import answer
from components.elements.context import PageContext
from components.elements.empty_state import section
from components.elements.rendering import Content
from components.elements.table import Column, Table, Width, table_parts
from rules.numbering import number_printed, number_read
from rules.search_words import holds_every, search_terms
from services.access.permission import Forbidden, may
from services.access.refusal import RefusedRequest
from services.bulletins.register import bulletins
from services.instructions.instructions import instructions_as_of
from services.meetings.meetings import meetings_as_of
from services.rounds.rounds import rounds_as_of
from services.spot_checks.summaries import spot_checks_as_of
from services.talks.talks import talks_as_of

KINDS = "整改、催办督办、抽查、督查轮次、会议、约谈、批示、通报和报送的编号"


@dataclass(frozen=True)
class NumberedAct:
    """`texts`: what besides the number it is found by."""

    kind: str
    number: str
    words: str
    address: str
    texts: Sequence[str] = ()


def numbered_acts(words: str, here: PageContext) -> list[NumberedAct]:
    """Return those that hold every term. Long lists are read only where a number was typed."""
    terms = search_terms(words)
    if not terms:
        return []
    every = list(_few(here))
    if any(number_read(term) or term.isdecimal() for term in terms):
        every += _many(here)
    listed = [act for act in every if _is_meant(act, terms)]
    return [*listed, *_submission(terms, here)]


def _is_meant(act: NumberedAct, terms: Sequence[str]) -> bool:
    printed = number_printed(act.kind, act.number) if number_read(act.number) else ""
    return holds_every(terms, (act.kind, *act.texts), codes=(act.number, printed)) and any(
        term in (act.number, printed) or any(term in text for text in act.texts) for term in terms
    )


def _few(here: PageContext) -> Iterator[NumberedAct]:
    for turn in answer(rounds_as_of, here.day):
        yield NumberedAct("督查轮次", turn.number, turn.name, here.address("round", number=turn.number), (turn.name,))
    if may(meetings_as_of):
        for meeting in answer(meetings_as_of, here.day):
            address = here.address("meeting", number=meeting.number)
            yield NumberedAct("督查会议", meeting.number, meeting.name, address, (meeting.name,))
    for talk in answer(talks_as_of, here.day, here.own_unit):
        yield NumberedAct("约谈", talk.number, f"{talk.unit}：{talk.reason}", here.address("talks"), (talk.reason,))
    for instruction in answer(instructions_as_of, here.day, here.own_unit):
        yield NumberedAct(
            "批示", instruction.number, instruction.text, here.address("instructions"), (instruction.text,)
        )
    for bulletin in answer(bulletins, here.day):
        if bulletin.number:
            words = f"{bulletin.document_number}，截至 {bulletin.as_of}"
            yield NumberedAct("通报", bulletin.number, words, here.address("bulletin", number=bulletin.number))


def _many(here: PageContext) -> Iterator[NumberedAct]:
    for item in cache.rectifications(here.day, here.own_unit).rectifications:
        address = here.address("rectification", number=item.number)
        yield NumberedAct("整改", item.number, f"{item.unit}：{item.issue}", address)
    for notice in cache.notices(here.day, here.own_unit):
        words = f"{notice.unit}，限 {notice.reply_by} 前答复"
        yield NumberedAct(notice.level.word, notice.number, words, here.address("notice", number=notice.number))
    for check in answer(spot_checks_as_of, here.day, here.own_unit):
        yield NumberedAct("抽查", check.number, check.kind.title, here.address("spot_check", number=check.number))


def _submission(terms: Sequence[str], here: PageContext) -> Iterator[NumberedAct]:
    """The number of a submission is a bare one: the only term, or beside 报送."""
    numbers = [term for term in terms if term.isdecimal() and term.isascii() and len(term) < 10]
    if len(numbers) != 1 or set(terms) - {*numbers, "报送"}:
        return
    try:
        sent = cache.submission(int(numbers[0]), here.day)
    except (RefusedRequest, Forbidden):
        return
    words = f"{sent.unit or '全区'} {sent.month} {DATASETS[sent.dataset].title}"
    yield NumberedAct("报送", str(sent.number), words, here.address("submission", number=sent.number))


def numbered_table(acts: Sequence[NumberedAct], here: PageContext) -> Content:
    """Return them as a section, nothing where there are none."""
    if not acts:
        return Markup("")
    columns = (
        Column[NumberedAct]("kind", "类别", lambda act: act.kind, width=Width.UNBROKEN),
        Column[NumberedAct](
            "number", "编号", lambda act: act.number, width=Width.UNBROKEN, href=lambda act: act.address
        ),
        Column[NumberedAct]("words", "内容", lambda act: act.words, width=Width.PROSE),
    )
    table = Table("acts", "督查事项和报送", columns, counted="件", page_size=None)
    return section("督查事项和报送", f"{len(acts)} 件") + table_parts(table, acts, here)
