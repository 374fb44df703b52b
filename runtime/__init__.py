"""What every process needs the same: logs without personal data, settings, service tokens, the listening socket, health, HTTP."""
