"""Takes a process out of what it shares with others: namespaces, the file tree, its user, its capabilities."""

import ctypes
import os
import tempfile
from pathlib import Path

from documents.sandbox.kernel import LIBC, checked

USER = 64_737
"""User and group of a worker that was started as root: none that Debian gives to anybody, so nothing is owned by it."""
_NEW_USER, _OTHERS = 0x10000000, 0x40000000 | 0x08000000 | 0x04000000 | 0x00020000
"""CLONE_NEWUSER; CLONE_NEWNET, NEWIPC, NEWUTS, NEWNS."""
_CAPABILITY_VERSION = 0x20080522


def leave_namespaces() -> None:
    """A network without any device, and own names, messages and mounts. Who is not root gets them with a user namespace. Raises OSError."""
    checked(LIBC.unshare(_OTHERS if os.geteuid() == 0 else _OTHERS | _NEW_USER))


def leave_files() -> None:
    """Makes a removed directory the root: nothing is in it, and nothing can be made in it. Raises OSError."""
    folder = Path(tempfile.mkdtemp(prefix="empty-"))
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        folder.rmdir()
        os.fchdir(held)
        os.chroot(".")
    finally:
        os.close(held)


def leave_user() -> None:
    """Becomes USER. Raises PermissionError for a process that is not root."""
    if os.geteuid() != 0:
        raise PermissionError("not started as root")
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("process", ctypes.c_int))


def drop_capabilities() -> None:
    """Gives up every capability. Raises OSError."""
    header, none = _Header(_CAPABILITY_VERSION, 0), (ctypes.c_uint32 * 6)()
    checked(LIBC.capset(ctypes.byref(header), ctypes.byref(none)))
