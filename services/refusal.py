"""A request that cannot be carried out, with the one sentence that says why and how to mend it."""


class RefusedRequest(Exception):
    """Nothing was stored. str() is the sentence for the person who asked."""
