"""What stands against each unit and what is sent about it: matters, suggestions, notices, calendars, to-do."""
