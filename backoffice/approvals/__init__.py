"""Paraf and approvals of drafts, one by one or several at once."""
