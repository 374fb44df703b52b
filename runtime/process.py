"""What every process does first, whoever starts it, Rasa's too."""

import os

from runtime import logs

OWNER_ONLY = 0o077
"""Databases, blobs and logs hold what citizens sent: files that we make are for the service's own user."""


def begin(name: str) -> None:
    """Once, before anything is opened or logged. `name` stands on every line of the log."""
    os.umask(OWNER_ONLY)
    logs.set_up(name)
