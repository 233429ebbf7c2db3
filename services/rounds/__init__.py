"""Rounds of supervision: set, started, concluded or dropped, with what hangs on them; listed as of any day."""
