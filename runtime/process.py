"""What every process does first, whoever starts it, Rasa's too."""

import os

from runtime import logs

OWNER_ONLY = 0o077
"""Databases, blobs and logs hold what citizens sent: files that we make are for the service's own user."""


GROUP_TOO = 0o007
"""The umask that our units start their processes with: the folders of an installation belong to a group (`deploy/tmpfiles.conf`)."""


def begin(name: str) -> None:
    """Once, before anything is opened or logged. `name` stands on every line of the log."""
    narrow_umask()
    logs.set_up(name)


def narrow_umask() -> None:
    """What we make is for the own user, and for the folder's group where whoever started us left exactly that open."""
    given = os.umask(OWNER_ONLY)
    if given == GROUP_TOO:
        os.umask(GROUP_TOO)
