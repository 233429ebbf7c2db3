"""Talks with units on the screen: whom it is suggested to talk to, the list, the forms."""
