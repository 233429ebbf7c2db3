"""通报: from the board at one or two dates to figures, sentences, tables and the next step (supervision.md 4)."""
