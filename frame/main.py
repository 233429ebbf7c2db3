"""The one script every visit runs: who it is, navigation and page configuration, then the page asked for."""

import streamlit as st

from components.screen import draw
from frame.chinese import TITLE
from frame.navigation import pages
from frame.person_block import nobody, person_block
from services.acting import NotSignedIn, acting

try:
    person = acting()
except NotSignedIn as ended:
    draw(nobody(str(ended)))
    st.stop()

current = st.navigation(pages(), position="sidebar", expanded=True)
st.set_page_config(page_title=f"{current.title} · {TITLE}", layout="wide", initial_sidebar_state=208)
with st.sidebar:
    draw(person_block(person))
current.run()
