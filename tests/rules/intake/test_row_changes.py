"""Which rows come, go and change when a report replaces another."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from rules.intake.row_changes import row_changes

ROWS = st.dictionaries(st.sampled_from("abcdef"), st.one_of(st.none(), st.integers(0, 2)), max_size=6)


def table(rows: dict[str, int | None]) -> pd.DataFrame:
    return pd.DataFrame({"key": list(rows), "value": pd.Series(list(rows.values()), dtype="Int64")})


@given(ROWS, ROWS)
def test_every_row_comes_goes_changes_or_stays(new: dict[str, int | None], old: dict[str, int | None]) -> None:
    changes = row_changes(table(new), table(old), ["key"], ["key", "value"])
    assert {key for (key,) in changes.added} == set(new) - set(old)
    assert {key for (key,) in changes.removed} == set(old) - set(new)
    assert {key for (key,) in changes.changed} == {key for key in new if key in old and new[key] != old[key]}
    assert len(changes.added) + len(changes.changed) + changes.same == len(new)


def test_the_same_rows_again_change_nothing() -> None:
    rows = table({"a": 1, "b": None})
    assert row_changes(rows, rows, ["key"], ["value"]).nothing
