"""What a confined process is refused, and by which layer: all of them together, then each alone."""

import ctypes
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyseccomp
import pytest

from documents.sandbox import calls
from documents.sandbox.confinement import LAYERS
from documents.sandbox.pool import ROOT, bare_environment

Tried = Callable[..., dict[str, str]]
OF_THE_SERVICE = ctypes.create_string_buffer(b"of the service")

REFUSED_OTHERWISE = {
    "fork by clone3": "ENOSYS",  # so that glibc takes `clone`, whose flags a filter can tell
    "two gigabytes": "ENOMEM",
}
ALONE = {
    "seccomp": {
        "read a secret": "EPERM",
        "look at a file": "EPERM",
        "a TCP socket": "EPERM",
        "fork by clone": "EPERM",
        "io_uring": "EPERM",
        "write the service's memory": "EPERM",
        "memory that can be run": "EPERM",
        "more memory allowed": "EPERM",
    },
    "landlock": {
        "read a secret": "EACCES",
        "write a secret": "EACCES",
        "make a file": "EACCES",
        "list a folder": "EACCES",
        "delete a file": "EACCES",
        "rename a file": "EACCES",
        "shorten a file": "EACCES",
        "connect to the service": "EACCES",
        "listen": "EACCES",
        "run a program": "EACCES",
        "trace the service": "EPERM",
        "read the service's memory": "EPERM",
        "end the service": "EPERM",
        "read the service's environment": "EACCES",
    },
    "empty_root": {
        "read a secret": "ENOENT",
        "make a file": "ENOENT",
        "delete a file": "ENOENT",
        "run a program": "ENOENT",
        "read the service's environment": "ENOENT",
    },
    "namespaces": {"connect by a new socket": "ENETUNREACH"},
    "own_user": {
        "read a secret": "EACCES",
        "end the service": "EPERM",
        "become root": "EPERM",
        "read the service's memory": "EPERM",
        "open the service's memory": "EACCES",
    },
    "no_capabilities": {"another root": "EPERM", "a mount": "EPERM", "a raw socket": "EPERM"},
    "limits": {"two gigabytes": "ENOMEM", "more memory allowed": "EPERM"},
}
"""Layer → way out → the kernel's reason, which no other layer and no mistake of the attempt's gives."""
AS_ROOT_ALONE = frozenset({"own_user", "no_capabilities", "limits"})
"""Layers that say something only of a process that was started as root: without them it could."""


