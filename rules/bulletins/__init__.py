"""通报: the board at one or two dates in; figures, sentences, tables and the next step out (supervision.md 4)."""
