"""The language in which a plan says what it counts: from text to a tree, its figures and its sentence."""
