"""The confined child process: takes files on its standard input, answers checks on its standard output, and knows nothing else."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

import cv2

from documents.files.decode import sniff
from documents.files.types import UnfitFileError
from documents.model import Check
from documents.reader import Reader
from documents.sandbox import wire
from documents.sandbox.confinement import FIRST_SECONDS, LINES_SECONDS, PAGE_SECONDS, PDF_SECONDS, SECOND_SECONDS, allow_cpu, confine
from documents.sandbox.kernel import LIBC
from documents.sandbox.names import UNCONFINED
from documents.sandbox.preloading import load_decoders, load_tables
from standard.kinds import Kind

SECONDS = {"first": FIRST_SECONDS, "second": SECOND_SECONDS, "lines": LINES_SECONDS}

Work = Callable[[dict[str, Any], bytes, BinaryIO], bytes]
"""Gives a job's last frame, from its head, its file, and where frames before the last one go."""


def main() -> None:
    """Reads files with the engine."""
    serve(_load, SECONDS)


def _load() -> Work:
    reader = Reader()
    reader.warm()
    load_tables()
    return lambda head, data, answers: answered(reader, head, data, answers)


def serve(load: Callable[[], Work], seconds: Mapping[str, int]) -> None:
    """Loads what works, gives up this process's rights, says it is ready, then answers job after job until its input ends.

    `seconds`: CPU time by the job's round.
    """
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints must not look like an answer
    cv2.setNumThreads(1)  # each core has a worker of its own, and a second thread would keep rights that the first gives up
    load_decoders()
    work = load()
    kept = (jobs.fileno(), answers.fileno(), sys.stdout.fileno(), sys.stderr.fileno())
    layers = confine(keep=kept, accept_less=os.environ.get(UNCONFINED) == "1")
    _give_back()
    answers.write(wire.frame({"ready": True, "layers": layers}))
    while job := _next(jobs):
        head, (data,) = wire.unframe(job)
        allow_cpu(min(seconds[head["round"]], PDF_SECONDS) if head["round"] == "first" and sniff(data) == "PDF" else seconds[head["round"]])
        answers.write(work(head, data, answers))
        del job, data
        _give_back()


def answered(reader: Reader, head: dict[str, str | None], data: bytes, answers: BinaryIO) -> bytes:
    """One job's last frame: the check, or how it failed. A file that the code can't cope with takes no worker along."""
    try:
        if head["round"] == "lines":
            return wire.frame({"pages": reader.read_lines(data)})
        return wire.pack(_answer(reader, head, data, answers))
    except UnfitFileError as unfit:
        return wire.frame({"unfit": unfit.cause})
    except Exception as error:
        return wire.pack_failure(error)


def _answer(reader: Reader, head: dict[str, str | None], data: bytes, answers: BinaryIO) -> Check:
    def tell(draft: Check) -> None:
        allow_cpu(SECONDS[str(head["round"])] + PAGE_SECONDS * (len(draft.pages) - 1))
        answers.write(wire.frame({"draft": True}) + wire.pack(draft))
        _give_back()

    expect = Kind(head["expect"]) if head["expect"] else None
    if head["round"] == "second" and expect is not None:
        return reader.read_all(data, expect)
    return reader.check(data, expect=expect, draft=tell)


def _give_back() -> None:
    """Returns freed memory to the system: the heap would otherwise keep the peak of every step, one on top of the other."""
    if sys.platform == "linux":
        LIBC.malloc_trim(0)


def _next(jobs: BinaryIO) -> bytes | None:
    prefix = jobs.read(wire.HEAD)
    return jobs.read(wire.length(prefix)) if len(prefix) == wire.HEAD else None


if __name__ == "__main__":
    main()
