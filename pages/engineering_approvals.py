import streamlit as st

st.html("<p>…</p>")
