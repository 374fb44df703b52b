"""Finds lines of text in pixels and reads them: the protocol that the rest of the room knows, and the one adapter over the real engine.

The networks are PaddleOCR's, as ONNX files inside two wheels: the v4 detector (five times faster than v6's, as good on these pages) and
the v6 recogniser (the first that reads OCR-A). They are run directly, because the wheels' own loaders are private and slow.
"""

import importlib.util
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
import numpy.typing as npt

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read when it is loaded: since 1.29 its Linux wheels report to Microsoft by themselves
import onnxruntime

from documents.files.types import Pixels

Quad = npt.NDArray[np.float32]
"""Four corners (4 × 2: x, y) in pixels: top left, top right, bottom right, bottom left of the text as it is read."""
Floats = npt.NDArray[np.float32]

LINE_HEIGHT = 48
"""The recogniser's input height, fixed by its training."""


@dataclass(frozen=True)
class Reading:
    """What a line says. `places` are the characters' middles along the line, 0 at its left edge and 1 at its right."""

    text: str
    chances: tuple[float, ...] = ()
    places: tuple[float, ...] = ()

    @property
    def confidence(self) -> float:
        """Mean chance of the characters, 0 for an empty line."""
        return sum(self.chances) / len(self.chances) if self.chances else 0.0


class Engine(Protocol):
    """Whatever can find and read text. Raises nothing for an odd picture: it finds no line, or reads an empty one."""

    def detect(self, pixels: Pixels, side: int) -> list[Quad]:
        """The lines in a picture, looked for with its long side shrunk to `side` pixels; corners in the picture's own pixels."""
        ...

    def recognise(self, lines: list[Pixels]) -> list[Reading]:
        """The texts of upright line pictures, each LINE_HEIGHT high."""
        ...


