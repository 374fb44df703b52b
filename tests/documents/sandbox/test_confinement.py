"""A confined process can neither open a socket, start a program, write a file nor take all memory."""

import subprocess
import sys

import pytest

ATTEMPTS = {
    "socket": "import socket; socket.socket()",
    "program": "import os; os.execv('/bin/true', ['true'])",
    "child": "import subprocess; subprocess.run(['/bin/true'])",
    "file": "import os, tempfile; os.write(tempfile.mkstemp()[0], b'x')",
    "memory": "bytearray(2_000_000_000)",
}


@pytest.mark.parametrize("attempt", sorted(ATTEMPTS))
def test_what_is_taken_away_cannot_be_done(attempt: str) -> None:
    code = f"from documents.sandbox.confinement import confine; confine()\n{ATTEMPTS[attempt]}"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode != 0


def test_a_confined_process_still_works() -> None:
    code = "from documents.sandbox.confinement import allow_cpu, confine; confine(); allow_cpu(5); print(sum(range(10)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"45\n"


def test_a_job_that_takes_all_its_cpu_time_is_ended() -> None:
    code = "from documents.sandbox.confinement import allow_cpu, confine; confine(); allow_cpu(1)\nwhile True: pass"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60).returncode < 0


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel counts a limit by a clock of its own")
def test_a_jobs_limit_is_reckoned_by_the_clock_that_the_kernel_holds_it_against() -> None:
    code = (
        "import resource, time; from documents.sandbox.confinement import allow_cpu; allow_cpu(5)\n"
        "print(5 <= resource.getrlimit(resource.RLIMIT_CPU)[0] - time.clock_gettime(-8) <= 6)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"True\n"
