"""Names that a worker and whoever starts it have in common."""

UNCONFINED = "UNCONFINED_WORKERS"
"""In a worker's environment: it serves where it can't be confined, too."""
NEEDED = ("limits", "seccomp")
"""Layers of confinement without which no file is opened, unless the office accepts it. The others are further walls."""
