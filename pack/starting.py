"""Starts a process where the office's pack is whole."""

import sys
from importlib import import_module

from pack.check import require_whole
from pack.faults import PackBroken


def start(module: str) -> int:
    """The exit status of the module's `main`, which is imported only now, as what it imports reads the pack.

    1, with a line on stderr for each mistake, where the pack is broken.
    """
    try:
        require_whole()
    except PackBroken as broken:
        print(broken, file=sys.stderr)
        return 1
    return int(import_module(module).main())
