"""Starts the back office, or does an administrator's command (`python -m backoffice --help`), where the office's pack is whole."""

import sys

from pack.starting import start

if __name__ == "__main__":
    sys.exit(start("backoffice.start"))
