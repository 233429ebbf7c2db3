"""The front of the command line loads the one module of a command: which it is stands in manage.GROUPS."""

from importlib import import_module
from pathlib import Path

import pytest

import manage
from commands.arguments import Commands
from commands.chinese_arguments import Parser

BESIDES = {"__init__", "arguments", "chinese_arguments", "output"}


@pytest.mark.parametrize("module", manage.GROUPS)
def test_a_module_adds_the_commands_that_the_front_loads_it_for(module: str) -> None:
    parser = Parser(prog="manage.py")
    commands = Commands(parser)
    import_module(f"commands.{module}").add_to(commands)
    assert commands.names() == list(manage.GROUPS[module])


def test_every_module_of_commands_is_named() -> None:
    modules = {path.stem for path in Path(manage.__file__).with_name("commands").glob("*.py")}
    assert modules - BESIDES == set(manage.GROUPS)
