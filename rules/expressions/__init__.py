"""The language in which a plan says what it counts: text in; a tree, its figures and its sentence out."""
