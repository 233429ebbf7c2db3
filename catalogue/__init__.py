"""WHAT is supervised: declarations only."""
