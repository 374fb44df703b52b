"""Hands a bundle over to the back office, and everything that follows it."""
