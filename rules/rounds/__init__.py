"""Rounds of supervision: where one stands after its steps, what may not be done with it, whom it visits too often."""
