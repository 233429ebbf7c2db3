"""Rounds of supervision on the screen: the calendar, the list, one with its course, and the forms."""
