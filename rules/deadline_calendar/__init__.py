"""Deadlines as an iCalendar file (RFC 5545): from events to the bytes of the .ics, the same for the same day."""
