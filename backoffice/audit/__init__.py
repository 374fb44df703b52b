"""What staff did besides moving cases, append-only."""
