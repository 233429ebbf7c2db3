"""The chain of the audit log: whole as it was written, and broken by every single change."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from models.audit import LoggedAct
from rules.audit_chain import Break, ChainState, digest_of, plain, verified

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
ACTS = st.builds(
    LoggedAct,
    at=st.datetimes(timezones=st.just(UTC)),
    by=st.text(max_size=5),
    address=st.text(max_size=5),
    action=st.text(max_size=5),
    subject=st.text(max_size=5),
    detail=st.dictionaries(st.text(max_size=3), VALUES, max_size=3),
    before=VALUES,
    after=VALUES,
    account=st.text(max_size=5),
    unit=st.text(max_size=5),
)
OTHER = LoggedAct(datetime(2023, 6, 1, tzinfo=UTC), "他人", "10.0.0.9", "submit", "另一件事", {})


def chained(acts: list[LoggedAct]) -> list[LoggedAct]:
    """As they are written one after another."""
    done: list[LoggedAct] = []
    for number, act in enumerate(acts, 1):
        linked = replace(act, previous=done[-1].digest if done else "", number=number)
        done.append(replace(linked, digest=digest_of(linked)))
    return done


def state(acts: list[LoggedAct], written: list[LoggedAct]) -> ChainState:
    return verified(acts, (len(written), written[-1].digest if written else ""))


@given(st.lists(ACTS, max_size=5))
def test_a_chain_as_written_holds(acts: list[LoggedAct]) -> None:
    written = chained(acts)
    assert state(written, written).whole
    assert state(written, written).entries == len(acts)


@given(st.lists(ACTS, min_size=1, max_size=5), st.data())
def test_a_changed_word_is_found_at_its_entry(acts: list[LoggedAct], data: st.DataObject) -> None:
    written = chained(acts)
    number = data.draw(st.integers(0, len(acts) - 1))
    name = data.draw(st.sampled_from(["by", "account", "unit", "address", "action", "subject"]))
    changed = replace(written[number], **{name: getattr(written[number], name) + "改"})
    broken = state([*written[:number], changed, *written[number + 1 :]], written)
    assert (broken.broken, broken.at) == (Break.CHANGED, changed)


@given(st.lists(ACTS, min_size=1, max_size=5), st.data())
def test_a_removed_entry_is_found(acts: list[LoggedAct], data: st.DataObject) -> None:
    written = chained(acts)
    number = data.draw(st.integers(0, len(acts) - 1))
    broken = state([*written[:number], *written[number + 1 :]], written)
    assert broken.broken is (Break.TAIL if number == len(acts) - 1 else Break.REMOVED)
    assert broken.entries == number


@given(st.lists(ACTS, max_size=5), st.data())
def test_an_inserted_entry_is_found_even_with_a_digest_that_fits(acts: list[LoggedAct], data: st.DataObject) -> None:
    written = chained(acts)
    number = data.draw(st.integers(0, len(acts)))
    linked = replace(OTHER, previous=written[number - 1].digest if number else "")
    put_in = replace(linked, digest=digest_of(linked))
    broken = state([*written[:number], put_in, *written[number:]], written)
    assert (broken.broken, broken.at) == (Break.INSERTED, put_in)


@given(st.lists(ACTS, min_size=1, max_size=5), st.data())
def test_an_inserted_entry_that_does_not_fit_is_found_too(acts: list[LoggedAct], data: st.DataObject) -> None:
    written = chained(acts)
    number = data.draw(st.integers(0, len(acts) - 1))
    put_in = replace(OTHER, previous="f" * 64, digest="e" * 64)
    broken = state([*written[:number], put_in, *written[number:]], written)
    assert (broken.broken, broken.at) == (Break.INSERTED, put_in)


@given(st.lists(ACTS, min_size=1, max_size=5), st.data())
def test_a_changed_link_or_digest_is_found(acts: list[LoggedAct], data: st.DataObject) -> None:
    written = chained(acts)
    number = data.draw(st.integers(0, len(acts) - 1))
    changed = replace(written[number], **{data.draw(st.sampled_from(["previous", "digest"])): "f" * 64})
    broken = state([*written[:number], changed, *written[number + 1 :]], written)
    assert (broken.broken, broken.at, broken.entries) == (Break.CHANGED, changed, number)


@given(st.lists(ACTS, min_size=2, max_size=5, unique_by=lambda act: digest_of(act)))
def test_entries_in_another_order_are_found(acts: list[LoggedAct]) -> None:
    written = chained(acts)
    assert not state([*written[:-2], written[-1], written[-2]], written).whole


def test_an_entry_from_before_accounts_were_kept_holds_as_it_was_chained_and_takes_none_later() -> None:
    old = chained([OTHER])[0]
    content = ["", "2023-06-01T00:00:00.000000Z", "他人", "10.0.0.9", "submit", "另一件事", {}, None, None]
    assert old.digest == hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()
    for put_in in ({"account": ""}, {"unit": ""}, {"account": "zhang", "unit": "区人社局"}):
        assert verified([replace(old, **put_in)], (1, old.digest)).broken is Break.CHANGED


def test_an_entry_cannot_be_passed_off_as_one_from_before_accounts_were_kept() -> None:
    new = chained([replace(OTHER, account="zhang", unit="")])[0]
    assert verified([replace(new, account=None, unit=None)], (1, new.digest)).broken is Break.CHANGED


def test_a_log_without_its_head_does_not_hold() -> None:
    assert verified(chained([OTHER]), None).broken is Break.HEAD


@given(VALUES)
def test_a_value_made_plain_is_plain_already(value: object) -> None:
    assert plain(value) == value


def test_days_and_tuples_become_what_the_database_gives_back() -> None:
    assert plain({"day": datetime(2023, 6, 1, tzinfo=UTC).date(), "pair": (1, 2)}) == {
        "day": "2023-06-01",
        "pair": [1, 2],
    }