@pytest.fixture
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    """Tries ways out of a child against a service with a secret, a port and memory of its own. Gives way → what came of it."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def attempt(layers: tuple[str, ...], *chosen: str) -> dict[str, str]:
            folder = tmp_path_factory.mktemp("var")
            for name in ("secret", "deletable", "movable", "shortable"):
                (folder / name).write_text("BLOB_KEY=…")
                (folder / name).chmod(0o600)
            reach = {"secret": str(folder / "secret"), "folder": str(folder), "parent": os.getpid()}
            reach |= {"port": listening.getsockname()[1], "address": ctypes.addressof(OF_THE_SERVICE)}
            return came_of(layers, reach, chosen)

        yield attempt


def came_of(layers: tuple[str, ...], reach: dict[str, Any], chosen: tuple[str, ...]) -> dict[str, str]:
    command = [sys.executable, "-m", "tests.documents.sandbox.escapes", ",".join(layers), *chosen]
    run = subprocess.run(command, input=json.dumps(reach), capture_output=True, text=True, check=True, cwd=ROOT, env=bare_environment())
    said = json.loads(run.stdout)
    if missing := {name: why for each in said.values() for name, why in each["held"].items() if why is not None}:
        pytest.skip(f"this machine lacks {missing}")
    return {way: each["came"] for way, each in said.items()}


def confined(code: str, **more: Any) -> subprocess.CompletedProcess[str]:
    begun = "from documents.sandbox.confinement import allow_cpu, confine; confine()\n"
    return subprocess.run(
        [sys.executable, "-c", begun + code], capture_output=True, text=True, check=False, cwd=ROOT, env=bare_environment(), **more
    )


def test_with_every_layer_each_of_fifty_ways_out_is_refused(tried: Tried) -> None:
    came = tried(tuple(LAYERS))
    assert len(came) > 50
    assert not {way: answer for way, answer in came.items() if answer != REFUSED_OTHERWISE.get(way, "EPERM")}


@pytest.mark.parametrize("layer", sorted(ALONE))
def test_each_layer_alone_refuses_what_it_is_there_for_and_for_its_own_reason(layer: str, tried: Tried) -> None:
    if layer in AS_ROOT_ALONE and os.geteuid() != 0:
        pytest.skip("shows only as root")
    expected = ALONE[layer]
    assert tried((layer,), *expected) == expected


def test_without_any_layer_the_same_attempts_succeed(tried: Tried) -> None:
    if os.geteuid() != 0:
        pytest.skip("shows only as root")
    every = sorted({way for expected in ALONE.values() for way in expected} - {"a mount"})  # it would stay
    assert tried((), *every) == dict.fromkeys(every, "done")


def test_every_allowed_call_has_its_number_on_both_processors() -> None:
    names = {"mmap", "mprotect", "clone", "clone3", "tgkill", "prlimit64", *calls.PLAIN}
    assert not [name for name in names if pyseccomp.resolve_syscall(pyseccomp.Arch.X86_64, name) < 0]
    assert [name for name in names if pyseccomp.resolve_syscall(pyseccomp.Arch.AARCH64, name) < 0] == ["time"]


def test_a_confined_process_computes_and_starts_threads() -> None:
    threads = "import threading; t = threading.Thread(target=print, args=(sum(range(10)),)); t.start(); t.join()"
    assert confined(threads).stdout == "45\n"


def test_nobody_of_the_same_user_may_look_into_a_confined_process() -> None:
    asked = (
        "import ctypes; from documents.sandbox import confinement as c; c.confine(['undumpable'])\n"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"  # PR_GET_DUMPABLE
    )
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT, env=bare_environment())
    assert run.stdout == "0\n"


def test_what_was_open_before_is_closed_but_what_jobs_and_answers_go_through() -> None:
    code = (
        "import os; from documents.sandbox import confinement as c; held = os.open('/etc/hostname', os.O_RDONLY); c.confine(['seccomp'])\n"
        "try: os.read(held, 1)\nexcept OSError as closed: print(closed.errno)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env=bare_environment())
    assert run.stdout == "9\n"


def test_a_process_with_a_second_thread_is_not_half_confined() -> None:
    code = (
        "import threading; from documents.sandbox.confinement import confine; gate = threading.Event()\n"
        "threading.Thread(target=gate.wait, daemon=True).start()\ntry: confine()\nexcept RuntimeError as refused: print(refused)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env=bare_environment())
    assert "another thread" in run.stdout


def test_a_job_that_takes_all_its_cpu_time_is_ended() -> None:
    assert confined("allow_cpu(1)\nwhile True: pass", timeout=60).returncode < 0


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel counts a limit by a clock of its own")
def test_a_jobs_limit_is_reckoned_by_the_clock_that_the_kernel_holds_it_against() -> None:
    code = (
        "import resource, time; from documents.sandbox.confinement import allow_cpu; allow_cpu(5)\n"
        "print(5 <= resource.getrlimit(resource.RLIMIT_CPU)[0] - time.clock_gettime(-8) <= 6)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"True\n"


def test_nothing_of_the_services_environment_reaches_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLOB_KEY", "secret")
    monkeypatch.setenv("SERVICE_TOKEN", "secret")
    assert "secret" not in bare_environment().values()


def test_a_path_that_holds_the_empty_root_is_left_on_no_disk(tmp_path: Path) -> None:
    code = "from documents.sandbox import confinement as c; print(c.confine(['empty_root'])['empty_root'])"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=bare_environment() | {"TMPDIR": str(tmp_path)},
    )
    assert run.stdout in ("None\n", "[Errno 1] Operation not permitted\n")
    assert not list(tmp_path.iterdir())
