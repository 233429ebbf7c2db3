"""Every public function of the services, by “folder.module.name”."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import services
from services.access.permission import Permission

READS_DATA = "data_access"


def modules(package: ModuleType = services) -> Iterator[ModuleType]:
    """Yield every module below the package, however deep."""
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(info.name)


def functions(package: ModuleType = services) -> dict[str, Callable[..., Any]]:
    """Return the public functions that are defined below the package, by “folder.module.name”."""
    return {
        f"{module.__name__.removeprefix(f'{package.__name__}.')}.{name}": function
        for module in modules(package)
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
    }


def declared(use_case: Callable[..., Any]) -> Permission | None:
    return getattr(use_case, "permission", None)


def is_inside(function: Callable[..., Any]) -> bool:
    """It takes the session of a use case, and so is asked by none but one."""
    return any(parameter.annotation == "Session" for parameter in inspect.signature(function).parameters.values())


def is_of_reckoning(name: str) -> bool:
    """Its module touches neither data nor another service that does."""
    module = importlib.import_module(f"services.{name.rpartition('.')[0]}")
    sources = {getattr(value, "__module__", "") or "" for value in vars(module).values()}
    sources |= {value.__name__ for value in vars(module).values() if inspect.ismodule(value)}
    return not any(source.startswith(READS_DATA) for source in sources) and not any(
        declared(value) for value in vars(module).values() if inspect.isfunction(value)
    )
