"""The service API: what bot and actions call."""
