"""Puts back the spaces that the recogniser leaves out beside narrow letters (`BUDIIRFAN`), by the white between the letters' ink."""

import re
from collections.abc import Sequence

import cv2
import numpy as np

from documents.files.types import Pixels
from documents.ocr.engine import Reading

WIDE = 0.15
"""Least white between two words, as a share of the line's height (letters fill about half of it)."""
TIMES = 2.6
"""How much wider than the usual white between letters it has to be."""
LEAST_LETTERS = 6


def spaced(reading: Reading, line: Pixels) -> Reading:
    """The reading with a space wherever the white between two letters is a word's. `line` is the picture that was read."""
    text = reading.text
    if len(text) < LEAST_LETTERS or sum(character.isupper() for character in text) < LEAST_LETTERS:
        return reading
    white = _white_columns(line)
    gaps = [_gap(white, reading.places[place], reading.places[place + 1]) for place in range(len(text) - 1)]
    inner = [gap for place, gap in enumerate(gaps) if text[place].isupper() and text[place + 1].isupper()]
    words = [_gap(white, reading.places[place - 1], reading.places[place + 1]) for place in range(1, len(text) - 1) if text[place] == " "]
    if len(inner) < LEAST_LETTERS - 2:
        return reading
    least = max(WIDE * line.shape[0], TIMES * float(np.median(inner)) + 1, 0.75 * min(words) if words else 0.0)
    letters, chances, places = [], [], []
    for place, character in enumerate(text):
        letters.append(character)
        chances.append(reading.chances[place])
        places.append(reading.places[place])
        alone = place == 0 or place == len(gaps) - 1
        if place < len(gaps) and not alone and gaps[place] >= least and character.isupper() and text[place + 1].isupper():
            letters.append(" ")
            chances.append(min(reading.chances[place], reading.chances[place + 1]))
            places.append((reading.places[place] + reading.places[place + 1]) / 2)
    return Reading("".join(letters), tuple(chances), tuple(places))


def most_spaced(name: str, readings: Sequence[Reading]) -> str:
    """A name with its spaces where most readings of its line have them, if they are of the same letters.

    Of two ways read as often it takes the one with more, for readers rather leave spaces out.
    """
    if not re.fullmatch(r"[A-Z ]+", name):
        return name
    pattern = re.compile(" *".join(name.replace(" ", "")))
    ways = [name, *(" ".join(match[0].split()) for reading in readings if (match := pattern.search(reading.text.upper())))]
    return max(ways, key=lambda way: (ways.count(way), way.count(" ")))


def _white_columns(line: Pixels) -> np.ndarray:
    """Whether each column of the line's middle band holds no ink."""
    grey = cv2.cvtColor(line, cv2.COLOR_RGB2GRAY)
    high = grey.shape[0]
    band = cv2.GaussianBlur(grey[high // 6 : high - high // 6], (3, 3), 0).astype(np.float32)
    ground = np.percentile(band, 85)
    ink = np.percentile(band, 3)
    return np.asarray(band.min(axis=0) > ground - 0.42 * (ground - ink))


def _gap(white: np.ndarray, start: float, end: float) -> float:
    """The longest run of white columns between two places along the line."""
    part = white[int(start * len(white)) : max(int(start * len(white)) + 1, int(end * len(white)) + 1)]
    longest = run = 0
    for blank in part:
        run = run + 1 if blank else 0
        longest = max(longest, run)
    return float(longest)
