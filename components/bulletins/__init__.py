"""通报 on screen: the list, one bulletin with its figures and text, its way, two issues compared."""
