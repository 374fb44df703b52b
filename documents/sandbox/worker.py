"""The confined child process: takes files on its standard input, answers checks on its standard output, and knows nothing else."""

import ctypes
import os
import sys
from typing import BinaryIO

from documents.model import Check
from documents.reader import Reader
from documents.sandbox import wire
from documents.sandbox.confinement import FIRST_SECONDS, SECOND_SECONDS, allow_cpu, confine
from standard.kinds import Kind

SECONDS = {"first": FIRST_SECONDS, "second": SECOND_SECONDS}


def main() -> None:
    """Loads the engine, gives up its rights, says it is ready, then answers job after job until its input ends."""
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints must not look like an answer
    reader = Reader()
    reader.warm()
    confine()
    _give_back()
    answers.write(wire.frame({"ready": True}))
    while job := _next(jobs):
        head, (data,) = wire.unframe(job)
        allow_cpu(SECONDS[head["round"]])
        answers.write(answered(reader, head, data, answers))
        del job, data
        _give_back()


def answered(reader: Reader, head: dict[str, str | None], data: bytes, answers: BinaryIO) -> bytes:
    """One job's last frame: the check, or how it failed. A file that the code can't cope with takes no worker along."""
    try:
        return wire.pack(_answer(reader, head, data, answers))
    except Exception as error:
        return wire.pack_failure(error)


def _answer(reader: Reader, head: dict[str, str | None], data: bytes, answers: BinaryIO) -> Check:
    def tell(draft: Check) -> None:
        answers.write(wire.frame({"draft": True}) + wire.pack(draft))
        _give_back()

    expect = Kind(head["expect"]) if head["expect"] else None
    if head["round"] == "second" and expect is not None:
        return reader.read_all(data, expect)
    return reader.check(data, expect=expect, draft=tell)


def _give_back() -> None:
    """Returns freed memory to the system: the heap would otherwise keep the peak of every step, one on top of the other."""
    if sys.platform == "linux":
        _LIBC.malloc_trim(0)


_LIBC = ctypes.CDLL(None)


def _next(jobs: BinaryIO) -> bytes | None:
    prefix = jobs.read(wire.HEAD)
    return jobs.read(wire.length(prefix)) if len(prefix) == wire.HEAD else None


if __name__ == "__main__":
    main()
