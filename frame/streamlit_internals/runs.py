"""How a run of a page ends, and what is asked outside of one."""

import logging

from streamlit.runtime.scriptrunner_utils.exceptions import RerunException

OUTSIDE_OF_RUNS = "streamlit.runtime.scriptrunner_utils.script_run_context"
"""The logger that warns, line after line, of answers that are kept while no page runs."""


def keep_answers_outside_of_runs() -> None:
    """Let answers be kept without a page that runs: for the wall, and ahead of whoever comes."""
    logging.getLogger(OUTSIDE_OF_RUNS).setLevel(logging.ERROR)


def is_cut_short(problem: BaseException) -> bool:
    """Tell whether a newer run takes the place of this one, which has not come to its end."""
    return isinstance(problem, RerunException)
