"""HOW it is judged: pure functions of values. No clock, file or database here."""
