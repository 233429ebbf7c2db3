"""What guides write is read right: precision and recall on the labelled examples, a finding being the positive
answer.
"""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.guides.addresses import read_address
from rules.guides.citations import names_clause, names_document
from rules.guides.office_hours import read_office_hours
from rules.guides.phones import read_phones, shared_numbers
from rules.guides.sources import bare, from_applicant, is_picture
from tests.examples import examples
from tests.rules.guides import examples_citations as citations
from tests.rules.guides import examples_phones as phones
from tests.rules.guides.examples_addresses import ADDRESSES
from tests.rules.guides.examples_office_hours import OFFICE_HOURS

LEAST = 0.99


def lacking_in_address(text: str) -> set[str]:
    address = read_address(text)
    return {
        letter
        for letter, there in zip("sdrw", (address.street, address.door, address.room, address.window), strict=True)
        if not there
    }


def lacking_in_hours(text: str) -> set[str]:
    office_hours = read_office_hours(text)
    return {letter for letter, there in (("d", office_hours.days), ("h", office_hours.hours)) if not there}


def precision_and_recall(pairs: list[tuple[bool, bool]]) -> tuple[float, float]:
    """Of (is wrong, was found wrong)."""
    hits = sum(wrong and hit for wrong, hit in pairs)
    return hits / sum(hit for _, hit in pairs), hits / sum(wrong for wrong, _ in pairs)


def yes_no_pairs(
    right: tuple[str, ...], wrong: tuple[str, ...], passes: Callable[[str], bool]
) -> list[tuple[bool, bool]]:
    return [(False, not passes(text)) for text in right] + [(True, not passes(text)) for text in wrong]


PAIRS: dict[str, list[tuple[bool, bool]]] = {
    "phones": yes_no_pairs(phones.RIGHT, phones.WRONG, lambda text: read_phones(text).valid),
    "addresses": [
        (letter in lacks, letter in lacking_in_address(text)) for text, lacks in ADDRESSES for letter in "sdrw"
    ],
    "office hours": [
        (letter in lacks, letter in lacking_in_hours(text)) for text, lacks in OFFICE_HOURS for letter in "dh"
    ],
    "documents": yes_no_pairs(citations.DOCUMENTS, citations.NO_DOCUMENTS, names_document),
    "clauses": yes_no_pairs(citations.CLAUSES, citations.NO_CLAUSES, names_clause),
    "sources": yes_no_pairs(citations.APPLICANT, citations.NOT_THE_APPLICANT, from_applicant),
    "pictures": yes_no_pairs(citations.PICTURES, citations.NO_PICTURES, is_picture),
}


@pytest.mark.parametrize("reader", PAIRS)
def test_a_reader_is_right_in_99_of_100(reader: str) -> None:
    precision, recall = precision_and_recall(PAIRS[reader])
    assert precision >= LEAST and recall >= LEAST, (precision, recall)


def test_there_are_at_least_300_labelled_texts() -> None:
    lists = (
        phones.RIGHT,
        phones.WRONG,
        ADDRESSES,
        OFFICE_HOURS,
        citations.DOCUMENTS,
        citations.NO_DOCUMENTS,
        citations.CLAUSES,
        citations.NO_CLAUSES,
    )
    assert sum(len(set(texts)) for texts in lists) >= 300


@pytest.mark.parametrize("text", phones.RIGHT)
def test_a_right_phone_is_accepted(text: str) -> None:
    assert read_phones(text).valid, read_phones(text)


@pytest.mark.parametrize("text", phones.WRONG)
def test_a_wrong_phone_is_found(text: str) -> None:
    assert not read_phones(text).valid, read_phones(text)


@pytest.mark.parametrize(("text", "lacks"), ADDRESSES)
def test_an_address_lacks_what_it_lacks(text: str, lacks: str) -> None:
    assert lacking_in_address(text) == set(lacks)


@pytest.mark.parametrize(("text", "lacks"), OFFICE_HOURS)
def test_office_hours_lack_what_they_lack(text: str, lacks: str) -> None:
    assert lacking_in_hours(text) == set(lacks)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("0931-6212345转801、0931-6212346", ("09316212345", "09316212346")),
        ("（0931）6212345（工作日9:00-17:00）", ("09316212345",)),
        ("+86 931 6212345", ("09316212345",)),
        ("0086-139-0931-1234", ("13909311234",)),
        ("400-186-0931", ("4001860931",)),
        ("0931-12345", ("093112345",)),
    ],
)
def test_numbers_are_digits_only_and_extensions_are_dropped(written: str, numbers: tuple[str, ...]) -> None:
    assert read_phones(written).numbers == numbers


@pytest.mark.parametrize(
    ("number", "other", "shared"),
    [
        ("0931-6212345转1", "(0931)6212345转2", True),
        ("0931-6212345", "6212345", True),
        ("12345", "0931-12345", True),
        ("0931-6212345、0931-6212346", "0931-6212346", True),
        ("0931-6212345", "0931-6212346", False),
        ("029-6212345", "0931-6212345", False),
        ("0931-6212345", "12345", False),
        ("13909311234", "139-0931-1234", True),
    ],
)
def test_the_same_number_is_known_in_another_form(number: str, other: str, shared: bool) -> None:
    assert bool(shared_numbers(read_phones(number), read_phones(other))) == shared


@given(st.from_regex(r"0931[- ]?[2-9][0-9]{6}", fullmatch=True), st.integers(1, 9999))
def test_an_extension_never_changes_the_number(number: str, extension: int) -> None:
    assert read_phones(f"{number}转{extension}").numbers == read_phones(number).numbers


@given(st.text(max_size=60))
@examples(300)
def test_no_text_breaks_a_reader(text: str) -> None:
    for reader in (
        read_phones,
        read_address,
        read_office_hours,
        names_document,
        names_clause,
        from_applicant,
        is_picture,
    ):
        reader(text)


@given(st.text(alphabet="0123456789-转、 ()", max_size=80))
def test_a_long_run_of_digits_is_read_at_once(text: str) -> None:
    read_phones(text * 20)


@pytest.mark.parametrize(
    ("text", "other"), [("受理。", "受理"), (" 受 理 ", "受理"), ("１、受理（初审）", "1受理初审")]
)
def test_punctuation_and_blanks_say_nothing(text: str, other: str) -> None:
    assert bare(text) == bare(other)
