"""Rows of a ledger as elements: each key once, by code point, whatever the order of the rows."""

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from rules.spot_checks.draws import digest, draw_simple, draw_stratified
from rules.spot_checks.ledgers import Evening, Ledger, always, elements_of
from rules.working_days import Calendar

EVENING = Evening(date(2023, 8, 1), Calendar({}))
LEDGER = Ledger("reviews", ("code", "round"), (), claim=always(lambda frame: frame["solved"]), reads=("solved",))
UNITS = ("区人社局", "区人社局一", "区|人社局", "A", "A|x", "𠀀局", "﹏局")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(UNITS),
        st.none() | st.text("ab|﹏𠀀\n", max_size=3),
        st.none() | st.integers(0, 11),
        st.booleans(),
    ),
    max_size=30,
)


def records(rows: list[tuple[str, str | None, int | None, bool]]) -> pd.DataFrame:
    unit, code, number, solved = zip(*rows, strict=True) if rows else ((), (), (), ())
    return pd.DataFrame(
        {
            "id": range(len(rows)),
            "unit": pd.Series(unit, dtype=object),
            "code": pd.Series(code, dtype=object),
            "round": pd.Series(number, dtype="Int64"),
            "solved": pd.Series(solved, dtype=bool),
        }
    )


@given(ROWS)
def test_elements_stand_once_by_code_point_and_of_equal_keys_the_last_row_counts(rows: list[tuple]) -> None:
    last = {
        "|".join((unit, code or "", "" if number is None else str(number))): (place, solved)
        for place, (unit, code, number, solved) in enumerate(rows)
    }
    elements = elements_of(LEDGER, records(rows), EVENING)
    columns = zip(elements["key"], elements["id"], elements["claim"], strict=True)
    assert [(key, (place, bool(claim))) for key, place, claim in columns] == sorted(last.items())


@given(ROWS, st.integers(1, 9))
def test_a_unit_known_by_number_draws_as_one_known_by_name(rows: list[tuple], n: int) -> None:
    """Of a million elements the units are numbers of names, of a few the names themselves."""
    named = elements_of(LEDGER, records(rows), EVENING)
    frame = records(rows)
    numbered = elements_of(LEDGER, frame.assign(unit=pd.Categorical(frame["unit"], categories=UNITS[::-1])), EVENING)
    assert numbered["key"].tolist() == named["key"].tolist()
    assert numbered["id"].tolist() == named["id"].tolist()
    keys, units = named["key"].tolist(), named["unit"].tolist()
    n = max(n, len(set(units)))
    if keys and n <= len(keys):
        by_number = draw_stratified(
            numbered["key"].array.__arrow_array__().combine_chunks(), numbered["unit"].array, n, "s"
        )
        assert by_number == draw_stratified(keys, units, n, "s")
        assert draw_simple(keys, n, "s").sample[0].key in keys
    assert digest(keys) == digest(keys[::-1])
