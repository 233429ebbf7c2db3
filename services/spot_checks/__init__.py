"""Spot checks (抽查): drawn, recorded, estimated, told, decided; seen as of any day."""
