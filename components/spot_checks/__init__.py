"""抽查: the list, a new draw, one check with its sheet, entry, figures and findings; marks beside measures."""
