"""Rectifications (整改): opened, answered, reviewed, extended, reopened, withdrawn; listed as of any day."""
