"""Runs of pages in the log: which page, how long, how many answers had to be made for it, and by the number of whose
account.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from components.elements.cache import noting_answers_made
from frame.event_log import account_number, new_request
from models.people import Person
from services.access.events import timed


@contextmanager
def page_run(page: str, person: Person) -> Iterator[None]:
    """Note the run when it ends, in whatever way; what is noted within has its number."""
    new_request()
    account_number.set(person.account)
    with timed("page", page=page) as event, noting_answers_made() as made:
        try:
            yield
        finally:
            event["made"] = len(made)
