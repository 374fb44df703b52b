"""Keeps rows and bytes safe: the database engine and sessions, and the encrypted blob store."""
