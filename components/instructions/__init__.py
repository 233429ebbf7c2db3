"""A leader's written words on the screen: the list, those on one subject, the form."""
