"""The visits that are open now, by the numbers that Streamlit gives them."""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import Scope
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


def cookies_of(visit: str) -> Mapping[str, str] | None:
    """Return the cookies with which the visit of this number was opened, or None if none is open now."""
    client = runtime.get_instance().get_client(visit) if runtime.exists() else None
    context = client.client_context if client else None
    return context.cookies if context else None


def visit_resumed(scope: Scope) -> str | None:
    """Return the number of the visit that a websocket asks to go on with, its third “protocol”; None for a new one."""
    protocols = Headers(scope=scope).get("sec-websocket-protocol", "").split(",")
    return protocols[2].strip() if len(protocols) > 2 else None


def this_visit() -> str:
    """Return the number of the visit whose page runs now."""
    context = get_script_run_ctx()
    return context.session_id if context else ""
