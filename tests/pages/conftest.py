"""A visit to the sample district."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.unchanged import shared_answers as shared_answers
from tests.pages.visiting import open_page


@pytest.fixture
def visit(sample_database: str) -> Callable[..., AppTest]:
    return open_page
