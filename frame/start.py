"""What has to be so before the first visit: a database that opens, files enough, and the word that it is served."""

import resource
import sys

from services.access.refusal import DatabaseFailure, sentence_of
from services.accounts.ways_in import NO_DATABASE
from services.operations.start_up import begin_to_serve

FILES = 65_536


def make_ready() -> None:
    """Prepare the process, or end it with one sentence where the board cannot be served."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES if most == resource.RLIM_INFINITY else min(FILES, most), most))
    try:
        sentences = begin_to_serve()
    except DatabaseFailure as failure:
        sys.exit(sentence_of(failure))
    if sentences is None:
        sys.exit(NO_DATABASE)
    for sentence in sentences:
        print(f"==> {sentence}", file=sys.stderr)  # noqa: T201 for whoever starts the server
