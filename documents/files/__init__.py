"""Turns the bytes of an unknown file into pages of pixels."""
