"""The one script every visit runs: navigation and page configuration, then the page asked for."""

import streamlit as st

from frame.chinese import TITLE
from frame.navigation import pages

current = st.navigation(pages(), position="sidebar", expanded=True)
st.set_page_config(page_title=f"{current.title} · {TITLE}", layout="wide", initial_sidebar_state=208)
current.run()
