"""Takes from a worker process what a hostile file could misuse: memory, time, files, network, other programs."""

import ctypes
import os
import platform
import resource
import struct
import sys
import time
from collections.abc import Mapping

MEMORY_BYTES = 1_200_000_000
"""Address space: the networks load in 900 MB and fail in 600 (`photos.md`, hostile files)."""
FIRST_SECONDS = 10
"""CPU time for a first answer: eight times what the slowest sheet takes."""
SECOND_SECONDS = 20
"""CPU time for a second pass, which reads a whole table."""
LINES_SECONDS = 40
"""CPU time to read every line of four pages: a KK takes four seconds."""
OPENING_SECONDS = 5
"""CPU time to write one page anew, or to look through one PDF: twenty times what a sheet takes."""
PAGE_SECONDS = 5
"""CPU time for each further page of a file."""
OPEN_FILES = 64
_LIMITED_TIME = -8
"""Clock of a process's time as RLIMIT_CPU counts it, by ticks (Linux, `posix-timers.h`: CPUCLOCK_PROF of the caller).

`getrusage` tells less, by one to three in a hundred on a virtual machine: after some hundred seconds a limit set by it is too low.
"""

_REFUSED: Mapping[str, tuple[int, ...]] = {
    # socket, connect, bind, listen, execve, execveat, ptrace, fork, vfork
    "x86_64": (41, 42, 49, 50, 59, 322, 101, 57, 58),
    "aarch64": (198, 203, 200, 201, 221, 281, 117),
}
_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_X32_CALLS = 0x40000000


def confine() -> None:
    """Sets the limits of this process for the rest of its life. Called after the engine is loaded, before any file is seen."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _forbid_calls()


def allow_cpu(seconds: int) -> None:
    """Gives the next job that much CPU time; the kernel ends the process when it is used up."""
    used = time.clock_gettime(_LIMITED_TIME) if sys.platform == "linux" else time.process_time()
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 1 + seconds, resource.RLIM_INFINITY))


def _forbid_calls() -> None:
    """A seccomp filter: no sockets and no other programs. On a processor that is not in the table the other limits have to do."""
    machine = platform.machine()
    if machine not in _REFUSED:
        return
    calls = _REFUSED[machine]
    program = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, _ARCHITECTURE[machine]), (_RETURN, 0, 0, _REFUSE), (_LOAD, 0, 0, 0)]
    program.append((_AT_LEAST, len(calls) + 1, 0, _X32_CALLS))
    program += [(_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    program += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    buffer = ctypes.create_string_buffer(code, len(code))

    class _Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    pointer = ctypes.byref(_Program(len(program), ctypes.cast(buffer, ctypes.c_void_p)))
    if libc.prctl(_SECCOMP, _FILTER, pointer, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
