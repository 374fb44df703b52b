"""Keeps the turns of one person in order, one after another."""
