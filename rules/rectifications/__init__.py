"""How a rectification runs: its acts in; where it stands, its lamp, its days and what may not be done with it out."""
