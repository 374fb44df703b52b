"""Keeps rows, bytes and jobs safe: the database engine and sessions, the encrypted blob store, and the job runner."""
