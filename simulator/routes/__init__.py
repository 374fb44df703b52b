"""The simulator's HTTP side: Meta's Graph API, the control API for tests, and the phone's page."""
