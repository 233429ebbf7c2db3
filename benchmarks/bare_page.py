"""The floor of benchmarks/sessions.py: a page of Streamlit with one table of 62 rows and nothing else."""

import gc

import pandas as pd
import streamlit as st

gc.disable()  # as in a server whose imports are frozen, the collector has nothing to do here

ROWS = pd.DataFrame({f"第{number}列": [f"第{row}行" for row in range(62)] for number in range(6)})
st.dataframe(ROWS)
