"""Talks with units (约谈): recorded with what was said and promised; listed as of any day."""
