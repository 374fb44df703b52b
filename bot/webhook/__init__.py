"""Receives Meta's webhook and stores it, nothing else."""
