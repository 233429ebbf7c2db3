"""The one script every visit runs, and what wraps the server: addresses, headers, Chinese words."""
