"""How a run of a page ends."""

from streamlit.runtime.scriptrunner_utils.exceptions import RerunException


def is_cut_short(problem: BaseException) -> bool:
    """Tell whether a newer run takes the place of this one, which has not come to its end."""
    return isinstance(problem, RerunException)
