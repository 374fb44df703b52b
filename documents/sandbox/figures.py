"""Counts what comes of the files that are opened, for Prometheus: how long it took, with which verdict, and workers that were lost."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

REGISTRY = CollectorRegistry()
SECONDS = Histogram(
    "documents_check_seconds",
    "From taking a file up to its verdict, by round (first, second)",
    ["round"],
    registry=REGISTRY,
    buckets=(0.3, 0.6, 1, 2, 4, 8, 16, 32, 64),
)
VERDICTS = Counter("documents_checks", "Files looked at, by round and verdict", ["round", "verdict"], registry=REGISTRY)
WORKERS_LOST = Counter("documents_workers_lost", "Workers that were ended or died at a file, by cause", ["cause"], registry=REGISTRY)


def figures() -> bytes:
    """All of it in Prometheus' form."""
    return generate_latest(REGISTRY)
