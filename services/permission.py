"""Who may ask what: declared on the use case itself, checked whenever it is asked, whoever calls it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from models.people import Role
from services.acting import acting
from services.refusal import RefusedRequest

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

EVERYONE = tuple(Role)
WHO_SEES_ALL = (Role.BUREAU, Role.INSPECTOR, Role.LEADER)


class Forbidden(RefusedRequest):
    """The person is known, and may not."""


@dataclass(frozen=True)
class Permission:
    """`own`: the argument that, for a unit's person, must be the own unit; left out, it becomes that."""

    roles: tuple[Role, ...]
    own: str | None = None


def open_to(*roles: Role, own: str | None = None) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Declare who may ask a use case. Asking it raises NotSignedIn for a stranger and Forbidden for anyone else."""

    def declare(use_case: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        signature = inspect.signature(use_case)

        @wraps(use_case)
        def permitted(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            only(*roles)
            if own is not None:
                bound.arguments[own] = own_unit(bound.arguments[own])
            return use_case(*bound.args, **bound.kwargs)

        permitted.permission = Permission(roles, own)  # type: ignore[attr-defined]
        return permitted

    return declare


def only(*roles: Role) -> None:
    """Raises Forbidden unless whoever asks has one of the roles."""
    person = acting()
    if person.role not in roles:
        raise Forbidden(f"{person.role.word}不能办理此事，限{'、'.join(role.word for role in roles)}。")


def own_unit(asked: str | None) -> str | None:
    """The unit asked for; for a unit's person its own, and Forbidden for any other."""
    person = acting()
    if person.role is not Role.UNIT:
        return asked
    if asked is not None and asked != person.unit:
        raise Forbidden("只能查看和办理本单位的事项。")
    return person.unit
