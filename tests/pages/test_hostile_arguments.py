"""Arguments in a page's address that no link of ours writes: the page opens, or says in a sentence that there is no
such thing.
"""

from collections.abc import Iterator
from itertools import cycle, product

import pytest
from streamlit.runtime.state.query_params_proxy import QueryParamsProxy
from streamlit.testing.v1 import AppTest

from frame.navigation import SECTIONS
from tests.examples import sweep
from tests.pages.visiting import ROOT, text_of

PAGES = [entry.name for entries in SECTIONS.values() for entry in entries]
WORST = ["9" * 25, "\x00../%2e%2e/<script>alert(1)</script>", "0001-01-01"]
HOSTILE = ["-1", "", "٣", "\x00", "' OR 1=1 --", "9999-12-31", "9" * 10_000]
LEADS = {
    "unit",
    "measure",
    "number",
    "code",
    "item",
    "kind",
}  # on which the rest depends: where one is wrong, no other is read


@pytest.fixture
def read() -> Iterator[set[str]]:
    """The names that a page looks up in its address, whatever module of it does."""
    names: set[str] = set()
    plain, taken = QueryParamsProxy.get, QueryParamsProxy.__getitem__

    def get(self, name, default=None):
        names.add(name)
        return plain(self, name, default)

    def item(self, name):
        names.add(name)
        return taken(self, name)

    with pytest.MonkeyPatch.context() as patch:  # of reading alone: the answers are those of every test
        patch.setattr(QueryParamsProxy, "get", get)
        patch.setattr(QueryParamsProxy, "__getitem__", item)
        yield names


@pytest.mark.long
@pytest.mark.parametrize("name", sweep(PAGES, 7))
def test_a_page_bears_the_worst_that_stands_in_its_address(name, visit, read):
    """Every bad value where none leads, and each parameter that leads with one of them in turn."""
    bears(name, read, lambda others, leads: [*product([others], WORST), *zip(leads, cycle(WORST))])


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_a_page_bears_whatever_else_stands_in_its_address(name, visit, read):
    bears(name, read, lambda others, leads: product([others, *leads], WORST + HOSTILE))


def bears(name, read, tries):
    app = AppTest.from_file(str(ROOT / "frame" / "main.py"), default_timeout=60)
    app.switch_page(f"../pages/{name}.py").run()
    known = set(read)
    assert known
    for parameters, value in tries(known - LEADS, [{lead} for lead in sorted(known & LEADS)]):
        app.query_params.clear()
        app.query_params.update(dict.fromkeys(parameters, value))
        app.run()
        assert not app.exception, (parameters, value[:30], app.exception[0].value)
        assert "<script>" not in text_of(app) and len(app.get("html")) > 1


@pytest.mark.long
@pytest.mark.parametrize("name", ["submission", "audit", "reporting"])
def test_an_argument_given_twice_is_no_other(name, visit):
    app = AppTest.from_file(str(ROOT / "frame" / "main.py"), default_timeout=60).run()
    app.switch_page(f"../pages/{name}.py")
    app.query_params.update(
        {
            "number": ["1", "2"],
            "before": ["1", "x"],
            "dataset": ["reviews", ""],
            "sent": ["1", "2"],
            "as_of": ["x", "2023-08-01"],
        }
    )
    app.run()
    assert not app.exception
