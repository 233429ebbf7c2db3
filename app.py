"""The server: start-up checks, routes and middleware; every visit is handed to the frame (`streamlit run app.py`)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from frame.asked_again import asking_again
from frame.errors import show_calmly
from frame.event_log import log_events
from frame.half_open import watch_connections
from frame.headers import SecurityHeaders
from frame.hosts import KnownHosts, warn_of_plain_http
from frame.imports import import_and_freeze
from frame.metrics import count_events
from frame.request_log import RequestLog
from frame.routes import routes
from frame.server_errors import ChineseErrors
from frame.session_guard import SessionGuard
from frame.start import make_ready
from frame.streamlit_internals.index_page import ChineseScreen
from frame.streamlit_internals.runs import keep_answers_outside_of_runs
from frame.uploads import UploadLimits
from frame.visitor import plan_visited, visitor
from services.access.chosen_plan import look_up_plan_by
from services.access.current_user import look_up_by

warn_of_plain_http(st.get_option("server.address"), st.get_option("server.sslCertFile"))
look_up_by(visitor)
look_up_plan_by(plan_visited)
log_events(st.get_option("server.port"))
count_events()
keep_answers_outside_of_runs()
make_ready()
watch_connections()


@asynccontextmanager
async def at_start(_: st.App) -> AsyncIterator[None]:
    import_and_freeze()
    with asking_again():
        yield


app = st.App(
    "frame/main.py",
    routes=routes(),
    middleware=[
        Middleware(layer)
        for layer in (RequestLog, SecurityHeaders, ChineseErrors, KnownHosts, SessionGuard, UploadLimits, ChineseScreen)
    ],
    lifespan=at_start,
    on_script_error=show_calmly,
)
