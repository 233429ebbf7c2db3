"""Use cases, one a file, no Streamlit: gather, judge, store."""
