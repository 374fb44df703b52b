"""Measures how legible a page is, and decides what the sender is told."""
