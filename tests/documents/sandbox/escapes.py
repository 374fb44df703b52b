"""Forty ways out of a process, each tried by the bare system call, so that nothing but the kernel answers.

`python -m tests.documents.sandbox.escapes LAYER,LAYER… [WAY …]`, with what there is to be reached as JSON on standard input, tries each
way in a child of its own that is confined with these layers, and prints way → what came of it: `done`, or the kernel's reason (`EPERM`).
"""

import ctypes
import errno
import json
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable
from typing import Any

import pyseccomp

from documents.sandbox.confinement import confine
from documents.sandbox.kernel import LIBC

HERE = -100  # AT_FDCWD
PAGE = 4096


def call(name: str, *arguments: Any) -> int:
    """A system call by its name. Raises OSError with the kernel's reason."""
    number = pyseccomp.resolve_syscall(pyseccomp.system_arch(), name)
    given = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    ctypes.set_errno(0)
    result = LIBC.syscall(ctypes.c_long(number), *given, *[ctypes.c_long(0)] * (6 - len(given)))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return int(result)


def address(port: int) -> Any:
    return ctypes.create_string_buffer(struct.pack("=H", socket.AF_INET) + struct.pack("!H", port) + bytes([127, 0, 0, 1]) + bytes(8))


def ways(target: dict[str, Any]) -> dict[str, Callable[[], object]]:
    """Name → the attempt. `target`: the `secret` to read, the `folder` it lies in, the `parent` to reach, the `port` that it listens on."""
    secret, folder, parent = target["secret"].encode(), target["folder"].encode(), int(target["parent"])
    room = ctypes.create_string_buffer(PAGE)
    vector = struct.pack("PN", ctypes.addressof(room), 8)
    tcp = target["tcp"]
    libc_clone = 17  # SIGCHLD: a process, no thread
    return {
        # files
        "read a secret": lambda: call("openat", HERE, secret, os.O_RDONLY),
        "read a secret by openat2": lambda: call("openat2", HERE, secret, ctypes.create_string_buffer(24), 24),
        "write a secret": lambda: call("openat", HERE, secret, os.O_WRONLY),
        "make a file": lambda: call("openat", HERE, folder + b"/made", os.O_CREAT | os.O_WRONLY, 0o600),
        "list a folder": lambda: call("getdents64", call("openat", HERE, folder, os.O_DIRECTORY), room, PAGE),
        "delete a file": lambda: call("unlinkat", HERE, folder + b"/deletable", 0),
        "rename a file": lambda: call("renameat2", HERE, folder + b"/movable", HERE, folder + b"/moved", 0),
        "link a file": lambda: call("linkat", HERE, secret, HERE, folder + b"/linked", 0),
        "make a folder": lambda: call("mkdirat", HERE, folder + b"/made.d", 0o700),
        "make a symbolic link": lambda: call("symlinkat", secret, HERE, folder + b"/symbolic"),
        "shorten a file": lambda: call("truncate", folder + b"/shortable", 0),
        "change a file's mode": lambda: call("fchmodat", HERE, secret, 0o777),
        "look at a file": lambda: call("newfstatat", HERE, secret, room, 0),
        "open a file by its handle": lambda: call("open_by_handle_at", HERE, room, os.O_RDONLY),
        "a file in memory": lambda: call("memfd_create", b"made", 0),
        "watch a folder": lambda: call("inotify_add_watch", call("inotify_init1", 0), folder, 0xFFF),
        # sockets
        "a TCP socket": lambda: call("socket", socket.AF_INET, socket.SOCK_STREAM, 0),
        "a raw socket": lambda: call("socket", socket.AF_PACKET, socket.SOCK_RAW, 0),
        "a netlink socket": lambda: call("socket", socket.AF_NETLINK, socket.SOCK_RAW, 0),
        "a pair of sockets": lambda: call("socketpair", socket.AF_UNIX, socket.SOCK_STREAM, 0, room),
        "connect to the service": lambda: call("connect", tcp[0], address(target["port"]), 16),
        "connect by a new socket": lambda: call(
            "connect", call("socket", socket.AF_INET, socket.SOCK_STREAM, 0), address(target["port"]), 16
        ),
        "listen": lambda: (call("bind", tcp[1], address(0), 16), call("listen", tcp[1], 1)),
        # processes
        "fork by clone": lambda: _ended(call("clone", libc_clone, 0, 0, 0, 0)),
        "fork by clone3": lambda: _ended(call("clone3", ctypes.create_string_buffer(struct.pack("8Q", 0, 0, 0, 0, 17, 0, 0, 0)), 64)),
        "run a program": lambda: call("execve", b"/bin/true", ctypes.c_void_p(), ctypes.c_void_p()),
        "run a program by its file": lambda: call("execveat", HERE, b"/bin/true", ctypes.c_void_p(), ctypes.c_void_p(), 0),
        "trace the service": lambda: call("ptrace", 0x4206, parent, 0, 0),
        "read the service's memory": lambda: call("process_vm_readv", parent, vector, 1, target["vector"], 1, 0),
        "write the service's memory": lambda: call("process_vm_writev", parent, vector, 1, target["vector"], 1, 0),
        "read the service's environment": lambda: call("openat", HERE, f"/proc/{parent}/environ".encode(), os.O_RDONLY),
        "open the service's memory": lambda: call("openat", HERE, f"/proc/{parent}/mem".encode(), os.O_RDWR),
        "take a file of the service's": lambda: call("pidfd_getfd", call("pidfd_open", parent, 0), 0, 0),
        # signals
        "end the service": lambda: call("kill", parent, 0),
        "end a thread of the service": lambda: call("tgkill", parent, parent, 0),
        "end by a process file": lambda: call("pidfd_send_signal", call("pidfd_open", parent, 0), 0, 0, 0),
        # memory
        "memory that can be run": lambda: call("mmap", 0, PAGE, 7, 0x22, -1, 0),
        "make memory runnable": lambda: call("mprotect", call("mmap", 0, PAGE, 3, 0x22, -1, 0), PAGE, 5),
        "two gigabytes": lambda: call("mmap", 0, 2_000_000_000, 3, 0x22, -1, 0),
        # the kernel itself
        "io_uring": lambda: call("io_uring_setup", 4, ctypes.create_string_buffer(120)),
        "a program for the kernel": lambda: call("bpf", 5, ctypes.create_string_buffer(128), 128),
        "a page fault of one's own": lambda: call("userfaultfd", 1),
        "counters of the processor": lambda: call(
            "perf_event_open", ctypes.create_string_buffer(struct.pack("2I", 1, 112) + bytes(104)), 0, -1, -1, 0
        ),
        "the kernel's keys": lambda: call("keyctl", 0, -3, 1),
        "a mount": lambda: call("mount", b"none", folder, b"tmpfs", 0, ctypes.c_void_p()),
        "another root": lambda: call("chroot", folder),
        "a user namespace": lambda: call("unshare", 0x10000000),
        "join a namespace": lambda: call("setns", 0, 0),
        "become root": lambda: call("setresuid", 0, 0, 0),
        "more memory allowed": lambda: call(
            "prlimit64", 0, resource.RLIMIT_AS, ctypes.create_string_buffer(struct.pack("2Q", 1 << 40, 1 << 40)), 0
        ),
        "limits of the service": lambda: call("prlimit64", parent, resource.RLIMIT_CPU, 0, room),
        "dumpable again": lambda: call("prctl", 4, 1),
        "the clock": lambda: call("clock_settime", 0, ctypes.create_string_buffer(16)),
    }


