"""Charts are finished once for the same values, and are on the screen what Streamlit would make of them."""

import json
from io import BytesIO

import hypothesis.strategies as st
import pyarrow as pa
import pytest
from hypothesis import given
from streamlit.testing.v1 import AppTest

from components.areas.pictures import Bullet, bullets
from components.elements.charts import LONGEST_LINE, AnyChart, _finished, in_lines

ROWS = (("甲局", 0.25, 1.0, 4.0), ("乙局", None, None, None))


def bars(rows: tuple[tuple[str, float | None, float | None, float | None], ...]) -> AnyChart:
    return bullets([Bullet(name, part, whole, 0.5) for name, _, part, whole in rows])


def drawn_both_ways() -> None:
    import streamlit as st

    from components.elements.charts import _draw_finished, _finished, dressed
    from tests.components.elements.test_charts import ROWS, bars

    st.altair_chart(dressed(bars(ROWS)), width="stretch", theme=None)
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


@given(st.text(alphabet="字，；：、ab1 ", max_size=120))
def test_a_title_is_broken_into_lines_that_a_phone_shows_whole_and_loses_nothing(words: str) -> None:
    lines = in_lines(words)
    assert "".join(lines) == words
    assert all(len(line.encode("gb18030")) <= 2 * LONGEST_LINE for line in lines)


def test_a_title_is_broken_after_a_mark_where_there_is_one() -> None:
    lines = in_lines("12 个单位中 3 个压缩比低于 55%；最低的 8 个，平均每项：● 承诺，○ 法定工作日")
    assert lines == ["12 个单位中 3 个压缩比低于 55%；最低的 8 个，", "平均每项：● 承诺，○ 法定工作日"]
