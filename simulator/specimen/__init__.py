"""Specimen documents of people who do not exist, photographed as a parent's phone would, with the truth of every field."""

VERSION = 2
"""Part of every drawer's and corpus's stamp: raise it whenever the pictures of a seed change."""
