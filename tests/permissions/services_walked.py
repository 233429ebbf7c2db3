"""Every public function of the services, by “module.name”."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import services
from services.access.permission import Permission

READS_DATA = "data_access"


def functions() -> dict[str, Callable[..., Any]]:
    return dict(_functions())


def _functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for found in pkgutil.iter_modules(services.__path__):
        module = importlib.import_module(f"services.{found.name}")
        for name, one in vars(module).items():
            if inspect.isfunction(one) and one.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{found.name}.{name}", one


def declared(use_case: Callable[..., Any]) -> Permission | None:
    return getattr(use_case, "permission", None)


def is_inside(one: Callable[..., Any]) -> bool:
    """It takes the session of a use case, and so is asked by none but one."""
    return any(parameter.annotation == "Session" for parameter in inspect.signature(one).parameters.values())


def is_of_reckoning(name: str) -> bool:
    """Its module touches neither data nor another service that does."""
    module = importlib.import_module(f"services.{name.split('.')[0]}")
    sources = {getattr(value, "__module__", "") or "" for value in vars(module).values()}
    sources |= {value.__name__ for value in vars(module).values() if inspect.ismodule(value)}
    return not any(source.startswith(READS_DATA) for source in sources) and not any(
        declared(value) for value in vars(module).values() if inspect.isfunction(value)
    )
