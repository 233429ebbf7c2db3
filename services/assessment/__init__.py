"""考核赋分: rules taken in by the bureau, points of units computed from what the board holds as of any day."""