def _ended(child: int) -> None:
    if child == 0:
        os._exit(0)


def tried(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as refused:
        return errno.errorcode.get(refused.errno or 0, str(refused.errno))
    return "done"


def in_a_child(way: str, target: dict[str, Any], layers: list[str]) -> dict[str, Any]:
    """Confines a child, which tries one way. Whoever becomes another program says nothing any more: `done`."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(10)
        os.dup2(write, 1, inheritable=False)
        target = target | {"tcp": [socket.socket().detach(), socket.socket().detach()]}
        attempt = ways(target)[way]
        held = confine(layers, keep=(0, 1, 2, *target["tcp"]), accept_less=True)
        os.write(1, json.dumps({"held": held, "came": tried(attempt)}).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answers:
        said = answers.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"held": {}, "came": signal.Signals(os.WTERMSIG(status)).name}
    return dict(json.loads(said)) if said else {"held": {}, "came": "done"}


def main() -> None:
    target = json.loads(sys.stdin.read()) | {"tcp": [-1, -1]}
    target["vector"] = struct.pack("PN", target["address"], 8)
    layers = [name for name in sys.argv[1].split(",") if name]
    json.dump({way: in_a_child(way, target, layers) for way in sys.argv[2:] or ways(target)}, sys.stdout)


if __name__ == "__main__":
    main()
