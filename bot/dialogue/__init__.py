"""Speaks with Rasa, one turn at a time."""
