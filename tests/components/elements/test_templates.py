"""HTML from templates: escaped by default, complete, each one in use, and compiled before anybody comes."""

import re

import jinja2
import pytest
from markupsafe import Markup

from components.elements.templates import COMPONENTS, _template, compile_templates, from_template

HOSTILE = "<script>alert(1)</script>"


def test_a_text_is_escaped_and_markup_stays():
    assert HOSTILE not in from_template("elements/done.html", sentence=HOSTILE)
    assert "<b>好</b>" in from_template("elements/done.html", sentence=Markup("<b>好</b>"))


def test_a_value_that_a_template_asks_for_and_does_not_get_is_an_error_not_a_blank():
    with pytest.raises(jinja2.UndefinedError):
        from_template("elements/done.html")


def test_no_template_switches_the_escaping_off_and_each_is_used():
    folders = (COMPONENTS, COMPONENTS.parent / "frame")
    code = "\n".join(path.read_text() for folder in folders for path in folder.rglob("*.py"))
    templates = sorted(path for folder in folders for path in folder.rglob("*.html"))
    assert templates
    for path in templates:
        text, name = (
            path.read_text(),
            path.relative_to(COMPONENTS if path.is_relative_to(COMPONENTS) else COMPONENTS.parent).as_posix(),
        )
        assert not re.search(r"\|\s*safe|autoescape|Markup", text), name
        assert (
            f'"{name}"' in code
            or f'"{path.name}"' in code
            or any(f'"{name}"' in other.read_text() for other in templates)
        ), name


def test_every_template_that_the_code_names_is_compiled_beforehand():
    folders = (COMPONENTS, COMPONENTS.parent / "frame", COMPONENTS.parent / "pages")
    code = "\n".join(path.read_text() for folder in folders for path in folder.rglob("*.py"))
    named = set(re.findall(r'from_template\(\s*"([^"]+)"', code))
    _template.cache_clear()
    compile_templates()
    compiled = _template.cache_info().misses
    for name in named:
        _template(name)
    assert len(named) > 50 and _template.cache_info().misses == compiled
