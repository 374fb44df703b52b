"""Starts the bot, `python -m bot`, or runs a command, where the office's pack is whole."""

import sys

from pack.starting import start

if __name__ == "__main__":
    sys.exit(start("bot.start"))
