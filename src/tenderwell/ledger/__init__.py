"""Trust: an append-only log that outsiders can check, and sealed bids. Knows nothing of procurement."""
