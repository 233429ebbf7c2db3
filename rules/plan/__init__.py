"""The plan as words: what an import changes of it."""
