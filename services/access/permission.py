"""Who may ask what: declared on the use case itself, checked whenever it is asked, whoever calls it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from models.people import Person, Role
from services.access.current_user import acting_as, current_user
from services.access.refusal import RefusedRequest, refusing_failures

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

EVERYONE = tuple(Role)
BUREAU_ALONE = (Role.BUREAU,)
WHO_SEES_ALL = (Role.BUREAU, Role.INSPECTOR, Role.LEADER)
WHO_SUPERVISES = (Role.BUREAU, Role.INSPECTOR)
WHO_REPORTS = (Role.BUREAU, Role.UNIT)
WHO_READS_FILES = (Role.BUREAU, Role.INSPECTOR, Role.UNIT)
"""Personal data cannot be masked in a file as it was uploaded: leaders do not get it."""
OWN_ONLY = "只能查看和办理本单位的事项。"


class Forbidden(RefusedRequest):
    """The person is known, and may not."""


@dataclass(frozen=True)
class Permission:
    """`own`: the argument that, for a unit's person, must be the own unit; left out, it becomes that."""

    roles: tuple[Role, ...]
    own: str | None = None


def requires_role(*roles: Role, own: str | None = None) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Declare who may ask a use case. Asking it raises NotSignedIn for a stranger and Forbidden for anyone else."""

    def declare(use_case: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        signature = inspect.signature(use_case)

        @wraps(use_case)
        def permitted(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            person = current_user()
            _refuse_unless(person, roles)
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            with acting_as(person), refusing_failures():  # looked up once, whatever is asked within
                if own is not None:
                    bound.arguments[own] = own_unit(bound.arguments[own])
                return use_case(*bound.args, **bound.kwargs)

        permitted.permission = Permission(roles, own)  # type: ignore[attr-defined]
        return permitted

    return declare


def only(*roles: Role) -> None:
    """Raises Forbidden unless whoever asks has one of the roles."""
    _refuse_unless(current_user(), roles)


def _refuse_unless(person: Person, roles: tuple[Role, ...]) -> None:
    if person.role not in roles:
        raise Forbidden(f"{person.role.word}不能办理此事，限{'、'.join(role.word for role in roles)}。")


def own_unit(wanted: str | None = None) -> str | None:
    """Return the unit asked for; for a unit's person its own, by a former name where that is asked for, and Forbidden
    for any other.
    """
    person = current_user()
    if person.role is not Role.UNIT:
        return wanted
    if person.unit is None:
        raise Forbidden("账号没有登记所属单位，请联系管理局。")
    if wanted is not None and wanted != person.unit and wanted not in person.also:
        raise Forbidden(OWN_ONLY)
    return wanted or person.unit


def own_units() -> tuple[str, ...] | None:
    """Return every name that is the own of a unit's person, who sees no other's; None for whoever sees all."""
    own = own_unit()
    return None if own is None else (own, *current_user().also)


def refuse_unless_own(unit: str | None) -> None:
    """Raises Forbidden where a unit's person asks for what is not the own unit's alone; None: the whole district's."""
    if not is_own(unit):
        raise Forbidden(OWN_ONLY)


def is_own(unit: str | None) -> bool:
    """Return whether what is `unit`'s may be opened by whoever asks: anything, but for a unit's person
    the own alone.
    """
    return own_unit() in (None, unit) or unit in current_user().also


def may(use_case: Callable[..., Any]) -> bool:
    """Return whether whoever asks has a role to which the use case is open."""
    declared: Permission = use_case.permission  # type: ignore[attr-defined]
    return current_user().role in declared.roles
