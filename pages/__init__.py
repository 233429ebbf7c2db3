"""One screen a file, read top to bottom."""
