"""Splits stored deliveries into updates and says what becomes of each."""
