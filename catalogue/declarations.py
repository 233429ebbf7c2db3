"""Gather what the modules of a folder declare, so that a new file is all a new declaration needs."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

Declared = TypeVar("Declared")


def declaring_modules(package: str) -> Iterator[ModuleType]:
    """Yield the modules of a package, by name."""
    for module in iter_modules(import_module(package).__path__):
        yield import_module(f"{package}.{module.name}")


def declared(package: str, kind: type[Declared]) -> list[Declared]:
    """Return every value of this kind that stands under a name in a module of the package, each once."""
    values: list[Declared] = []
    for module in declaring_modules(package):
        values += [value for value in vars(module).values() if isinstance(value, kind) and value not in values]
    return values
