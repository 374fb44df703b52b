"""Knows who writes, by our own id."""
