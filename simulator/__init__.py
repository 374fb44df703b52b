"""Plays Meta's side of WhatsApp on a laptop and in tests, with a phone in the browser."""
