"""Deadlines as an iCalendar file (RFC 5545): events in, the bytes of the .ics out, the same for the same day."""
