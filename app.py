"""The server: start-up checks, routes and middleware; every visit is handed to the frame (`streamlit run app.py`)."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from frame.addresses import LoopbackOnly, refuse_open_address
from frame.appearance import routes as appearance_routes
from frame.chinese import ChineseScreen
from frame.errors import show_calmly
from frame.files import routes as file_routes
from frame.headers import SecurityHeaders
from frame.visitor import visitor
from services.acting import look_up_by

refuse_open_address(st.get_option("server.address"))
look_up_by(visitor)


@asynccontextmanager
async def freeze_imports(_: st.App) -> AsyncIterator[None]:
    """What is imported by now lives for ever: keep the collector from walking it again after every run."""
    gc.collect()
    gc.freeze()
    yield


app = st.App(
    "frame/main.py",
    routes=[*appearance_routes(), *file_routes()],
    middleware=[Middleware(LoopbackOnly), Middleware(SecurityHeaders), Middleware(ChineseScreen)],
    lifespan=freeze_imports,
    on_script_error=show_calmly,
)
