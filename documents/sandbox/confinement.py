"""Takes from a worker process what a hostile file could misuse: memory, time, files, network, other processes, its own names and rights."""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from documents.sandbox.belonging import drop_capabilities, leave_files, leave_namespaces, leave_user
from documents.sandbox.calls import forbid_others
from documents.sandbox.kernel import SET_DUMPABLE, SET_NO_NEW_PRIVILEGES, prctl
from documents.sandbox.landlock import shut_paths
from documents.sandbox.names import NEEDED

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
PDF_SECONDS = 4
"""CPU time until a PDF's pages are pixels, then it has the rest: eight times what four pages take. A kilobyte can keep PDFium busy."""
PAGE_SECONDS = 5
"""CPU time for each further page of a file."""
OPEN_FILES = 64
_LIMITED_TIME = -8
"""Clock of a process's time as RLIMIT_CPU counts it, by ticks (Linux, `posix-timers.h`: CPUCLOCK_PROF of the caller).

`getrusage` tells less, by one to three in a hundred on a virtual machine: after some hundred seconds a limit set by it is too low.
"""


class UnconfinableError(RuntimeError):
    """The kernel or the machine lacks what a stranger's file may not be opened without."""


def limit() -> None:
    """Memory, files, dumps: what a file could take from others by using much of it. Never undone, the ceilings neither."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


LAYERS: Mapping[str, Callable[[], object]] = {
    "namespaces": leave_namespaces,
    "empty_root": leave_files,
    "own_user": leave_user,
    "no_capabilities": drop_capabilities,
    "undumpable": lambda: prctl(SET_DUMPABLE, 0),
    "limits": limit,
    "landlock": shut_paths,
    "seccomp": forbid_others,
}
"""In the order in which they are taken: each still needs what the next takes away."""


def confine(
    layers: Collection[str] = tuple(LAYERS), *, keep: Collection[int] = (0, 1, 2), accept_less: bool = False
) -> dict[str, str | None]:
    """Takes from this process, for the rest of its life, whatever it does not need once everything is loaded, and before any file is seen.

    `layers` serves tests, which try each alone. `keep`: the open files that stay open. Returns layer → None where it holds, else why it
    doesn't. Raises UnconfinableError where one of NEEDED doesn't and `accept_less` is not given, RuntimeError beside other threads.
    """
    if sys.platform != "linux":
        found: dict[str, str | None] = dict.fromkeys(layers, f"not on {sys.platform}")
    else:
        if len(list(Path("/proc/self/task").iterdir())) > 1:
            raise RuntimeError("another thread would keep its rights")
        _close_others(keep)
        prctl(SET_NO_NEW_PRIVILEGES, 1)
        found = {name: _taken(take) for name, take in LAYERS.items() if name in layers}
    if (lacking := [f"{name}: {found[name]}" for name in NEEDED if found.get(name) is not None]) and not accept_less:
        raise UnconfinableError("; ".join(lacking))
    return found


def _taken(take: Callable[[], object]) -> str | None:
    try:
        take()
    except (OSError, ImportError, RuntimeError) as lacking:
        return str(lacking)
    return None


def _close_others(keep: Collection[int]) -> None:
    first = 0
    for kept in (*sorted(keep), resource.getrlimit(resource.RLIMIT_NOFILE)[0]):
        if first < kept:  # closing an empty range would close every file
            os.closerange(first, kept)
        first = kept + 1


def allow_cpu(seconds: int) -> None:
    """Gives the next job that much CPU time; the kernel ends the process when it is used up."""
    used = time.clock_gettime(_LIMITED_TIME) if sys.platform == "linux" else time.process_time()
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 1 + seconds, resource.RLIM_INFINITY))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(confine(accept_less=True)))