class PaddleEngine:
    """The real engine: one thread, because each core has a worker of its own."""

    MASK = 0.3
    BOX = 0.5
    GROW = 1.6
    """How far the detector's shrunken areas grow back into lines (PaddleOCR's defaults)."""
    MOST_LINES = 600
    WIDTH_STEP = 64
    WIDEST = 2304
    BATCH_COLUMNS = 1536
    """Columns in one batch: bounds the recogniser's memory (18,710 classes × 4 bytes per 8 columns)."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # keeps memory for every shape that was ever seen; the arena, which stays on, uses its own again
        options.log_severity_level = 3
        self._detector = _session("rapidocr_onnxruntime", "models/ch_PP-OCRv4_det_infer.onnx", options)
        self._recogniser = _session("rapidocr", "models/PP-OCRv6_rec_small.onnx", options)
        characters = self._recogniser.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._alphabet, self._columns, self._twins = _latin([*characters, " "])
        self._cases = [
            self._alphabet.index(letter.swapcase()) if letter.isalpha() else place for place, letter in enumerate(self._alphabet)
        ]

    def detect(self, pixels: Pixels, side: int) -> list[Quad]:
        """See Engine."""
        height, width = pixels.shape[:2]
        scale = side / max(height, width)
        small_width, small_height = (max(32, round(length * scale / 32) * 32) for length in (width, height))
        shrunk = cv2.resize(pixels, (small_width, small_height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        plane = (shrunk[:, :, ::-1].astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None]
        chance = self._detector.run(None, {"x": np.ascontiguousarray(plane)})[0][0, 0]
        mask = cv2.dilate((chance > self.MASK).astype(np.uint8), np.ones((2, 2), np.uint8))
        contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        back = np.array([width / small_width, height / small_height], np.float32)
        quads = (self._grow(contour, chance) for contour in contours[: self.MOST_LINES])
        return [quad * back for quad in quads if quad is not None]

    def _grow(self, contour: npt.NDArray[Any], chance: Floats) -> Quad | None:
        centre, (long, short), angle = cv2.minAreaRect(contour)
        if min(long, short) < 3:
            return None
        left, top, wide, high = cv2.boundingRect(contour)
        inside = np.zeros((high, wide), np.uint8)
        cv2.fillPoly(inside, [contour - (left, top)], 1)
        if cv2.mean(chance[top : top + high, left : left + wide], inside)[0] < self.BOX:
            return None
        grown = self.GROW * long * short / (2 * (long + short))
        return ordered(cv2.boxPoints((centre, (long + 2 * grown, short + 2 * grown), angle)))

    def recognise(self, lines: list[Pixels]) -> list[Reading]:
        """See Engine. Lines of like width go through together; each is read on its own width."""
        readings = [Reading("")] * len(lines)
        by_width = sorted(range(len(lines)), key=lambda index: lines[index].shape[1])
        while by_width:
            width = self._padded(lines[by_width[-1]])
            batch = [by_width.pop()]
            while by_width and (len(batch) + 1) * width <= self.BATCH_COLUMNS and self._padded(lines[by_width[-1]]) >= 0.75 * width:
                batch.append(by_width.pop())
            for index, reading in zip(batch, self._run([lines[index] for index in batch], width), strict=True):
                readings[index] = reading
        return readings

    def _padded(self, line: Pixels) -> int:
        return int(min(self.WIDEST, max(2, -(-line.shape[1] // self.WIDTH_STEP)) * self.WIDTH_STEP))

    def _run(self, lines: list[Pixels], width: int) -> list[Reading]:
        planes = np.zeros((len(lines), 3, LINE_HEIGHT, width), np.float32)
        for plane, line in zip(planes, lines, strict=True):
            fitted = line if line.shape[1] <= width else cv2.resize(line, (width, LINE_HEIGHT), interpolation=cv2.INTER_AREA)
            plane[:, :, : fitted.shape[1]] = (fitted[:, :, ::-1].astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)
        chances = self._recogniser.run(None, {"x": planes})[0]
        return [self._spell(chance, min(1.0, line.shape[1] / width)) for chance, line in zip(chances, lines, strict=True)]

    def _spell(self, chances: Floats, used: float) -> Reading:
        """Greedy CTC over the Latin columns alone; a full-width twin adds to its ASCII character.

        A letter's chance is that of both its cases: fonts whose capitals look like small letters would make it seem unsure.
        """
        latin = chances[:, self._columns]
        for column, twin in self._twins:
            latin[:, column] += chances[:, twin]
        best = latin.argmax(axis=1)
        steps = len(best)
        text, sure, places = [], [], []
        last = 0
        for step, index in enumerate(best):
            other = self._cases[index]
            chance = float(latin[step, index]) + (float(latin[step, other]) if other != index else 0.0)
            if index and index != last and (step + 0.5) / steps <= used + 0.02:
                text.append(self._alphabet[index])
                sure.append(chance)
                places.append((step + 0.5) / steps / used)
            elif index and index == last and sure:
                sure[-1] = max(sure[-1], chance)
            last = index
        return Reading("".join(text), tuple(sure), tuple(places))


def ordered(corners: npt.NDArray[Any]) -> Quad:
    """A rectangle's corners in the order of Quad, for text that runs more or less to the right along the longer side."""
    by_x = corners[np.argsort(corners[:, 0])]
    top_left, bottom_left = by_x[:2][np.argsort(by_x[:2, 1])]
    top_right, bottom_right = by_x[2:][np.argsort(by_x[2:, 1])]
    return np.array([top_left, top_right, bottom_right, bottom_left], np.float32)


def _session(package: str, path: str, options: onnxruntime.SessionOptions) -> onnxruntime.InferenceSession:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return onnxruntime.InferenceSession(str(Path(spec.origin).parent / path), options, providers=["CPUExecutionProvider"])


def _latin(characters: list[str]) -> tuple[list[str], npt.NDArray[np.int64], list[tuple[int, int]]]:
    """The blank and the printable ASCII characters, their columns in the recogniser's output, and (place here, twin's column there).

    The recogniser knows 18,708 characters, most of them Chinese; an Indonesian document holds ASCII.
    """
    alphabet, columns = [""], [0]
    for index, character in enumerate(characters, start=1):
        if len(character) == 1 and " " <= character <= "~":
            alphabet.append(character)
            columns.append(index)
    known = {character: place for place, character in enumerate(alphabet)}
    twins = [
        (known[plain], index)
        for index, character in enumerate(characters, start=1)
        if (plain := unicodedata.normalize("NFKC", character)) != character and plain in known and plain
    ]
    return alphabet, np.array(columns), twins
