"""Charts are finished once for the same values, and are on the screen what Streamlit would make of them."""

import json
from io import BytesIO

import altair as alt
import hypothesis.strategies as st
import pandas as pd
import pyarrow as pa
import pytest
from altair.utils import schemapi
from hypothesis import given
from jsonschema import ValidationError
from streamlit.testing.v1 import AppTest

from components.areas.pictures import Bullet, bullets
from components.elements.charts import (
    LONGEST_LINE,
    AnyChart,
    _finished,
    _specification,
    in_lines,
    leave_charts_unchecked,
)

ROWS = (("甲局", 0.25, 1.0, 4.0), ("乙局", None, None, None))


def bars(rows: tuple[tuple[str, float | None, float | None, float | None], ...]) -> AnyChart:
    return bullets([Bullet(name, part, whole, 0.5) for name, _, part, whole in rows])


def drawn_both_ways() -> None:
    import streamlit as st

    from components.elements.charts import DRESS, _draw_finished, _finished
    from tests.components.elements.test_charts import ROWS, bars

    dressed = bars(ROWS).properties(usermeta=DRESS["usermeta"]).configure(**DRESS["config"])
    st.altair_chart(dressed, width="stretch", theme=None)
    _draw_finished(_finished(bars, ROWS))


def rows_of(dataset: object) -> list[dict[str, object]]:
    return pa.ipc.open_stream(BytesIO(dataset.data.data)).read_all().to_pylist()  # type: ignore[attr-defined]


@pytest.mark.long
def test_a_finished_chart_is_what_streamlit_makes_of_it() -> None:
    app = AppTest.from_function(drawn_both_ways, default_timeout=60).run()
    streamlits, ours = [element.proto for element in app.get("vega_lite_chart")]
    names = {dataset.name: rows_of(dataset) for dataset in ours.datasets}
    of_streamlit = {dataset.name: rows_of(dataset) for dataset in streamlits.datasets}
    assert sorted(map(repr, names.values())) == sorted(map(repr, of_streamlit.values()))

    def without_names(text: str) -> str:
        for name in (*names, *of_streamlit):
            text = text.replace(name, "rows")
        return json.dumps(json.loads(text), sort_keys=True)

    assert without_names(ours.spec) == without_names(streamlits.spec)
    assert (ours.theme, ours.use_container_width) == (streamlits.theme, streamlits.use_container_width)


def test_the_same_values_make_a_chart_once() -> None:
    made = []

    def make(rows: tuple[tuple[object, ...], ...]) -> AnyChart:
        made.append(rows)
        return bars(rows)

    first, again = _finished(make, ROWS), _finished(make, ROWS)
    assert first is again and made == [ROWS]
    assert _finished(make, ROWS[:1]) is not first


def of_a_wrong_size() -> AnyChart:
    return alt.Chart(pd.DataFrame({"x": [1]})).mark_bar(size="wide")  # type: ignore[arg-type]


def test_a_chart_that_nobody_checks_is_the_same_and_a_wrong_one_is_found_while_tests_look() -> None:
    checked = _specification(bars(ROWS))
    with pytest.raises(ValidationError):
        _specification(of_a_wrong_size())
    try:
        leave_charts_unchecked()
        assert _specification(bars(ROWS)) == checked
        assert _specification(of_a_wrong_size())["mark"]["size"] == "wide"
    finally:
        schemapi.enable_debug_mode()


@given(st.text(alphabet="字，；：、ab1 ", max_size=120))
def test_a_title_is_broken_into_lines_that_a_phone_shows_whole_and_loses_nothing(words: str) -> None:
    lines = in_lines(words)
    assert "".join(lines) == words
    assert all(len(line.encode("gb18030")) <= 2 * LONGEST_LINE for line in lines)


def test_a_title_is_broken_after_a_mark_where_there_is_one() -> None:
    lines = in_lines("12 个单位中 3 个压缩比低于 55%；最低的 8 个，平均每项：● 承诺，○ 法定工作日")
    assert lines == ["12 个单位中 3 个压缩比低于 55%；最低的 8 个，", "平均每项：● 承诺，○ 法定工作日"]
