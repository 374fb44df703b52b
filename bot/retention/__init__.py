"""Erases what was said once it is old, or on a person's wish."""
