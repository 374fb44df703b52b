"""Landlock: from here on this process opens no path, no TCP port, and signals no process outside (`landlock(7)`)."""

import ctypes
import os

from documents.sandbox.kernel import LIBC, checked

_CREATE, _RESTRICT = 444, 446
"""The same numbers on every processor."""
_VERSION = 1
_FILES = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 5: 0xFFFF}
"""Since which version of Landlock → every right over files that it knows: to read, write, run, list, make, remove, link, truncate, …"""
_TCP, _TCP_SINCE = 0x3, 4
_OUTSIDE, _OUTSIDE_SINCE = 0x3, 6
"""Signals to processes outside, and abstract UNIX sockets there."""


class _Rules(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("outside", ctypes.c_uint64))


def version() -> int:
    """Of the kernel's Landlock, 0 where it has none or it is switched off."""
    return max(0, int(LIBC.syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))))


def shut_paths() -> int:
    """Rules that allow nothing, for this thread and all that it starts. Returns Landlock's version. Raises OSError where there is none.

    What was open before stays open. `no_new_privs` has to be set.
    """
    checked(LIBC.syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION)))
    known = version()
    rules = _Rules(
        max(rights for since, rights in _FILES.items() if since <= known),
        _TCP if known >= _TCP_SINCE else 0,
        _OUTSIDE if known >= _OUTSIDE_SINCE else 0,
    )
    size = 24 if known >= _OUTSIDE_SINCE else 16 if known >= _TCP_SINCE else 8
    held = checked(LIBC.syscall(_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint32(0)))
    try:
        checked(LIBC.syscall(_RESTRICT, ctypes.c_int(held), ctypes.c_uint32(0)))
    finally:
        os.close(held)
    return known
