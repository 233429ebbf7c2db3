"""How a rectification runs: from its acts to where it stands, its lamp, its days and what may not be done with it."""
