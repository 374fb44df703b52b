"""Knows the Graph API: its calls, its limits, its errors."""
