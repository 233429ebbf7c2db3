"""Jinja templates that stand beside the components that draw them: from a name and values to escaped Markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

COMPONENTS = Path(__file__).resolve().parents[1]


def from_template(name: str, /, **values: Any) -> Markup:
    """Return the template `name`, a path from components/ like "board/summary_tiles.html", or from the root for those
    of frame/, filled with `values`.

    Everything that is not Markup is escaped. Raises jinja2.UndefinedError for a name that the template asks for and
    `values` lacks.
    """
    return Markup(_template(name).render(values))  # noqa: S704 escaped by the environment


def compile_templates() -> None:
    """Read and compile every template now, so that no visitor waits for it."""
    for root, folder in ((COMPONENTS, ""), (COMPONENTS.parent, "frame")):
        for path in (root / folder).rglob("*.html"):
            _template(str(path.relative_to(root)))


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    """Return the one environment: a template is read and compiled when it is first asked for."""
    return Environment(
        loader=FileSystemLoader([COMPONENTS, COMPONENTS.parent]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
