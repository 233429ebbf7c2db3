"""The nouns: SQLModel tables, frozen definitions, results. Imports nothing of ours."""

from sqlmodel import SQLModel

# A hot reload runs the table modules again in the same process; without this they collide with themselves.
SQLModel.metadata.clear()
