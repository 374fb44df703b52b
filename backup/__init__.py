"""Backs up both databases and the blobs at one point in time, encrypted, and puts them back into an empty place (docs/operations.md)."""
