"""What every process tells of itself to Prometheus besides its own figures: its release, and the disk on which it writes."""

import contextlib
import platform
import shutil
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from runtime.release import RELEASE


def of_process(folder: Path) -> bytes:
    """In Prometheus' form. `folder`: where this process keeps its files; a disk that can't be asked has no series."""
    registry = CollectorRegistry()
    build = Gauge("landa_mewa_build_info", "The release that runs: always 1", ["release", "python"], registry=registry)
    build.labels(RELEASE, platform.python_version()).set(1)
    with contextlib.suppress(OSError):
        disk = shutil.disk_usage(folder)
        Gauge("landa_mewa_disk_free_bytes", "Free on the disk of LANDA_MEWA_VAR", registry=registry).set(disk.free)
        Gauge("landa_mewa_disk_bytes", "The whole of that disk", registry=registry).set(disk.total)
    return generate_latest(registry)
