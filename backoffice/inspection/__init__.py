"""Reads what staff did: the page of the audit, its export, and the check of the hash chains."""
