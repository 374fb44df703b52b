"""The kernel's calls that Python has no name for, through libc."""

import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long
SET_DUMPABLE, SET_NO_NEW_PRIVILEGES = 4, 38


def checked(result: int) -> int:
    """The result of a call. Raises OSError with the kernel's reason where it is below zero."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(result)


def prctl(option: int, value: int) -> None:
    """Raises OSError."""
    checked(LIBC.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0)))
