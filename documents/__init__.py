"""Looks at one photo or PDF and says what it is, whether it can be read, and what stands on it."""
