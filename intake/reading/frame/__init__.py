"""Reads a message as a whole: every value in it with the words that it came from, whom it concerns, and how it is meant."""

from intake.reading.frame.items import Frame, Item, Sense, Who
from intake.reading.frame.reader import read_frame

__all__ = ["Frame", "Item", "Sense", "Who", "read_frame"]
