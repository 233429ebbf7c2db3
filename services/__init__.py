"""Use cases, one a file, no Streamlit: gather, judge, store."""

import services.figures.declared  # noqa: F401 every transaction begins with what its board declares
