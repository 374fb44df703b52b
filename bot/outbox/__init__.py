"""Sends what is to be said, within Meta's limits, and follows what became of it."""
