"""Fetches what people send as photos and files, and what the office attaches."""
