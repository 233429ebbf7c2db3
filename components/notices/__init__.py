"""催办 on the screen: what stands against units, what is suggested, notices with their receipts, and what waits."""
