"""Pages opened the way visitors do: through the frame."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.elements.page_header import NO_BREAK

ROOT = Path(__file__).resolve().parents[2]


def open_page(name: str, **query: str) -> AppTest:
    """Runs the frame, then pages/<name>.py with that query; fails on any exception."""
    app = AppTest.from_file(str(ROOT / "frame" / "main.py"), default_timeout=60)
    app.query_params.update(query)
    app.switch_page(f"../pages/{name}.py").run()
    assert not app.exception
    return app


def text_of(app: AppTest) -> str:
    """Return all HTML that the page drew, with plain spaces where a line may not break; a page that drew nothing fails,
    so that no test passes on an empty one.
    """
    assert app.main.get("html"), app.exception
    return "\n".join(element.proto.body for element in app.get("html")).replace(NO_BREAK, " ")


def section_of(shown: str, title: str) -> str:
    """What stands below a section's heading, up to the next one."""
    return re.split(rf'<h2 class="section"[^>]*>{re.escape(title)}<small>', shown)[1].split('<h2 class="section"')[0]
