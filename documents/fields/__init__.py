"""Reads the fields of each kind of document from its lines."""
