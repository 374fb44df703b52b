"""What others do with the same photo: Tesseract on the whole picture, and the OCR engine's own full pipeline on it."""

import re
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageOps

_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")


def compare(pictures: list[tuple[bytes, str]]) -> dict[str, dict[str, Any]]:
    """For each peer how often the first sixteen digits in its text were the NIK, and how often another number. `pictures`: JPEG, NIK."""
    readers: dict[str, Callable[[np.ndarray], str]] = {
        "pytesseract, whole photo": _tesseract,
        "RapidOCR 3.10, its own full pipeline": _rapidocr(),
    }
    results = {}
    for name, read in readers.items():
        right = wrong = 0
        begun = time.perf_counter()
        for data, nik in pictures:
            with Image.open(BytesIO(data)) as image:
                pixels = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
            found = _NUMBER.findall(re.sub(r"(?<=\d) (?=\d)", "", read(pixels)))
            right += bool(found) and found[0] == nik
            wrong += bool(found) and found[0] != nik
        results[name] = {
            "right": right,
            "wrong": wrong,
            "of": len(pictures),
            "seconds": (time.perf_counter() - begun) / max(1, len(pictures)),
        }
    return results


def _tesseract(pixels: np.ndarray) -> str:
    import pytesseract

    return str(pytesseract.image_to_string(Image.fromarray(pixels), lang="ind", timeout=30))


def _rapidocr() -> Callable[[np.ndarray], str]:
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 1})

    def read(pixels: np.ndarray) -> str:
        found = engine(pixels[:, :, ::-1])
        return "\n".join(getattr(found, "txts", None) or ())

    return read
