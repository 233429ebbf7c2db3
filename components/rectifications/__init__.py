"""Rectifications on the screen: the ledger, one with its whole course, and the forms on it."""
