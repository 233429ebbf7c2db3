"""The walk over the services reaches sub-packages: a function that nobody listed cannot hide in a folder."""

import importlib
from pathlib import Path

import pytest

from tests.permissions.services_walked import functions


def test_a_public_function_planted_two_folders_down_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "planted_services" / "subject" / "part"
    deep.mkdir(parents=True)
    for folder in (deep, deep.parent, deep.parent.parent):
        (folder / "__init__.py").touch()
    (deep / "module.py").write_text("def forgotten():\n    pass\n\n\ndef _private():\n    pass\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert set(functions(importlib.import_module("planted_services"))) == {"subject.part.module.forgotten"}
