"""Everything that leans on what Streamlit does not promise to keep: its page, words, test ids, addresses, messages and
open visits. tests/frame/streamlit_internals says of each what an upgrade broke.
"""
