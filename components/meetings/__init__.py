"""Meetings of supervision on the screen: the list, one with its pack, and the forms."""
