"""Runs every benchmark one after another, as `make bench` does: each prints its table and leaves JSON under `var/bench/`."""

import subprocess
import sys
import time

BENCHMARKS = (
    "bench.nlu --peer",
    "bench.moments",
    "bench.stories",
    "bench.values",
    "bench.conversation",
    "bench.complaints",
    "bench.photos",
    "bench.backoffice",
    "bench.desk",
    "bench.clicks",
    "bench.finals --pairs 20",
    "bench.splitting",
    "bench.fuzz --seconds 60",
    "scripts.fresh_machine --suite bookworm",
    "scripts.fresh_machine --suite trixie",
)
"""Each is a module of its own, with options for a shorter run: `python -m bench.photos --help`."""
NOT_POSSIBLE = 2
"""Exit status of what can't be tried on this machine, and says why."""


def main() -> int:
    """The number of benchmarks that failed; each runs in a process of its own, so that one's memory is not another's."""
    failed = 0
    for name in BENCHMARKS:
        began = time.monotonic()
        print(f"\n=== {name} {'=' * (70 - len(name))}", flush=True)
        failed += subprocess.run([sys.executable, "-m", *name.split()], check=False).returncode not in {0, NOT_POSSIBLE}
        print(f"=== {name}: {(time.monotonic() - began) / 60:.1f} min", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
