"""What the page of each area tells first: a title from its facts, and the pictures that answer its questions."""
