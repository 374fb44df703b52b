"""Who works here: accounts, roles, sessions, signing in."""
