"""Keeps what Meta posted: raw bodies, and the updates in them."""
