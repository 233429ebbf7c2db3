"""The one script every visit runs: who it is, navigation and page configuration, then the page asked for."""

import streamlit as st

from components.elements.area_links import areas_of_menu
from components.elements.cache import current_version
from components.elements.context import AREA
from components.elements.offered_files import offered_by_this_run
from components.elements.rendering import render
from frame.appearance import TITLE
from frame.errors import show_refusal
from frame.kept_pages import run_page
from frame.navigation import area_at, page_at, pages, refuse_unless_open
from frame.page_runs import page_run
from frame.person_block import nobody, person_block, sample_banner
from frame.uploads import uploaders_of_this_run
from services.access.current_user import NotSignedIn, acting_as, current_user
from services.access.permission import Forbidden
from services.accounts.ways_in import is_sample

st.set_page_config(layout="wide", initial_sidebar_state=208)  # before the menu, which is drawn as wide as is known then
for name in [name for name in st.query_params if "\0" in "".join(st.query_params.get_all(name))]:
    del st.query_params[name]  # no link of ours has NUL, and PostgreSQL does not take it
try:
    person = current_user()
except NotSignedIn as ended:
    render(nobody(str(ended)))
    st.stop()

with acting_as(person):
    areas = areas_of_menu()
current = st.navigation(pages(person.role, areas, st.query_params.get(AREA, "")), position="sidebar", expanded=True)
if (area := area_at(current.url_path, areas)) and AREA not in st.query_params:
    st.query_params[AREA] = area
st.set_page_config(page_title=f"{current.title} · {TITLE}")
with st.sidebar:
    render(person_block(person))
version = current_version()
if is_sample(version):
    render(sample_banner(person))
try:
    # the person is looked up once a run; a fragment on its own looks again
    run = page_run(page_at(current.url_path), person)
    with run, acting_as(person), offered_by_this_run(), uploaders_of_this_run():
        refuse_unless_open(current.url_path)
        run_page(current, person, version)
except (Forbidden, NotSignedIn) as refused:
    show_refusal(refused, current.title)
