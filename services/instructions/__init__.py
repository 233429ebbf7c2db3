"""Instructions (批示): a leader's written words, entered with a due day; listed as of any day."""
