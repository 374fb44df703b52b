"""The system calls that a confined process is left with; the kernel refuses every other one with EPERM.

A list of what is allowed, so that a call that a later kernel brings is refused without anybody's doing. The numbers of each processor
are libseccomp's.
"""

import errno
import os
import resource
from types import ModuleType
from typing import Any

try:
    import pyseccomp
except (ImportError, RuntimeError) as missing:  # RuntimeError: the machine has no libseccomp
    seccomp: ModuleType | None = None
    WHY_NOT = str(missing)
else:
    seccomp = pyseccomp

REFUSED = errno.EPERM
PLAIN = (
    # what is open already: the pipe that jobs come by, the one that answers go by
    *("read", "readv", "write", "writev", "lseek", "close", "fstat"),
    # memory, but none that can be run (see `_narrowed`)
    *("brk", "munmap", "mremap", "madvise"),
    # threads of this process, and its own signals
    *(
        "futex",
        "sched_yield",
        "sched_getaffinity",
        "set_robust_list",
        "rseq",
        "rt_sigaction",
        "rt_sigprocmask",
        "rt_sigreturn",
        "sigaltstack",
        "restart_syscall",
    ),
    # time and chance
    *("clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "getrandom"),
    # who and how much am I
    *("getpid", "gettid", "getrusage", "times", "getcpu", "sysinfo"),
    *("exit", "exit_group"),
)
"""Allowed whatever their arguments are. None of them opens, names or reaches anything that the process doesn't hold already."""

_PROT_EXEC = 0x4
_CLONE_THREAD = 0x10000


def forbid_others() -> None:
    """Loads the filter for every thread of this process. Raises RuntimeError without libseccomp, OSError where the kernel refuses it."""
    if seccomp is None:
        raise RuntimeError(WHY_NOT)
    calls = seccomp.SyscallFilter(seccomp.ERRNO(REFUSED))
    calls.set_attr(seccomp.Attr.CTL_TSYNC, 1)
    calls.set_attr(seccomp.Attr.ACT_BADARCH, seccomp.KILL_PROCESS)
    for name in PLAIN:
        if seccomp.resolve_syscall(seccomp.system_arch(), name) >= 0:  # aarch64 has no `time`
            calls.add_rule(seccomp.ALLOW, name)
    for name, conditions in _narrowed():
        calls.add_rule(seccomp.ALLOW, name, *conditions)
    # glibc asks for clone3 first, whose flags no filter can see, and takes clone where the kernel says it has none
    calls.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    calls.load()


def _narrowed() -> list[tuple[str, tuple[Any, ...]]]:
    """Calls that are allowed for one purpose, with the arguments that say so."""
    assert seccomp is not None
    not_executable = seccomp.Arg(2, seccomp.MASKED_EQ, _PROT_EXEC, 0)
    a_thread = seccomp.Arg(0, seccomp.MASKED_EQ, _CLONE_THREAD, _CLONE_THREAD)
    me = seccomp.Arg(0, seccomp.EQ, os.getpid())
    my_time = (seccomp.Arg(0, seccomp.EQ, 0), seccomp.Arg(1, seccomp.EQ, resource.RLIMIT_CPU))
    return [
        ("mmap", (not_executable,)),
        ("mprotect", (not_executable,)),
        ("clone", (a_thread,)),
        ("tgkill", (me,)),
        ("prlimit64", my_time),
    ]
