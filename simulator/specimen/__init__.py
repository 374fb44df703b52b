"""Specimen documents of people who do not exist, and photographs of them as a parent's phone would take them, with the truth of every field."""

VERSION = 1
"""Part of every drawer's and corpus's stamp: raise it whenever the pictures of a seed change."""
