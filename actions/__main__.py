"""Starts the action server, `python -m actions`, where the office's pack is whole."""

import sys

from pack.starting import start

if __name__ == "__main__":
    sys.exit(start("actions.start"))
