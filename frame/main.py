"""The one script every visit runs: page configuration and navigation, then the page asked for."""

import streamlit as st

from frame.chinese import TITLE
from frame.navigation import pages

st.set_page_config(page_title=TITLE, layout="wide", initial_sidebar_state=208)
st.navigation(pages(), position="sidebar", expanded=True).run()
