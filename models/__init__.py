"""The nouns: SQLModel tables, frozen definitions, results. Imports nothing of ours."""
