"""Starts the back office, or does an administrator's command (`python -m backoffice --help`), where the office's pack is whole."""

import sys

from pack.check import require_whole
from pack.faults import PackBroken


def main() -> int:
    """Returns the exit status: 1, with a line for each mistake, where the office's pack is broken."""
    try:
        require_whole()
    except PackBroken as broken:
        print(broken, file=sys.stderr)
        return 1
    from backoffice.start import main as start  # what this imports reads the pack

    return start()


if __name__ == "__main__":
    sys.exit(main())
