"""What only each area has, beneath the part that all area pages share."""
